import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, dayOf, dayParts, isoDay, parseDay, startOfMonth, startOfYear, weekday, type Day } from './day.ts';
import {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  daysBetween,
  wholeMonthsBetween,
  wholeYearsBetween,
} from './day-arithmetic.ts';

const anyDay = fc.integer({ min: day('1600-01-01'), max: day('2400-12-31') }).map((value) => value as Day);

test('the example of the README', () => {
  const asked = day('2026-01-31');
  expect(isoDay(addMonths(asked, 6))).toBe('2026-07-31');
  expect(isoDay(addMonths(asked, 1))).toBe('2026-02-28');
  expect(wholeYearsBetween(day('2008-02-29'), day('2026-02-28'))).toBe(18);
});

describe('days and dates', () => {
  test.each([
    { iso: '1970-01-01', value: 0 },
    { iso: '1969-12-31', value: -1 },
    { iso: '2000-03-01', value: 11017 },
    { iso: '2026-11-23', value: 20780 },
    { iso: '0001-01-01', value: -719162 },
    { iso: '9999-12-31', value: 2932896 },
  ])('$iso is day $value', ({ iso, value }) => {
    expect(day(iso)).toBe(value);
    expect(isoDay(value as Day)).toBe(iso);
  });

  test('every day has one date, as the JavaScript calendar has it', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        const there = new Date(value * 86_400_000);
        expect(isoDay(value)).toBe(there.toISOString().slice(0, 10));
        expect(weekday(value)).toBe((there.getUTCDay() + 6) % 7);
        const { year, month, day: dayOfMonth } = dayParts(value);
        expect(dayOf(year, month, dayOfMonth)).toBe(value);
      }),
    );
  });

  test('starts of month and year', () => {
    expect(isoDay(startOfMonth(day('2028-02-29')))).toBe('2028-02-01');
    expect(isoDay(startOfYear(day('2028-02-29')))).toBe('2028-01-01');
  });

  test('what does not exist is our mistake', () => {
    expect(() => dayOf(2026, 2, 29)).toThrow('2026-2-29 does not exist.');
    expect(() => day('2026-02-29')).toThrow(RangeError);
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(day('2026-01-01'), 0.5)).toThrow(RangeError);
  });
});

describe('what people write', () => {
  test.each([
    { text: '23-11-2026', what: 'date-format', message: 'Write the date as 2026-11-23.' },
    { text: '', what: 'date-format', message: 'Write the date as 2026-11-23.' },
    {
      text: '2026-02-29',
      what: 'date-does-not-exist',
      message: '2026-02-29 does not exist: February 2026 has 28 days.',
    },
    { text: '2026-04-00', what: 'date-does-not-exist', message: '2026-04-00 does not exist: April 2026 has 30 days.' },
    { text: '2026-13-01', what: 'date-month', message: 'A year has months 01 to 12. Write the date as 2026-11-23.' },
    { text: '0000-01-01', what: 'date-year', message: 'The year lies between 0001 and 9999.' },
  ])('$text: $message', ({ text, what, message }) => {
    expect(parseDay(text)).toMatchObject({ ok: false, problem: { what, message } });
  });

  test.each([undefined, null, 20261123, {}])('%s is not a date', (value) => {
    expect(parseDay(value).ok).toBe(false);
  });

  test('spaces do not matter', () => {
    expect(parseDay(' 2026-11-23 ')).toEqual({ ok: true, value: day('2026-11-23') });
  });
});

describe('steps', () => {
  test.each([
    { story: 'the end of a short month', from: '2026-01-31', step: (d: Day) => addMonths(d, 1), to: '2026-02-28' },
    { story: 'in a leap year', from: '2028-01-31', step: (d: Day) => addMonths(d, 1), to: '2028-02-29' },
    { story: 'three months over the year', from: '2026-11-30', step: (d: Day) => addMonths(d, 3), to: '2027-02-28' },
    {
      story: 'a leap day has its anniversary on 28 February',
      from: '2024-02-29',
      step: (d: Day) => addYears(d, 1),
      to: '2025-02-28',
    },
    { story: 'back over the year', from: '2026-01-15', step: (d: Day) => addMonths(d, -1), to: '2025-12-15' },
    { story: 'twelve weeks', from: '2026-01-05', step: (d: Day) => addWeeks(d, 12), to: '2026-03-30' },
  ])('$story: $from becomes $to', ({ from, step, to }) => {
    expect(isoDay(step(day(from)))).toBe(to);
  });

  test('a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), fc.integer({ min: -600, max: 600 }), (from, later, months) => {
        expect(addMonths(addDays(from, later), months)).toBeGreaterThanOrEqual(addMonths(from, months));
      }),
    );
  });
});

describe('distances', () => {
  test.each([
    { from: '2026-01-31', to: '2026-02-28', months: 1 },
    { from: '2026-01-31', to: '2026-02-27', months: 0 },
    { from: '2026-01-31', to: '2026-03-30', months: 1 },
    { from: '2026-02-28', to: '2026-01-31', months: -1 },
    { from: '2024-02-29', to: '2025-02-28', months: 12 },
    { from: '2024-02-29', to: '2028-02-28', months: 47 },
  ])('$from to $to: $months months', ({ from, to, months }) => {
    expect(wholeMonthsBetween(day(from), day(to))).toBe(months);
  });

  test('so many months have passed exactly when the day that many months later has come', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(30_000), fc.integer({ min: 1, max: 900 }), (from, later, months) => {
        const to = addDays(from, later);
        expect(wholeMonthsBetween(from, to) >= months).toBe(to >= addMonths(from, months));
      }),
    );
  });

  test('there and back', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(daysBetween(a, b)).toBe(-daysBetween(b, a) || 0);
        expect(wholeMonthsBetween(a, b)).toBe(-wholeMonthsBetween(b, a) || 0);
        expect(wholeYearsBetween(a, b)).toBe(Math.trunc(wholeMonthsBetween(a, b) / 12) || 0);
      }),
    );
  });
});
