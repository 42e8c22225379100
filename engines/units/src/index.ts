// Days
export { day, dayOf, dayParts, daysInMonth, isoDay, parseDay, startOfMonth, startOfYear, weekday } from './day.ts';
export type { Day, DayParts } from './day.ts';
export {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  daysBetween,
  wholeMonthsBetween,
  wholeYearsBetween,
} from './day-arithmetic.ts';

// Months
export { firstDayOf, lastDayOf, month, monthOf, monthsBetween, monthsLater, parseMonth } from './month.ts';
export type { Month } from './month.ts';

// Numbers and money
export {
  addDecimals,
  ceilDecimal,
  compareDecimals,
  decimal,
  DecimalOverflow,
  divideDecimals,
  floorDecimal,
} from './decimal.ts';
export { formatDecimal, isWhole, multiplyDecimals, parseDecimal, roundDecimal, subtractDecimals } from './decimal.ts';
export type { Decimal } from './decimal.ts';
export { cents, centsToEuros, eurosToCents } from './euros.ts';
export type { Cents } from './euros.ts';

// Where knowledge comes from, and how sure it is
export { confidences, isToBeChecked } from './confidence.ts';
export type { Confidence } from './confidence.ts';
export { layers } from './layer.ts';
export type { Layer } from './layer.ts';

// What we say when input cannot be used
export { formatProblem } from './problem.ts';
export type { Parsed, Place, Problem, ProblemCode } from './problem.ts';
export { refuse, refuseCell } from './refusal.ts';
export type { Refusal } from './refusal.ts';
