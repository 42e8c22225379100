// Steps and distances between days, exactly as RegelRecht's DATE_ADD, DATE_DIFF and AGE define them.
import { dayOf, dayParts, daysInMonth, type Day } from './day.ts';

/** The day so many days later; negative goes back. Fractions and days outside years 1–9999 throw a RangeError. */
export function addDays(from: Day, days: number): Day {
  const sum = whole(from + days);
  if (sum < firstDay || sum > lastDay) throw new RangeError('The day falls outside the years 1 to 9999.');
  return sum as Day;
}

/** The day so many weeks later. */
export function addWeeks(from: Day, weeks: number): Day {
  return addDays(from, 7 * weeks);
}

/** The same day of the month so many months later, or the end of that month: 31 January + 1 month = 28 or 29 February. */
export function addMonths(from: Day, months: number): Day {
  const { year, month, day } = dayParts(from);
  const monthsSinceYear0 = 12 * year + (month - 1) + whole(months);
  const newYear = Math.floor(monthsSinceYear0 / 12);
  const newMonth = monthsSinceYear0 - 12 * newYear + 1;
  return dayOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** The same date so many years later; 29 February becomes 28 February in other years. */
export function addYears(from: Day, years: number): Day {
  return addMonths(from, 12 * years);
}

/** Days from one day to the other; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return to - from;
}

/** Whole months from one day to the other, negative when `to` comes first. The end of a short month completes it: 31 January to 28 February = 1. */
export function wholeMonthsBetween(from: Day, to: Day): number {
  if (to < from) return -wholeMonthsBetween(to, from) || 0;
  const early = dayParts(from);
  const late = dayParts(to);
  const months = 12 * (late.year - early.year) + (late.month - early.month);
  const complete = late.day >= Math.min(early.day, daysInMonth(late.year, late.month));
  return complete ? months : months - 1;
}

/** Whole years from one day to the other, as an age is counted; a 29 February birthday counts on 28 February in other years. */
export function wholeYearsBetween(from: Day, to: Day): number {
  return Math.trunc(wholeMonthsBetween(from, to) / 12) || 0;
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('Days, months and years come in whole numbers.');
  return value;
}

const firstDay = dayOf(1, 1, 1);
const lastDay = dayOf(9999, 12, 31);
