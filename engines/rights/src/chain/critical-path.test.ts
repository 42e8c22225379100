import { addDays, day, isoDay, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration } from '../fact-table.ts';
import { delays, endOf, schedule, type Activity } from './critical-path.ts';

const today = day('2026-11-23'); // a Monday
const step = (takes: Duration | null, after: readonly number[] = []): Activity => ({
  after,
  takes,
  counts: null,
  notBefore: null,
});
const days = (count: number): Duration => ({ count, unit: 'days' });

describe('a schedule', () => {
  test('a worked example: a fortnight, then ten days; beside it three weeks', () => {
    const plan = [step({ count: 2, unit: 'weeks' }), step(days(10), [0]), step({ count: 3, unit: 'weeks' })];
    const scheduled = schedule(plan, today);
    expect(scheduled.map(({ end }) => isoDay(end))).toEqual(['2026-12-07', '2026-12-17', '2026-12-14']);
    expect(isoDay(endOf(scheduled, today))).toBe('2026-12-17');
    // The three weeks may take three days longer; after that every day counts.
    expect(delays(plan, today)).toEqual([
      { slackInDays: 0, costOfDay: 1, costOfMonth: 30 },
      { slackInDays: 0, costOfDay: 1, costOfMonth: 30 },
      { slackInDays: 3, costOfDay: 0, costOfMonth: 27 },
    ]);
  });

  test.each([
    { story: 'two working days from Friday', from: '2026-11-27', ends: '2026-12-01' },
    { story: 'two working days from Saturday', from: '2026-11-28', ends: '2026-12-01' },
    { story: 'two working days from Monday', from: '2026-11-23', ends: '2026-11-25' },
  ])('$story end on $ends', ({ from, ends }) => {
    const [one] = schedule([step({ count: 2, unit: 'working_days' })], day(from));
    expect(isoDay(one!.end)).toBe(ends);
  });

  test('six months count from the day that is given, and what is over ends today at the earliest', () => {
    const since = (iso: string): Activity => ({ ...step({ count: 6, unit: 'months' }), counts: day(iso) });
    const ends = schedule([since('2026-08-31'), since('2026-01-05')], today).map(({ end }) => isoDay(end));
    expect(ends).toEqual(['2027-02-28', '2026-11-23']);
  });

  const anyPlan = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  const planOf = (rows: readonly (readonly [number, number])[]): Activity[] =>
    rows.map(([length, bits], place) =>
      step(
        days(length),
        Array.from({ length: place }, (_, earlier) => earlier).filter((earlier) => ((bits >>> earlier) & 1) === 1),
      ),
    );

  test('the end is that of the longest way through, walked one by one', () => {
    fc.assert(
      fc.property(anyPlan, (rows) => {
        const plan = planOf(rows);
        const longest = (place: number): number =>
          rows[place]![0] + Math.max(0, ...plan[place]!.after.map((earlier) => longest(earlier)));
        const end = endOf(schedule(plan, today), today);
        expect(end - today).toBe(Math.max(...plan.map((_, place) => longest(place))));
      }),
    );
  });

  test('a delay within the slack costs nothing, and a day past it costs a day', () => {
    fc.assert(
      fc.property(anyPlan, (rows) => {
        const plan = planOf(rows);
        const end = endOf(schedule(plan, today), today);
        delays(plan, today).forEach(({ slackInDays }, place) => {
          const endWith = (late: number): Day => endOf(schedule(plan, today, { place, days: late }), today);
          expect(endWith(slackInDays)).toBe(end);
          expect(endWith(slackInDays + 1)).toBe(addDays(end, 1));
        });
        expect(delays(plan, today).some(({ slackInDays }) => slackInDays === 0)).toBe(true);
      }),
    );
  });
});
