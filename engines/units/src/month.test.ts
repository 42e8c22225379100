import { expect, test } from 'vitest';
import { day, isoDay } from './day.ts';
import { firstDayOf, lastDayOf, month, monthOf, monthsBetween, monthsLater, parseMonth } from './month.ts';

test.each([
  { text: '2026-11', reads: '2026-11' },
  { text: ' 2026-02 ', reads: '2026-02' },
  { text: '0001-01', reads: '0001-01' },
  { text: '2026-13', reads: null },
  { text: '2026-00', reads: null },
  { text: '0000-05', reads: null },
  { text: '11-2026', reads: null },
  { text: '2026-11-23', reads: null },
  { text: 202611, reads: null },
])('$text reads as $reads', ({ text, reads }) => {
  const parsed = parseMonth(text);
  expect(parsed.ok ? parsed.value : null).toBe(reads);
  if (!parsed.ok) expect(parsed.problem.message).toContain('Write the month as 2026-11');
});

test('every month from 1999 to 2031 has the days, the neighbours and the distance of the calendar', () => {
  let at = month('1999-01');
  for (let steps = 0; steps < 12 * 33; steps++) {
    // JavaScript's own calendar: day 0 of the next month is the last of this one.
    const last = new Date(Date.UTC(1999, steps + 1, 0)).toISOString().slice(0, 10);
    expect(isoDay(lastDayOf(at))).toBe(last);
    expect(isoDay(firstDayOf(at))).toBe(`${last.slice(0, 8)}01`);
    expect(monthOf(day(last))).toBe(at);
    expect(monthsBetween(month('1999-01'), at)).toBe(steps);
    expect(monthsBetween(at, month('1999-01'))).toBe(-steps || 0);
    expect(monthsLater(month('1999-01'), steps)).toBe(at);
    expect(monthsLater(at, -steps)).toBe('1999-01');
    at = monthsLater(at, 1);
  }
});

test('outside the years 1 to 9999 there are no months, and no half ones', () => {
  expect(() => monthsLater(month('0001-01'), -1)).toThrow(RangeError);
  expect(() => monthsLater(month('9999-12'), 1)).toThrow(RangeError);
  expect(() => monthsLater(month('2026-11'), 0.5)).toThrow(RangeError);
  expect(() => month('soon')).toThrow('Write the month as 2026-11');
});
