import type { Parsed, Problem } from './problem.ts';

declare const dayBrand: unique symbol;

/** A calendar day (nl: dag): whole days since 1970-01-01, negative before; years 1 to 9999. */
export type Day = number & { readonly [dayBrand]: 'Day' };

export type DayParts = { readonly year: number; readonly month: number; readonly day: number };

/** The day of a date we wrote ourselves. A date that is not one throws a RangeError; people's dates go through `parseDay`. */
export function day(iso: string): Day {
  const parsed = parseDay(iso);
  if (!parsed.ok) throw new RangeError(`${JSON.stringify(iso)}: ${parsed.problem.message}`);
  return parsed.value;
}

/** Reads a date that a person wrote, as 2026-11-23 (spaces around it do not matter). */
export function parseDay(text: unknown): Parsed<Day> {
  const written = typeof text === 'string' ? text.trim() : '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) {
    return refuse('date-format', { text: written.slice(0, 40) }, 'Write the date as 2026-11-23.');
  }
  const year = Number(written.slice(0, 4));
  const month = Number(written.slice(5, 7));
  const dayOfMonth = Number(written.slice(8, 10));
  if (year < 1) return refuse('date-year', { year }, 'The year lies between 0001 and 9999.');
  if (month < 1 || month > 12) {
    return refuse('date-month', { text: written, month }, 'A year has months 01 to 12. Write the date as 2026-11-23.');
  }
  const days = daysInMonth(year, month);
  if (dayOfMonth < 1 || dayOfMonth > days) {
    return refuse(
      'date-does-not-exist',
      { text: written, year, month, days },
      `${written} does not exist: ${monthNames[month - 1]} ${year} has ${days} days.`,
    );
  }
  return { ok: true, value: unchecked(year, month, dayOfMonth) };
}

function refuse(what: string, words: Problem['words'], message: string): Parsed<never> {
  return { ok: false, problem: { what, words, message } };
}

/** The date as 2026-11-23. */
export function isoDay(value: Day): string {
  const { year, month, day: dayOfMonth } = dayParts(value);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The day of a year, month (1–12) and day of the month. A date that does not exist throws a RangeError. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const exists =
    [year, month, dayOfMonth].every(Number.isInteger) &&
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    dayOfMonth >= 1 &&
    dayOfMonth <= daysInMonth(year, month);
  if (!exists) throw new RangeError(`${year}-${month}-${dayOfMonth} does not exist.`);
  return unchecked(year, month, dayOfMonth);
}

// Days and dates of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March:
// H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil and civil_from_days.
function unchecked(year: number, month: number, dayOfMonth: number): Day {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146097 + dayOfEra - 719468) as Day;
}

/** Year, month (1–12) and day of the month. */
export function dayParts(value: Day): DayParts {
  const shifted = value + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** How many days a month (1–12) has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(value: Day): number {
  return (((value + 3) % 7) + 7) % 7;
}

/** The first day of the same month. */
export function startOfMonth(value: Day): Day {
  return (value - dayParts(value).day + 1) as Day;
}

/** 1 January of the same year. */
export function startOfYear(value: Day): Day {
  return unchecked(dayParts(value).year, 1, 1);
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
