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
import { fixedEffects, type FixedEffectsColumns } from './fixed-effects.ts';
import { readGroups } from './groups.ts';
import { readPanel, type Panel } from './panel.ts';
import { twoWayWarning } from './two-way-warning.ts';

describeAgainstR('organ donations, lm and sandwich 3.0.2', () => {
  const columns = readColumns('causal/organ_donations.csv');
  const expected: Json = readJson('causal/organ.twfe.json');
  const california = numbers(columns['ca'] ?? []);
  const quarter = numbers(columns['quarter_num'] ?? []);
  const fit = (regressors: FixedEffectsColumns['regressors']) =>
    valueOf(
      fixedEffects({
        units: valueOf(readGroups(columns['state']!)),
        periods: valueOf(readGroups(quarter)),
        outcome: numbers(columns['rate']!),
        regressors,
      }),
    );

  test('one policy: coefficient and the three errors by state', () => {
    const { terms, clusters, rows, coefficients } = fit([
      { name: 'policy', values: california.map((ca, i) => (ca === 1 && quarter[i]! > 3 ? 1 : 0)) },
    ]);
    const { coef, seCR0, seCR1Stata, seNested, G, N, K } = expected.did;
    expectClose(terms[0]!.estimate, coef, 1e-10, 'two-way coefficient');
    expectClose(terms[0]!.errors.cr0, seCR0, 1e-10, 'two-way errors');
    expectClose(terms[0]!.errors.cr1, seCR1Stata, 1e-10, 'two-way errors');
    expectClose(terms[0]!.errors.nested, seNested, 1e-10, 'two-way errors');
    expect([clusters, rows, coefficients]).toEqual([G, N, K]);
  });

  test('the event study', () => {
    const { quarter: quarters, coef, seCR1Stata } = expected.eventStudy;
    const { terms } = fit(
      quarters.map((at: number) => ({
        name: `quarter ${at}`,
        values: california.map((ca, i) => (ca === 1 && quarter[i] === at ? 1 : 0)),
      })),
    );
    expectClose(
      terms.map(({ estimate }) => estimate),
      coef,
      1e-10,
      'two-way event study',
    );
    expectClose(
      terms.map(({ errors }) => errors.cr1),
      seCR1Stata,
      1e-10,
      'two-way event study',
    );
  });

  test('one treated state: its permutations say what the error by state does not', () => {
    const panel = valueOf(
      readPanel({
        unit: valueOf(readGroups(columns['state']!)),
        period: quarter,
        outcome: numbers(columns['rate']!),
        firstTreated: california.map((ca) => (ca === 1 ? 4 : 0)),
      }),
    );
    const { term, permutations } = valueOf(twoWayWarning(panel, chance(1)));
    expect(term.p).toBeLessThan(0.01);
    // Five of 27 states differ as much as California.
    expect(permutations).toEqual({ p: 5 / 27, assignments: 27 });
  });
});

/** Towns in years; `from` is when each starts, 0 for never. */
function panelOf(from: readonly number[], years: number, value: (town: number, year: number) => number): Panel {
  const rows = from.flatMap((start, town) =>
    Array.from({ length: years }, (_, at) => ({ town, year: at + 1, start, y: value(town, at + 1) })),
  );
  return valueOf(
    readPanel({
      unit: valueOf(readGroups(rows.map(({ town }) => town))),
      period: rows.map(({ year }) => year),
      outcome: rows.map(({ y }) => y),
      firstTreated: rows.map(({ start }) => start),
    }),
  );
}

describe('the warning', () => {
  test('Goodman-Bacon’s trap: every effect grows and is positive, and the coefficient is negative', () => {
    // Early towns start in year 2, late ones in year 5 of 6; the effect is the square of the years since the start.
    const panel = panelOf([2, 2, 5, 5], 6, (town, year) => {
      const start = town < 2 ? 2 : 5;
      return town / 10 + (year >= start ? (year - start + 1) ** 2 : 0);
    });
    const { term, negativeWeights, notes } = valueOf(twoWayWarning(panel, chance(1)));
    expect(term.estimate).toBeLessThan(0);
    expect(negativeWeights.cells.map(({ cohort, period }) => [cohort, period])).toEqual([
      [2, 5],
      [2, 6],
    ]);
    expect(notes.map(({ what }) => what)).toEqual(['starts-differ', 'negative-weights']);
  });

  test('one start, one control: weights are positive and nothing is warned of', () => {
    const panel = panelOf([3, 3, 0, 0], 4, (town, year) => town + year + ((town * 3 + year * 5) % 4) / 9);
    const { negativeWeights, notes } = valueOf(twoWayWarning(panel, chance(1)));
    expect(negativeWeights).toEqual({ sum: 0, cells: [] });
    expect(notes).toEqual([]);
  });

  test('without an effect the wild bootstrap (Webb below 12 clusters) and permutations say so as often as they should', () => {
    const draw = chance(20261125);
    let wild = 0;
    let moved = 0;
    const worlds = 300;
    for (let world = 0; world < worlds; world++) {
      const own = Array.from({ length: 10 }, () => draw.normal());
      const panel = panelOf(
        [3, 3, 3, 3, 3, 0, 0, 0, 0, 0],
        4,
        (town, year) => own[town]! * (year > 2 ? 1 : 0) + draw.normal(),
      );
      const answer = valueOf(twoWayWarning(panel, draw, { draws: 99 }));
      expect(answer.wildBootstrap!.weights).toBe('webb');
      if (answer.wildBootstrap!.p <= 0.1) wild++;
      if (answer.permutations!.p <= 0.1) moved++;
    }
    // 10 of 100, within three errors of a share of 300.
    expect(Math.abs(wild / worlds - 0.1)).toBeLessThan(0.055);
    expect(Math.abs(moved / worlds - 0.1)).toBeLessThan(0.055);
  });
});

describe('fixed effects', () => {
  const units = valueOf(readGroups(['a', 'a', 'b', 'b', 'c', 'c']));
  const periods = valueOf(readGroups([1, 2, 1, 2, 1, 2]));

  test('two periods: the difference of changes, by hand', () => {
    const { terms } = valueOf(
      fixedEffects({
        units,
        periods,
        outcome: [1, 6, 2, 3, 4, 6],
        regressors: [{ name: 'd', values: [0, 1, 0, 0, 0, 0] }],
      }),
    );
    // a changes by 5, the others by 1 and 2.
    expect(terms[0]!.estimate).toBeCloseTo(5 - 1.5, 12);
    // Residual changes of b and c are ±½; a has none. With two periods cr0² = Σ(½)²·2/2² = ⅛.
    expect(terms[0]!.errors.cr0).toBeCloseTo(Math.sqrt(1 / 8), 12);
  });

  test.each([
    { story: 'a regressor that is the unit', values: [1, 1, 0, 0, 0, 0], what: 'regressor-explained' },
    { story: 'a regressor that is the period', values: [0, 1, 0, 1, 0, 1], what: 'regressor-explained' },
    { story: 'NaN', values: [NaN, 1, 0, 1, 0, 0], what: 'value-not-usable' },
    { story: 'a short column', values: [1], what: 'columns-differ-in-length' },
  ])('$story is refused: $what', ({ values, what }) => {
    const answer = fixedEffects({ units, periods, outcome: [1, 6, 2, 3, 4, 6], regressors: [{ name: 'd', values }] });
    expect(answer.ok ? 'answered' : answer.problem.what).toBe(what);
  });

  test('an unbalanced panel is that of least squares with an indicator for each unit and period', () => {
    // Planted: means are taken out once only.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const draw = chance(seed);
        const rows = Array.from({ length: 40 }, (_, i) => ({
          unit: i % 8,
          period: Math.floor(i / 8),
          keep: draw.share() < 0.8,
        }));
        const kept = rows.filter(({ keep }) => keep);
        const x = kept.map(() => draw.normal());
        const y = kept.map(({ unit, period }, i) => unit - period + 2 * x[i]! + draw.normal());
        const columns = {
          units: valueOf(readGroups(kept.map(({ unit }) => unit))),
          periods: valueOf(readGroups(kept.map(({ period }) => period))),
        };
        const fit = fixedEffects({ ...columns, outcome: y, regressors: [{ name: 'x', values: x }] });
        // The residuals are orthogonal to x, so adding 3x moves the coefficient by 3 and nothing else; and so do effects.
        const moved = fixedEffects({
          ...columns,
          outcome: y.map((value, i) => value + 3 * x[i]! + 7 * kept[i]!.unit + kept[i]!.period ** 2),
          regressors: [{ name: 'x', values: x }],
        });
        expect(valueOf(moved).terms[0]!.estimate).toBeCloseTo(valueOf(fit).terms[0]!.estimate + 3, 9);
        expect(valueOf(moved).terms[0]!.se).toBeCloseTo(valueOf(fit).terms[0]!.se, 9);
      }),
      { numRuns: 30 },
    );
  });
});
