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
import { aggregateEffects } from './aggregate-effects.ts';
import { groupTimeEffects, productWithin, type GroupTimeEffects, type StaggeredOptions } from './group-time-effects.ts';
import { readGroups } from './groups.ts';
import { linearDesign } from './linear-design.ts';
import { multiplierBootstrap } from './multiplier-bootstrap.ts';
import { readPanel, readSections, type PanelColumns } from './panel.ts';
import { panelTwoByTwo, sectionsTwoByTwo, treatmentShares, type AdjustmentMethod } from './two-by-two.ts';

const methods = { dr: 'doubly-robust', reg: 'regression', ipw: 'weighting' } as const;

describeAgainstR('mpdta, did 2.1.1 and DRDID 1.0.6', () => {
  const mpdta = readColumns('causal/mpdta.csv');
  const read = Object.fromEntries(Object.entries(mpdta).map(([name, cells]) => [name, numbers(cells)]));
  const column = (name: string): number[] => read[name] ?? [];
  const columns = (covariates: string): PanelColumns => ({
    unit: valueOf(readGroups(column('id'))),
    period: column('year'),
    outcome: column('lemp'),
    firstTreated: column('first_treat'),
    ...(covariates === '~lpop' && { covariates: [{ name: 'lpop', values: column('lpop') }] }),
  });
  const did: Json = readJson('causal/mpdta.did.json');
  const runs: Json[] = did.runs ?? [];

  test.each(runs.map((run) => ({ run, story: JSON.stringify(run.spec) })))('$story', ({ run }) => {
    const { covariates, control, method, base_period: base, anticipation, panel } = run.spec;
    const options: StaggeredOptions = {
      controls: control === 'nevertreated' ? 'never' : 'not-yet',
      method: methods[method as keyof typeof methods],
      ...(base !== undefined && { base }),
      ...(anticipation !== undefined && { anticipation }),
    };
    const data = panel === false ? readSections(columns(covariates)) : readPanel(columns(covariates));
    const all = valueOf(groupTimeEffects(valueOf<Parameters<typeof groupTimeEffects>[0]>(data), options));
    const tolerance = covariates === '~1' ? 1e-10 : 1e-7;
    // R takes the information of the propensity one step before its search ends, at 1e-8 of the deviance: up to 2e-6 of an
    // error. Ours is that of the end; compared absolutely, as 1e-7.
    const floor = covariates === '~1' ? 1e-10 : 1;
    const name = `did ${covariates}${panel === false ? ' cross-sections' : ''}`;
    expect(all.size).toBe(run.n);
    expect(all.effects.map(({ cohort, period }) => [cohort, period])).toEqual(
      run.group.map((cohort: number, at: number) => [cohort, run.time[at]]),
    );
    expectClose(
      all.effects.map(({ estimate }) => estimate),
      run.att,
      tolerance,
      `${name}: effects`,
      1e-4,
    );
    // DRDID 1.0.6 has a sign wrong with cross-sections; seExact is the correct derivative.
    expectClose(
      all.effects.map(({ se }) => se),
      run.seExact ?? run.se,
      tolerance,
      `${name}: errors`,
      floor,
    );
    if (panel !== false) {
      const own = all.influence.map((one) => all.influence.map((other) => productWithin(one, other, null)));
      own.forEach((row, at) => {
        if (all.effects[at]!.se === null) return;
        row.forEach((value, other) => {
          if (all.effects[other]!.se !== null)
            expectClose(value, run.cov[at][other], tolerance, `${name}: covariances`, Math.max(floor, 1e-6));
        });
      });
      expectClose(all.preTest!.statistic, run.preTestWald, covariates === '~1' ? 1e-9 : 1e-6, `${name}: pre-test`);
      expect(all.preTest!.p).toBeCloseTo(run.preTestP, 5);
    }
    const sums = aggregateEffects(all);
    const exact = (aggregation: Json): number | null =>
      panel === false && aggregation.overallSeExact === undefined
        ? null
        : (aggregation.overallSeExact ?? aggregation.overallSe);
    const { simple, dynamic, group, calendar } = run.aggregations;
    expectClose(sums.simple.estimate, simple.overall, tolerance, `${name}: simple`);
    expectClose(sums.simple.se, exact(simple), tolerance, `${name}: simple error`, floor);
    for (const [ours, theirs, kind] of [
      [sums.eventStudy, dynamic, 'event study'],
      [sums.group, group, 'by group'],
      [sums.calendar, calendar, 'by period'],
    ] as const) {
      expectClose(ours.overall!.estimate, theirs.overall, tolerance, `${name}: ${kind}`);
      expectClose(ours.overall!.se, exact(theirs), tolerance, `${name}: ${kind} error`, floor);
      expectClose(
        ours.points.map(({ at }) => at),
        theirs.egt,
        0,
        `${name}: ${kind} places`,
      );
      expectClose(
        ours.points.map(({ estimate }) => estimate),
        theirs.att,
        tolerance,
        `${name}: ${kind} effects`,
        1e-4,
      );
      if (panel !== false)
        expectClose(
          ours.points.map(({ se }) => se),
          theirs.se,
          tolerance,
          `${name}: ${kind} errors`,
          floor,
        );
    }
    expect(sums.simple.level).toBe(3);
  });

  test('one cell, all estimators of DRDID', () => {
    const { estimates, propensity }: Json = readJson('causal/mpdta.2x2.json');
    const rows = column('id').flatMap((_, i) =>
      column('year')[i] === 2003 && [0, 2004].includes(column('first_treat')[i]!) ? [i] : [],
    );
    const treated = Uint8Array.from(rows, (i) => (column('first_treat')[i] === 2004 ? 1 : 0));
    const lemp = column('lemp');
    const later = new Map(
      column('id').flatMap((id, i) => (column('year')[i] === 2004 ? [[id, lemp[i]!] as const] : [])),
    );
    const change = Float64Array.from(rows, (i) => later.get(column('id')[i]!)! - lemp[i]!);
    const design = valueOf(linearDesign([{ name: 'lpop', values: rows.map((i) => column('lpop')[i]!) }], rows.length));
    const shares = valueOf(treatmentShares(design, treated));
    expectClose(shares.coefficients, propensity, 1e-7, 'did one cell: propensity');
    for (const [method, theirs] of [
      ['doubly-robust', estimates.drdid_panel],
      ['regression', estimates.reg_did_panel],
      ['weighting', estimates.std_ipw_did_panel],
    ] as const) {
      const { estimate, influence } = valueOf(panelTwoByTwo(method, design, treated, change, shares));
      expectClose(estimate, theirs.att, 1e-7, 'did one cell: estimates');
      // DRDID divides by n − 1 under the root where did divides by n.
      const n = rows.length;
      const se = Math.sqrt((influence.reduce((sum, value) => sum + value ** 2, 0) * n) / (n - 1));
      expectClose(se, theirs.se, 1e-7, 'did one cell: errors', 1);
    }
  });

  test('bootstrap errors and bands, within 2 % of the limit of 200,000 draws', { timeout: 30_000 }, () => {
    const all = valueOf(groupTimeEffects(valueOf(readPanel(columns('~1')))));
    const cells = multiplierBootstrap(all.influence, chance(1), { draws: 40_000 });
    expectClose(cells.se, did.bootstrap.attSe, 0.02, 'did bootstrap');
    expectClose(cells.critical, did.bootstrap.attCrit, 0.02, 'did bootstrap');
    const { points } = aggregateEffects(all).eventStudy;
    const study = multiplierBootstrap(
      points.map(({ influence }) => influence),
      chance(2),
      { draws: 40_000 },
    );
    expectClose(study.se, did.bootstrap.dynamicSe, 0.02, 'did bootstrap');
    expectClose(study.critical, did.bootstrap.dynamicCrit, 0.02, 'did bootstrap');
    // The same seed, the same bytes.
    expect(multiplierBootstrap(all.influence, chance(1), { draws: 200 })).toEqual(
      multiplierBootstrap(all.influence, chance(1), { draws: 200 }),
    );
  });
});

/** Ten towns, three years; five come under the policy in 2021 and gain 2, more or less. */
const towns = (() => {
  const rows: { unit: string; period: number; outcome: number; firstTreated: number }[] = [];
  for (let town = 0; town < 10; town++) {
    const firstTreated = town < 5 ? 2021 : 0;
    for (const period of [2019, 2020, 2021]) {
      const noise = ((town * 7 + period) % 5) / 10;
      const outcome = town + (period - 2019) + noise + (firstTreated > 0 && period >= 2021 ? 2 : 0);
      rows.push({ unit: `town ${town}`, period, outcome, firstTreated });
    }
  }
  return rows;
})();
const columnsOf = (rows: readonly (typeof towns)[number][]): PanelColumns => ({
  unit: valueOf(readGroups(rows.map(({ unit }) => unit))),
  period: rows.map(({ period }) => period),
  outcome: rows.map(({ outcome }) => outcome),
  firstTreated: rows.map(({ firstTreated }) => firstTreated),
});
const effectsOf = (columns: PanelColumns, options: StaggeredOptions = {}): GroupTimeEffects =>
  valueOf(groupTimeEffects(valueOf(readPanel(columns)), options));

describe('by hand', () => {
  test('two groups, two periods: difference of mean changes, error √(s₁²/n₁ + s₀²/n₀) with divisor n', () => {
    const { effects, influence } = effectsOf(columnsOf(towns));
    const change = (town: number): number => towns[3 * town + 2]!.outcome - towns[3 * town + 1]!.outcome;
    const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
    const treated = [0, 1, 2, 3, 4].map(change);
    const others = [5, 6, 7, 8, 9].map(change);
    const effect = effects.find(({ period }) => period === 2021)!;
    expect(effect.estimate).toBeCloseTo(mean(treated) - mean(others), 12);
    const variance = (list: number[]): number => mean(list.map((value) => (value - mean(list)) ** 2)) / list.length;
    expect(effect.se).toBeCloseTo(Math.sqrt(variance(treated) + variance(others)), 12);
    expect(influence[1]!.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect([effect.treated, effect.controls, effect.base]).toEqual([5, 5, 2020]);
  });

  test('clusters: two towns each, moved together', () => {
    const clusters = valueOf(readGroups(towns.map(({ unit }) => Math.floor(Number(unit.slice(5)) / 2))));
    const all = effectsOf({ ...columnsOf(towns), clusters });
    const alone = effectsOf(columnsOf(towns));
    const sums = new Float64Array(5);
    alone.influence[1]!.forEach((value, i) => (sums[Math.floor(i / 2)]! += value));
    expect(all.effects[1]!.se).toBeCloseTo(Math.sqrt(sums.reduce((a, b) => a + b * b, 0)), 14);
    expect(all.diagnostics.map(({ what }) => what)).toContain('few-clusters');
  });

  test('units treated from the start are left out, and those treated after the end are controls', () => {
    const early = towns.map((row) => (row.unit === 'town 9' ? { ...row, firstTreated: 2019 } : row));
    const extra = [
      ...early,
      ...towns.filter(({ unit }) => unit === 'town 8').map((row) => ({ ...row, unit: 'x', firstTreated: 2030 })),
    ];
    const all = effectsOf(columnsOf(extra));
    expect(all.diagnostics.map(({ what }) => what)).toEqual(['cohort-without-base', 'treated-after-the-data']);
    expect(all.effects[0]).toMatchObject({ treated: 5, controls: 5 });
  });
});

describe('what is refused', () => {
  const what = (columns: PanelColumns, options: StaggeredOptions = {}): string => {
    const panel = readPanel(columns);
    if (!panel.ok) return panel.problem.what;
    const all = groupTimeEffects(panel.value, options);
    return all.ok ? 'answered' : all.problem.what;
  };
  const good = columnsOf(towns);
  const changed = (row: number, change: Partial<(typeof towns)[number]>): PanelColumns =>
    columnsOf(towns.with(row, { ...towns[row]!, ...change }));
  test.each([
    { story: 'a unit twice in a period', columns: changed(1, { period: 2019 }), what: 'period-twice' },
    { story: 'a changing start', columns: changed(1, { firstTreated: 2020 }), what: 'first-treated-changes' },
    { story: 'a missing period', columns: columnsOf(towns.slice(1)), what: 'period-missing' },
    { story: 'NaN', columns: changed(4, { outcome: NaN }), what: 'value-not-usable' },
    { story: 'no rows', columns: columnsOf([]), what: 'no-rows' },
    { story: 'one period', columns: columnsOf(towns.filter((r) => r.period === 2021)), what: 'one-period' },
    { story: 'four units in a cohort', columns: columnsOf(towns.slice(3)), what: 'cohort-too-small' },
    { story: 'no controls', columns: columnsOf(towns.slice(0, 15)), what: 'too-few-never-treated' },
    {
      story: 'nobody left to compare with',
      columns: columnsOf(towns.slice(0, 15)),
      options: { controls: 'not-yet' },
      what: 'too-few-controls',
    },
    { story: 'nobody treated', columns: columnsOf(towns.slice(15)), what: 'no-cohort' },
    { story: 'a negative anticipation', columns: good, options: { anticipation: -1 }, what: 'anticipation-not-usable' },
    {
      story: 'a covariate with one value',
      columns: { ...good, covariates: [{ name: 'z', values: towns.map(() => 3) }] },
      what: 'covariate-constant',
    },
    {
      story: 'a covariate that is the policy',
      columns: {
        ...good,
        covariates: [
          { name: 'z', values: towns.map(({ firstTreated }, i) => (firstTreated > 0 ? 1 : 0) + (i % 3) * 1e-3) },
        ],
      },
      what: 'separation',
    },
    {
      story: 'the same covariate twice',
      columns: {
        ...good,
        covariates: ['z', 'w'].map((name) => ({ name, values: towns.map((_, i) => (Math.floor(i / 3) * 7) % 4) })),
      },
      what: 'covariates-dependent',
    },
  ] as { story: string; columns: PanelColumns; options?: StaggeredOptions; what: string }[])(
    '$story: $what',
    ({ columns, options, what: expected }) => expect(what(columns, options)).toBe(expected),
  );

  test('the refusal names the row and the other one', () => {
    const panel = readPanel(changed(1, { period: 2019 }));
    expect(panel.ok ? null : panel.problem).toMatchObject({
      words: { row: 2, column: 'period', other: 1 },
      message: 'Row 2, column period: unit town 0 has period 2019 twice. Keep one of the two rows.',
    });
  });

  test('incomplete units can be left out, and that is said', () => {
    const more = [...towns, { unit: 'half', period: 2019, outcome: 1, firstTreated: 0 }];
    const panel = valueOf(readPanel(columnsOf(more), { incomplete: 'leave-out' }));
    expect([panel.units, panel.leftOut]).toEqual([10, 1]);
    expect(valueOf(groupTimeEffects(panel)).diagnostics.map((note) => note.what)).toContain(
      'incomplete-units-left-out',
    );
  });
});

describe('laws', () => {
  type World = { rows: (typeof towns)[number][]; x: number[]; keys: number[] };
  const world: fc.Arbitrary<World> = fc.integer({ min: 1, max: 1e9 }).map((seed) => {
    const draw = chance(seed);
    const rows: (typeof towns)[number][] = [];
    const x: number[] = [];
    for (let unit = 0; unit < 36; unit++) {
      const firstTreated = [0, 3, 4][unit % 3]!;
      const own = draw.normal();
      for (let period = 1; period <= 4; period++) {
        const effect = firstTreated > 0 && period >= firstTreated ? 1 : 0;
        rows.push({ unit: `u${unit}`, period, outcome: own * period + effect + draw.normal(), firstTreated });
        x.push(own + (firstTreated > 0 ? 0.4 : 0));
      }
    }
    return { rows, x, keys: rows.map(() => draw.share()) };
  });
  const answers = (rows: World['rows'], x: number[], options: StaggeredOptions = {}, factor = 1): number[] => {
    const all = effectsOf(
      { ...columnsOf(rows), covariates: [{ name: 'x', values: x.map((value) => factor * value) }] },
      options,
    );
    const { simple, eventStudy, group } = aggregateEffects(all);
    return [
      ...all.effects.flatMap(({ estimate, se }) => [estimate, se!]),
      simple.estimate,
      simple.se!,
      eventStudy.overall!.se!,
      group.overall!.se!,
    ];
  };
  const expectNear = (one: readonly number[], other: readonly number[]): void =>
    one.forEach((value, at) => expect(value).toBeCloseTo(other[at]!, 7));
  const settings = { numRuns: 25 };

  test('the order of rows and the names of units do not matter', () => {
    // Planted: the place of a row in the panel depends on its place in the file.
    fc.assert(
      fc.property(world, ({ rows, x, keys }) => {
        const order = rows.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
        const renamed = order.map((i) => ({ ...rows[i]!, unit: `z${100 - Number(rows[i]!.unit.slice(1))}` }));
        expectNear(
          answers(
            renamed,
            order.map((i) => x[i]!),
          ),
          answers(rows, x),
        );
      }),
      settings,
    );
  });

  test('other units of outcome and covariate: effects follow the first, nothing follows the second', () => {
    // Planted: the weight term measures cohorts against 1 instead of against the mean.
    fc.assert(
      fc.property(world, fc.constantFrom('doubly-robust', 'regression', 'weighting' as const), (world_, method) => {
        const { rows, x } = world_;
        const options = { method: method as AdjustmentMethod, controls: 'not-yet' as const };
        const larger = rows.map((row) => ({ ...row, outcome: 3 * row.outcome - 7 }));
        expectNear(
          answers(larger, x, options, 1000),
          answers(rows, x, options).map((value) => 3 * value),
        );
      }),
      settings,
    );
  });

  test('what is the same for a unit in all periods, or for a period in all units, changes nothing', () => {
    // Planted: the outcome in the base period counts for 99 %.
    fc.assert(
      fc.property(world, ({ rows, x }) => {
        const shifted = rows.map((row) => ({
          ...row,
          outcome: row.outcome + 5 * Number(row.unit.slice(1)) + row.period ** 2,
        }));
        expectNear(answers(shifted, x), answers(rows, x));
      }),
      settings,
    );
  });

  test('a universal base: later minus earlier universal effects are the varying ones before the policy', () => {
    // Planted: with a universal base, periods before the policy are compared with the one after them.
    fc.assert(
      fc.property(world, ({ rows }) => {
        const varying = effectsOf(columnsOf(rows)).effects;
        const universal = effectsOf(columnsOf(rows), { base: 'universal' }).effects;
        const at = (cohort: number, period: number): number =>
          universal.find((effect) => effect.cohort === cohort && effect.period === period)!.estimate;
        for (const { cohort, period, base, estimate } of varying) {
          expect(estimate).toBeCloseTo(at(cohort, period) - at(cohort, base), 10);
        }
      }),
      settings,
    );
  });
});

describe('the influence is the derivative: leaving each row out in turn moves the estimate by it', () => {
  const draw = chance(11);
  const n = 400;
  const x = Array.from({ length: n }, () => draw.normal());
  const treated = Uint8Array.from(x, (value) => (draw.share() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  const after = Uint8Array.from(x, () => draw.whole(2));
  const outcome = Float64Array.from(
    x,
    (value, i) => value + value * after[i]! + treated[i]! * after[i]! + draw.normal(),
  );
  const answer = (method: AdjustmentMethod, sections: boolean, keep: readonly number[]) => {
    const design = valueOf(linearDesign([{ name: 'x', values: keep.map((i) => x[i]!) }], keep.length));
    const d = Uint8Array.from(keep, (i) => treated[i]!);
    const shares = valueOf(treatmentShares(design, d));
    const y = Float64Array.from(keep, (i) => outcome[i]!);
    const t = Uint8Array.from(keep, (i) => after[i]!);
    return valueOf(
      sections ? sectionsTwoByTwo(method, design, d, t, y, shares) : panelTwoByTwo(method, design, d, y, shares),
    );
  };
  const everyone = x.map((_, i) => i);
  test.each(
    (['doubly-robust', 'regression', 'weighting'] as const).flatMap((method) =>
      [false, true].map((sections) => ({
        method,
        sections,
        story: `${method}, ${sections ? 'cross-sections' : 'panel'}`,
      })),
    ),
  )('$story', ({ method, sections }) => {
    const whole = answer(method, sections, everyone);
    const some = everyone.filter((i) => i % 8 === 0);
    const root = (list: number[]): number => Math.sqrt(list.reduce((sum, value) => sum + value ** 2, 0));
    const own = some.map((i) => whole.influence[i]!);
    const apart = some.map((left, at) => {
      const without = answer(
        method,
        sections,
        everyone.filter((one) => one !== left),
      ).estimate;
      return whole.estimate - without - own[at]!;
    });
    expect(root(apart) / root(own)).toBeLessThan(0.15);
  });
});
