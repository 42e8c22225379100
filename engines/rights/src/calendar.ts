// The operations on dates. Days and months count as in @meedoen/units; results are dates written 2026-11-23.
import {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  dayOf,
  dayParts,
  daysBetween,
  isoDay,
  isWhole,
  roundDecimal,
  startOfMonth,
  startOfYear,
  weekday,
  wholeMonthsBetween,
  wholeYearsBetween,
  type Day,
} from '@meedoen/units';
import { numberOf } from './arithmetic.ts';
import { LawError } from './law-error.ts';
import { dayOfValue, kindOf, type Value } from './value.ts';

/** The day in `value`; text that is not a date is an invalid date, anything else a type error. */
function dateOf(value: Value): Day {
  const day = dayOfValue(value);
  if (day !== null) return day;
  if (typeof value === 'string') throw new LawError('InvalidDate', `Invalid date: ${JSON.stringify(value)}`);
  throw new LawError('TypeMismatch', `Type mismatch: expected date, actual ${kindOf(value)}`);
}

/** AGE: complete years from birth to the reference date. */
export function age(dateOfBirth: Value, referenceDate: Value): Value {
  return BigInt(wholeYearsBetween(dateOf(dateOfBirth), dateOf(referenceDate)));
}

/** DATE_ADD: years, then months, then weeks, then days; fractions are cut off. */
export function dateAdd(date: Value, steps: readonly (Value | undefined)[]): Value {
  const [years, months, weeks, days] = steps.map((step) => (step === undefined ? 0 : wholeOf(step)));
  return within9999Years(() => {
    const moved = addMonths(addYears(dateOf(date), years ?? 0), months ?? 0);
    return isoDay(addDays(addWeeks(moved, weeks ?? 0), days ?? 0));
  });
}

/** DATE: the date of a year, month and day; one that does not exist is an error. */
export function dateFrom(year: Value, month: Value, day: Value): Value {
  return within9999Years(() => isoDay(dayOf(wholeOf(year), wholeOf(month), wholeOf(day))));
}

/** DAY_OF_WEEK: 0 = Monday … 6 = Sunday. */
export function dayOfWeek(date: Value): Value {
  return BigInt(weekday(dateOf(date)));
}

/** DATE_DIFF: whole days, months or years from one date to the other, negative when `to` comes first. */
export function dateDiff(from: Value, to: Value, unit: Value): Value {
  const start = dateOf(from);
  const end = dateOf(to);
  switch (unit) {
    case 'days':
      return BigInt(daysBetween(start, end));
    case 'months':
      return BigInt(wholeMonthsBetween(start, end));
    case 'years':
      return BigInt(wholeYearsBetween(start, end));
    default:
      throw new LawError('InvalidOperation', 'Invalid operation: DATE_DIFF counts in days, months or years');
  }
}

/** DATE_PART: the year, month or day of the month. */
export function datePart(date: Value, part: string): Value {
  const parts = dayParts(dateOf(date));
  return BigInt(part === 'year' ? parts.year : part === 'month' ? parts.month : parts.day);
}

/** START_OF: the first day of the year or month. */
export function startOf(date: Value, unit: string): Value {
  const day = dateOf(date);
  return isoDay(unit === 'year' ? startOfYear(day) : startOfMonth(day));
}

function wholeOf(value: Value): number {
  const number = numberOf(value);
  if (typeof number === 'bigint') return Number(number);
  const toZero = isWhole(number)
    ? number
    : { ...number, coefficient: number.coefficient - (number.coefficient % 10n ** BigInt(number.scale)) };
  return Number(roundDecimal(toZero, 0).coefficient);
}

function within9999Years<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LawError('InvalidDate', `Invalid date: ${error.message}`);
  }
}
