import { dayOf, dayParts, daysInMonth, type Day } from './day.ts';
import type { Parsed } from './problem.ts';

declare const monthBrand: unique symbol;

/**
 * A calendar month (nl: maand) as text, '2026-11'; years 0001 to 9999. Texts of months sort and compare as the months do,
 * and stay what they are in JSON, in a form and in a database.
 */
export type Month = string & { readonly [monthBrand]: 'Month' };

/** The month of a text we wrote ourselves. What is no month throws a RangeError; people's months go through `parseMonth`. */
export function month(text: string): Month {
  const parsed = parseMonth(text);
  if (!parsed.ok) throw new RangeError(`${JSON.stringify(text)}: ${parsed.problem.message}`);
  return parsed.value;
}

/** Reads a month that a person wrote, as 2026-11 (spaces around it do not matter). */
export function parseMonth(text: unknown): Parsed<Month> {
  const written = typeof text === 'string' ? text.trim() : '';
  if (/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(written)) return { ok: true, value: written as Month };
  const words = { text: written.slice(0, 40) };
  return {
    ok: false,
    problem: { what: 'month-format', words, message: 'Write the month as 2026-11; a year has months 01 to 12.' },
  };
}

/** The month in which a day lies. */
export function monthOf(day: Day): Month {
  const { year, month: inYear } = dayParts(day);
  return written(year, inYear);
}

/** The first day of a month. */
export function firstDayOf(month: Month): Day {
  return dayOf(Number(month.slice(0, 4)), Number(month.slice(5)), 1);
}

/** The last day of a month. */
export function lastDayOf(month: Month): Day {
  const [year, inYear] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return dayOf(year, inYear, daysInMonth(year, inYear));
}

/** The month so many whole months later; negative goes back. Outside the years 1 to 9999 it throws a RangeError. */
export function monthsLater(from: Month, months: number): Month {
  const count = countOf(from) + months;
  if (!Number.isSafeInteger(months) || count < 12 || count >= 120_000) {
    throw new RangeError('The month falls outside the years 1 to 9999, or the step is no whole number.');
  }
  return written(Math.floor(count / 12), (count % 12) + 1);
}

/** How many months from one to the other: 2026-11 to 2027-01 is 2; negative when `to` comes first. */
export function monthsBetween(from: Month, to: Month): number {
  return countOf(to) - countOf(from);
}

/** Months since January of the year 0: next to each other in time, one apart. */
function countOf(month: Month): number {
  return 12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1;
}

function written(year: number, inYear: number): Month {
  return `${String(year).padStart(4, '0')}-${String(inYear).padStart(2, '0')}` as Month;
}
