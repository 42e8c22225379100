import fc from 'fast-check';
import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import { valueOf } from '../test/reference.ts';
import { interruptedSeries, type SeriesOptions } from './interrupted-series.ts';
import { neweyWestVariance, usualLags } from './newey-west.ts';

const twelve = Array.from({ length: 12 }, (_, t) => t + 1);
/** 2 + t before period 7, then 5 up and half the slope; ±.1 in turn. */
const outcome = twelve.map((t) => 2 + t + (t >= 7 ? 5 - 0.5 * (t - 7) : 0) + (t % 2 === 0 ? 0.1 : -0.1));

describe('by hand', () => {
  test('level and slope change, and their mean over the periods under the policy', () => {
    const series = valueOf(interruptedSeries({ period: twelve, outcome }, { start: 7 }));
    expect(series.levelChange.estimate).toBeCloseTo(5, 0);
    expect(series.slopeChange.estimate).toBeCloseTo(-0.5, 1);
    // Six periods, 0 to 5 steps after the start: their mean is 2.5.
    expect(series.estimate).toBeCloseTo(series.levelChange.estimate + 2.5 * series.slopeChange.estimate, 12);
    const apart = series.series.slice(6).map(({ fitted, without }) => fitted - without);
    expect(apart.reduce((a, b) => a + b, 0) / 6).toBeCloseTo(series.estimate, 12);
    expect([series.before, series.after, series.degrees, series.level]).toEqual([6, 6, 8, 1]);
    expect(series.diagnostics.map(({ what }) => what)).toContain('short-series');
  });

  test('Newey–West of (1, 2, 3): no lag 14; one lag 14 + 2·½·(2 + 6) = 22', () => {
    expect(neweyWestVariance(Float64Array.of(1, 2, 3), 0)).toBe(14);
    expect(neweyWestVariance(Float64Array.of(1, 2, 3), 1)).toBe(22);
    expect([50, 100, 500].map(usualLags)).toEqual([3, 4, 5]);
  });

  test('without lags the error is White’s with n/(n − k): of a coefficient, from the normal equations', () => {
    const series = valueOf(interruptedSeries({ period: twelve, outcome }, { start: 7, lags: 0 }));
    // After the start the line is fitted to periods 7 to 12 alone: its slope is trend + slope change.
    const x = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5];
    const slopeOf = (ys: number[]): number => ys.reduce((sum, y, i) => sum + (y * x[i]!) / 17.5, 0);
    const errorOf = (part: typeof series.series): number =>
      part.reduce((sum, one, i) => sum + (((one.outcome - one.fitted) * x[i]!) / 17.5) ** 2, 0);
    const [first, second] = [series.series.slice(0, 6), series.series.slice(6)];
    const apart = slopeOf(second.map((one) => one.outcome)) - slopeOf(first.map((one) => one.outcome));
    expect(series.slopeChange.estimate).toBeCloseTo(apart, 12);
    expect(series.slopeChange.se).toBeCloseTo(Math.sqrt((errorOf(first) + errorOf(second)) * (12 / 8)), 12);
  });

  test('a season is taken out: months with a wave of a year', () => {
    const months = Array.from({ length: 60 }, (_, t) => t);
    const wavy = months.map((t) => 10 + 3 * Math.sin((2 * Math.PI * t) / 12) + (t >= 36 ? 4 : 0) + ((t * 7) % 5) / 50);
    const plain = valueOf(interruptedSeries({ period: months, outcome: wavy }, { start: 36 }));
    const seasonal = valueOf(
      interruptedSeries({ period: months, outcome: wavy }, { start: 36, season: 12, harmonics: 1 }),
    );
    expect(seasonal.estimate).toBeCloseTo(4, 1);
    expect(seasonal.se).toBeLessThan(plain.se / 5);
    expect(plain.diagnostics.map(({ what }) => what)).toContain('residuals-go-together');
    expect(seasonal.level).toBe(2);
  });
});

describe('what is refused', () => {
  test.each([
    { story: 'a period twice', period: twelve.with(4, 4), what: 'period-twice' },
    { story: 'a missing period', period: twelve.with(11, 14), what: 'period-missing' },
    { story: 'a start beyond the series', options: { start: 40 }, what: 'too-few-periods' },
    { story: 'three periods before', options: { start: 4 }, what: 'too-few-periods' },
    { story: 'NaN', outcome: outcome.with(2, NaN), what: 'value-not-usable' },
    { story: 'a straight line', outcome: twelve.map((t) => 3 * t), what: 'series-without-error' },
    { story: 'nothing', period: [], outcome: [], what: 'no-rows' },
    { story: 'a season of one', options: { start: 7, season: 1 }, what: 'season-not-usable' },
    { story: 'too many waves', options: { start: 7, season: 4, harmonics: 3 }, what: 'season-not-usable' },
    { story: 'more terms than periods carry', options: { start: 7, season: 12, harmonics: 5 }, what: 'too-many-terms' },
    { story: 'half a lag', options: { start: 7, lags: 0.5 }, what: 'lags-not-usable' },
    { story: 'a short column', outcome: [1], what: 'columns-differ-in-length' },
  ] as { story: string; period?: number[]; outcome?: number[]; options?: SeriesOptions; what: string }[])(
    '$story: $what',
    ({ period = twelve, outcome: values = outcome, options = { start: 7 }, what }) => {
      const answer = interruptedSeries({ period, outcome: values }, options);
      expect(answer.ok ? 'answered' : answer.problem.what).toBe(what);
    },
  );
});

test('the order of rows does not matter; other units and another calendar carry over', () => {
  // Planted: outcomes are not put in the order of their periods.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
      const draw = chance(seed);
      const period = Array.from({ length: 24 }, (_, t) => t);
      const values = period.map((t) => t + draw.normal() + (t >= 12 ? 2 : 0));
      const keys = period.map(() => draw.share());
      const order = period.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
      const one = valueOf(interruptedSeries({ period, outcome: values }, { start: 12 }));
      const other = valueOf(
        interruptedSeries(
          { period: order.map((i) => 2000 + period[i]! / 4), outcome: order.map((i) => 10 * values[i]! - 3) },
          { start: 2003 },
        ),
      );
      expect(other.estimate).toBeCloseTo(10 * one.estimate, 7);
      expect(other.se).toBeCloseTo(10 * one.se, 7);
      expect(other.p).toBeCloseTo(one.p, 7);
      expect(Math.sqrt(neweyWestVariance(one.influence, one.lags))).toBeCloseTo(one.se, 12);
    }),
    { numRuns: 40 },
  );
});
