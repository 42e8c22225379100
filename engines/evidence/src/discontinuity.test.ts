import fc from 'fast-check';
import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import {
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '../test/reference.ts';
import { checkDiscontinuity } from './cutoff-checks.ts';
import { readCutoffData, type CutoffColumns } from './cutoff-data.ts';
import { regressionDiscontinuity, type Discontinuity, type DiscontinuityOptions } from './discontinuity.ts';
import { readGroups } from './groups.ts';

const jumpOf = (columns: CutoffColumns, options: DiscontinuityOptions = {}, cutoff = 0): Discontinuity =>
  valueOf(regressionDiscontinuity(valueOf(readCutoffData(columns, cutoff)), options));

describeAgainstR('Senate, rdrobust 2.2 and 4.0.0', () => {
  const senate = readColumns('causal/senate.csv');
  const columns = { running: numbers(senate['margin'] ?? []), outcome: numbers(senate['vote'] ?? []) };
  const runs: Json[] = readJson('causal/senate.rd.json').runs ?? [];

  test.each(runs.map((run) => ({ run, story: JSON.stringify(run.spec) })))('$story', ({ run }) => {
    const { kernel, bwselect, p, q, rho, h, b, vce, masspoints, c } = run.spec;
    const given = { kernel, rule: bwselect, degree: p, biasDegree: q, rho, h, b, residuals: vce };
    const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const jump = jumpOf(columns, { ...options, massPoints: masspoints !== 'off' }, c ?? 0);
    const tolerance = p === 2 ? 1e-7 : 1e-8;
    expectClose(jump.bandwidths.h, run.h, tolerance, 'rd bandwidth h');
    expectClose(jump.bandwidths.b, run.b, tolerance, 'rd bandwidth b');
    expectClose(jump.estimate, run.coef.conventional, tolerance, 'rd estimate');
    expectClose(jump.robust.estimate, run.coef.robust, tolerance, 'rd bias-corrected');
    expectClose(jump.conventional.se, run.se.conventional, tolerance, 'rd conventional error');
    expectClose(jump.se, run.se.robust, tolerance, 'rd robust error');
    expectClose(jump.conventional.z, run.z[0], tolerance, 'rd z');
    expectClose(jump.robust.z, run.z[2], tolerance, 'rd z');
    expectClose(jump.p, run.p[2], 1e-6, 'rd p');
    expectClose([jump.ci.lower, jump.ci.upper], run.ciRobust, tolerance, 'rd interval');
    expectClose([jump.conventional.ci.lower, jump.conventional.ci.upper], run.ciConventional, tolerance, 'rd interval');
    expectClose(jump.lines[0], run.betaLeft, tolerance, 'rd lines');
    expectClose(jump.lines[1], run.betaRight, tolerance, 'rd lines');
    expect([jump.rowsBySide, jump.rowsInH, jump.rowsInB]).toEqual([run.N, run.Nh, run.Nb]);
    if (masspoints !== 'off') expect(jump.valuesBySide).toEqual(run.M);
  });

  const wide = readColumns('causal/senate_covs.csv');
  const covariateRuns: Json[] = readJson('causal/senate.rd-covs.json').runs ?? [];
  test.each(covariateRuns.map((run) => ({ run, story: String(run.name) })))('$story', ({ run, story }) => {
    const jump = jumpOf(
      {
        running: numbers(wide['margin']!),
        outcome: numbers(wide['vote']!),
        ...(story.includes('covariates') && {
          covariates: ['class', 'termshouse', 'termssenate', 'logpop'].map((name) => ({
            name,
            values: numbers(wide[name]!),
          })),
        }),
        ...(story.includes('cluster') && { clusters: valueOf(readGroups(wide['state']!)) }),
      },
      story.includes('h=17') ? { h: 17, b: 28 } : {},
    );
    expectClose(jump.bandwidths.h, run.h, 1e-8, 'rd covariates and clusters: bandwidths');
    expectClose(jump.bandwidths.b, run.b, 1e-8, 'rd covariates and clusters: bandwidths');
    expectClose(jump.estimate, run.coef.conventional, 1e-8, 'rd covariates and clusters: estimates');
    expectClose(jump.robust.estimate, run.coef.biasCorrected, 1e-8, 'rd covariates and clusters: estimates');
    expectClose(jump.conventional.se, run.se.conventional, 1e-8, 'rd covariates and clusters: errors');
    expectClose(jump.se, run.se.robust, 1e-8, 'rd covariates and clusters: errors');
    expectClose([jump.ci.lower, jump.ci.upper], run.ciRobust, 1e-8, 'rd covariates and clusters: intervals');
    expect(jump.rowsInH).toEqual(run.Nh);
  });

  test('the checks find nothing wrong', () => {
    const data = valueOf(readCutoffData(columns));
    const checks = checkDiscontinuity(data, valueOf(regressionDiscontinuity(data)));
    expect(checks.failed).toEqual([]);
    expect(checks.level).toBe(4);
    expect(checks.placeboCutoffs.every(({ jump }) => jump.ok && jump.value.p > 0.1)).toBe(true);
  });
});

describe('by hand', () => {
  test('two straight lines, 2 + x and 5 + 3x, a little off: the jump is 3, the slopes 1 and 3', () => {
    const running = Array.from({ length: 40 }, (_, i) => i - 19.5);
    const outcome = running.map((x, i) => (x < 0 ? 2 + x : 5 + 3 * x) + (i % 2 === 0 ? 1e-6 : -1e-6));
    const jump = jumpOf({ running, outcome }, { h: 10, b: 15 });
    expect(jump.estimate).toBeCloseTo(3, 4);
    expect(jump.lines[0][1]).toBeCloseTo(1, 4);
    expect(jump.lines[1][1]).toBeCloseTo(3, 4);
    expect(jump.rowsInH).toEqual([10, 10]);
  });

  test('who stands on the cutoff is treated', () => {
    const running = Array.from({ length: 30 }, (_, i) => i - 15);
    const jump = jumpOf({ running, outcome: running.map((x) => (x >= 0 ? 1 : 0) + (x % 3) * 0.01) }, { h: 9 });
    expect(jump.rowsBySide).toEqual([15, 15]);
    expect(jump.estimate).toBeCloseTo(1, 1);
  });

  test('degree 0 compares means near the cutoff', () => {
    const running = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];
    const outcome = [0, 0, 0, 1, 2, 3, 5, 6, 7, 0, 0, 0];
    const jump = jumpOf({ running, outcome }, { degree: 0, h: 3, b: 6, kernel: 'uniform' });
    expect(jump.estimate).toBeCloseTo((5 + 6 + 7 + 0) / 4 - 2, 12);
  });
});

describe('what is refused', () => {
  const running = Array.from({ length: 60 }, (_, i) => i - 30);
  const outcome = running.map((x, i) => x + ((i * 7) % 5));
  const whatOf = (columns: CutoffColumns, cutoff?: number, options?: DiscontinuityOptions): string => {
    const data = readCutoffData(columns, cutoff);
    if (!data.ok) return data.problem.what;
    const jump = regressionDiscontinuity(data.value, options);
    return jump.ok ? 'answered' : jump.problem.what;
  };
  const names = (count: number): string[] => running.map((_, i) => String(i % count));
  test.each([
    { story: 'no rows', columns: { running: [], outcome: [] }, what: 'no-rows' },
    { story: 'a cutoff beyond the data', cutoff: 99, what: 'cutoff-outside-data' },
    { story: 'a cutoff at the lowest value', cutoff: -30, what: 'cutoff-outside-data' },
    { story: 'a cutoff that is no number', cutoff: NaN, what: 'cutoff-not-usable' },
    { story: 'one running value', columns: { running: running.map(() => 4), outcome }, what: 'running-constant' },
    { story: 'NaN', columns: { running: running.with(3, NaN), outcome }, what: 'value-not-usable' },
    {
      story: 'an infinite outcome',
      columns: { running, outcome: outcome.with(9, Infinity) },
      what: 'value-not-usable',
    },
    { story: 'a short column', columns: { running, outcome: [1] }, what: 'columns-differ-in-length' },
    { story: 'one outcome', columns: { running, outcome: running.map(() => 1) }, what: 'outcome-constant' },
    {
      story: 'two running values',
      columns: { running: running.map((x) => Math.sign(x)), outcome },
      what: 'too-few-values-on-a-side',
    },
    {
      story: 'outcomes exactly on a line',
      columns: { running, outcome: running.map((x) => (x < 0 ? 0 : 0)).with(0, 1) },
      what: 'bandwidth-undefined',
    },
    { story: 'a bandwidth without rows', options: { h: 0.5 }, what: 'window-too-small' },
    { story: 'a negative bandwidth', options: { h: -1 }, what: 'bandwidth-not-usable' },
    { story: 'b without h', options: { b: 3 }, what: 'bandwidth-not-usable' },
    { story: 'a bias of a lower degree', options: { degree: 2, biasDegree: 1 }, what: 'degree-not-usable' },
    {
      story: 'a covariate twice',
      columns: { running, outcome, covariates: [0, 1].map(() => ({ name: 'z', values: running.map((x) => x * x) })) },
      options: { h: 20 },
      what: 'covariates-dependent',
    },
    {
      story: 'three clusters',
      columns: { running, outcome, clusters: valueOf(readGroups(names(3))) },
      options: { h: 20 },
      what: 'too-few-clusters',
    },
  ] as { story: string; columns?: CutoffColumns; cutoff?: number; options?: DiscontinuityOptions; what: string }[])(
    '$story: $what',
    ({ columns = { running, outcome }, cutoff, options, what }) => {
      expect(whatOf(columns, cutoff, options)).toBe(what);
    },
  );
});

describe('laws', () => {
  type World = { running: number[]; outcome: number[]; keys: number[] };
  const world: fc.Arbitrary<World> = fc.integer({ min: 1, max: 1e9 }).map((seed) => {
    const draw = chance(seed);
    const size = 60 + draw.whole(80);
    // Some whole, so that values repeat.
    const running = Array.from({ length: size }, () =>
      draw.share() < 0.5 ? draw.whole(41) - 20 : 40 * draw.share() - 20,
    );
    const outcome = running.map((x) => Math.sin(x / 9) + (x >= 0 ? 1 : 0) + draw.normal());
    return { running, outcome, keys: running.map(() => draw.share()) };
  });
  const answer = ({ running, outcome }: Omit<World, 'keys'>, cutoff = 0): number[] | string => {
    const data = readCutoffData({ running, outcome }, cutoff);
    if (!data.ok) return data.problem.what;
    const jump = regressionDiscontinuity(data.value);
    if (!jump.ok) return jump.problem.what;
    const { estimate, robust, se, conventional, bandwidths } = jump.value;
    return [estimate, robust.estimate, se, conventional.se, ...bandwidths.h, ...bandwidths.b];
  };
  const expectNear = (one: number[] | string, other: number[] | string, scale = [1, 1, 1, 1, 1, 1, 1, 1]): void => {
    if (typeof one === 'string' || typeof other === 'string') return expect(one).toEqual(other);
    one.forEach((value, at) => {
      const there = other[at]! * scale[at]!;
      expect(Math.abs(value - there)).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(value), Math.abs(there), 1e-6));
    });
  };
  const settings = { numRuns: 40 };

  test('the order of rows does not matter', () => {
    // Planted: a group of equal running values counts its last row only.
    fc.assert(
      fc.property(world, ({ running, outcome, keys }) => {
        const order = running.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
        const shuffled = { running: order.map((i) => running[i]!), outcome: order.map((i) => outcome[i]!) };
        expectNear(answer(shuffled), answer({ running, outcome }));
      }),
      settings,
    );
  });

  test('running and outcome in other units, and another zero: bandwidths and jumps follow', () => {
    // Planted: the error of the bias is divided by half the power of its window.
    fc.assert(
      fc.property(world, ({ running, outcome }) => {
        // Factors of two and a whole shift, so that equal distances stay equal.
        const moved = { running: running.map((x) => 8 * x + 64), outcome: outcome.map((y) => 5 - 4 * y) };
        expectNear(answer(moved, 64), answer({ running, outcome }), [-4, -4, 4, 4, 8, 8, 8, 8]);
      }),
      settings,
    );
  });

  test('seen in a mirror the jump changes its sign and nothing else', () => {
    // Planted: the first step takes the range of the lower side for both.
    fc.assert(
      fc.property(world, ({ running, outcome }) => {
        // Nobody on the cutoff itself, who would change sides.
        const off = running.map((x) => (x === 0 ? 0.5 : x));
        const mirrored = off.map((x) => -x);
        expectNear(
          answer({ running: mirrored, outcome }),
          answer({ running: off, outcome }),
          [-1, -1, 1, 1, 1, 1, 1, 1],
        );
      }),
      settings,
    );
  });

  test('the squares of the influence are the variance', () => {
    // Planted: each side counts for another half.
    fc.assert(
      fc.property(world, ({ running, outcome }) => {
        const jump = jumpOf({ running, outcome }, { h: 12, b: 18 });
        const total = jump.influence.reduce((sum, value) => sum + value * value, 0);
        expect(Math.sqrt(total)).toBeCloseTo(jump.se, 10);
      }),
      settings,
    );
  });
});

describe('checks that must see it', () => {
  const draw = chance(20261125);
  const size = 4000;
  const running = Array.from({ length: size }, () => draw.normal());
  const outcome = running.map((x) => x + (x >= 0 ? 0.5 : 0) + 0.5 * draw.normal());

  test('honest data pass: level 4', () => {
    const data = valueOf(readCutoffData({ running, outcome }));
    const checks = checkDiscontinuity(data, valueOf(regressionDiscontinuity(data)));
    expect(checks.failed.map(({ what }) => what)).toEqual([]);
    expect(checks.level).toBe(4);
  });

  test('half of those just below the cutoff step over it: the density jumps, level 3', () => {
    const pushed = running.map((x) => (x < 0 && x > -0.1 && draw.share() < 0.5 ? -x : x));
    const data = valueOf(readCutoffData({ running: pushed, outcome }));
    const checks = checkDiscontinuity(data, valueOf(regressionDiscontinuity(data)));
    expect(checks.failed.map(({ what }) => what)).toContain('density-jumps');
    expect(checks.level).toBe(3);
  });

  test('a covariate that jumps at the cutoff is named', () => {
    const values = running.map((x) => (x >= 0 ? 1 : 0) + draw.normal());
    const data = valueOf(readCutoffData({ running, outcome, covariates: [{ name: 'age', values }] }));
    const { failed } = checkDiscontinuity(data, valueOf(regressionDiscontinuity(data)));
    expect(failed).toEqual([expect.objectContaining({ what: 'covariate-jumps', words: { column: 'age' } })]);
  });

  test('a density on few distinct values is refused, not guessed', () => {
    const data = valueOf(readCutoffData({ running: running.map((x) => Math.round(4 * x)), outcome }));
    const { density } = checkDiscontinuity(data, valueOf(regressionDiscontinuity(data)));
    expect(density.ok ? 'answered' : density.problem.what).toBe('too-few-values-for-density');
  });
});
