import { parsePlan, type AnalysisPlan } from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import { month, monthsLater, type Month } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { changeColumns, changeEffect, changeInSeries, heldEqual, type MonthAtRisk } from './change-effect.ts';

const planned = parsePlan({
  decidedOn: '2025-04-01',
  question: 'Do evening lessons bring people to work sooner?',
  population: 'Followed people without paid work yet',
  method: 'did',
  columns: changeColumns,
  covariates: heldEqual,
  stopping: 'Each month; the verdict after a year.',
});
const plan = (planned as { value: AnalysisPlan }).value;
const first = month('2023-01');
const months = Array.from({ length: 36 }, (_, at) => monthsLater(first, at));
const change = {
  changes: [
    { town: 'east', from: month('2024-07') },
    { town: 'west', from: month('2025-01') },
  ],
  compared: ['north', 'south'],
};

/** Towns with rates of their own, a year that goes up and down, two doors; under the change starts are multiplied. */
function world({
  factor = 2,
  people = 400,
  drift = 1,
  draw = (mean: number) => mean,
}: { factor?: number; people?: number; drift?: number; draw?: (mean: number) => number } = {}): MonthAtRisk[] {
  const towns = { east: 0.02, west: 0.03, north: 0.025, south: 0.015 };
  return Object.entries(towns).flatMap(([town, rate]) =>
    months.flatMap((at, n) =>
      [0.5, 2].map((door) => {
        const from = change.changes.find((one) => one.town === town)?.from;
        const under = from !== undefined && at >= from;
        const season = 1 + 0.4 * Math.sin(Math.floor(n / 3));
        const mean = people * rate * door * season * (under ? factor : 1) * (from ? drift ** n : 1);
        // The door that starts sooner is larger in the towns that change.
        const weight = from && door === 2 ? 1.5 : 1;
        return {
          town,
          month: at,
          door: String(door),
          since: '1-6',
          ageBand: '25-34',
          gender: 'woman',
          people: people * weight,
          starts: draw(mean * weight),
        };
      }),
    ),
  );
}

function effectOf(rows: readonly MonthAtRisk[], changed = change) {
  const found = changeEffect(rows, changed, plan);
  if (!found.ok) throw new Error(found.problem.message);
  return found.value;
}

test('without chance the effect is exactly what was put in, in each half-year; before the change there is none', () => {
  const { effect, path, before, level, plan: kept, spread } = effectOf(world());
  expect(effect.ratio).toBe(2);
  expect(path.map(({ halfYear, ratio }) => [halfYear, ratio])).toEqual([
    [-2, 1],
    [-1, 1],
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(before!.p).toBe(1);
  expect([level, kept.asPlanned, spread]).toEqual([3, true, 1]);
});

test('no effect is no effect, and the page can say how small one would have been seen', () => {
  const { effect, smallest, certainty } = effectOf(world({ factor: 1, people: 60 }));
  expect(effect.ratio).toBe(1);
  expect(effect.lower).toBeLessThan(1);
  expect(smallest![0]).toBeLessThan(1);
  expect(smallest![1]).toBeGreaterThan(1);
  expect(certainty.word).toBe('unknown');
});

test('towns that were moving apart already are seen, and cost a level', () => {
  const { before, level } = effectOf(world({ factor: 1, drift: 1.06, people: 2000 }));
  expect(before!.p).toBeLessThan(0.05);
  expect(level).toBe(2);
});

test('of 200 drawn worlds the interval holds the truth in 95 %, give or take', () => {
  const random = chance(20261125);
  const poisson = (mean: number): number => {
    const left = Math.exp(-mean);
    let count = -1;
    for (let at = 1; at > left || count < 0; count++) at *= random.share();
    return count;
  };
  let held = 0;
  for (let i = 0; i < 200; i++) {
    const { lower, upper } = effectOf(world({ factor: 1.6, people: 60, draw: poisson })).effect;
    if (lower <= 1.6 && upper >= 1.6) held++;
  }
  expect(held).toBeGreaterThanOrEqual(180);
});

test('what is published is rounded: counts to five, ratios to hundredths with limits outwards', () => {
  const { starts, expected, effect } = effectOf(world({ factor: 1.37, people: 73 }));
  expect([starts % 5, expected % 5]).toEqual([0, 0]);
  for (const number of Object.values(effect)) expect(number).toBe(Number(number.toFixed(2)));
  expect(effect.lower).toBeLessThan(effect.ratio);
});

describe('refuses', () => {
  const cut = (keep: (row: MonthAtRisk) => boolean): MonthAtRisk[] => world().filter(keep);
  test.each([
    { story: 'one town to compare with', rows: cut(({ town }) => town !== 'south'), what: 'too-few-towns' },
    { story: 'half a year before', rows: cut(({ month: at }) => at >= '2024-01'), what: 'too-few-months' },
    { story: 'three months after', rows: cut(({ month: at }) => at < '2025-04'), what: 'too-few-months' },
    { story: 'few starts', rows: world({ people: 0.2 }), what: 'too-few-starts' },
  ])('$story', ({ rows, what }) => {
    const found = changeEffect(rows, change, plan);
    expect(found.ok ? null : found.problem.what).toBe(what);
  });
});

test('one town against its own past: weaker, and not what was planned', () => {
  const rows = world().map((row) => {
    const quarter = Math.floor((Number(row.month.slice(5)) - 1) / 3);
    return { ...row, people: 400, starts: (row.month >= '2024-07' ? 16 : 8) + (quarter % 2 ? 1 : -1) };
  });
  const found = changeInSeries(rows, { town: 'east', from: month('2024-07') as Month }, plan);
  if (!found.ok) throw new Error(found.problem.message);
  expect(found.value).toMatchObject({ quartersBefore: 6, quartersAfter: 6, plan: { asPlanned: false } });
  // From 8 to 16 starts a month of 400 people is 20 more of a thousand; the waves lend the trend a little of it.
  expect(Math.abs(found.value.perThousand - 20)).toBeLessThan(3);
  expect(found.value.lower).toBeLessThan(20);
  expect(found.value.upper).toBeGreaterThan(20);
  expect(found.value.level).toBeLessThan(3);
});
