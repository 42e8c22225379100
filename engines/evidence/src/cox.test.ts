import { describe, expect, test } from 'vitest';
import {
  complete,
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '../test/reference.ts';
import { indicators, type Covariate } from './covariates.ts';
import { baselineHazards } from './cox-baseline.ts';
import { fitCox, modelConcordance, type CoxModel, type CoxOptions } from './cox.ts';
import { readGroups } from './groups.ts';
import { testProportionality } from './proportional-hazards.ts';
import { readSpells, type SpellColumns } from './spells.ts';

const fit = (columns: SpellColumns, options: CoxOptions): CoxModel =>
  valueOf(fitCox(valueOf(readSpells(columns)), options));

describe('by hand: Therneau & Grambsch (2000), appendix E, test data 1', () => {
  // time 1 1* 6 6 8 9, x = 1 1 1 0 0 0; the book solves both ties on paper.
  const columns: SpellColumns = { time: [1, 1, 6, 6, 8, 9], cause: [1, 0, 1, 1, 0, 1] };
  const covariates: Covariate[] = [{ name: 'x', values: [1, 1, 1, 0, 0, 0] }];

  test('Breslow: r = (3 + √33)/2, so β = 1.475285', () => {
    const model = fit(columns, { covariates, ties: 'breslow' });
    const r = Math.exp(model.terms[0]!.estimate);
    expect(r).toBeCloseTo((3 + Math.sqrt(33)) / 2, 9);
    expect(model.logLikelihood.none).toBeCloseTo(-Math.log(6) - 2 * Math.log(4), 12);
    expect(model.logLikelihood.fitted).toBeCloseTo(2 * Math.log(r) - Math.log(3 * r + 3) - 2 * Math.log(r + 3), 12);
  });

  test('Efron: β = 1.676857, and the log likelihood with the half-counted pair', () => {
    const model = fit(columns, { covariates });
    const beta = model.terms[0]!.estimate;
    const r = Math.exp(beta);
    expect(beta).toBeCloseTo(1.676857, 6);
    const fitted = 2 * beta - Math.log(3 * r + 3) - Math.log(r + 3) - Math.log((r + 1) / 2 + 2);
    expect(model.logLikelihood.fitted).toBeCloseTo(fitted, 12);
    expect(baselineHazards(model)[0]!.hazard[0]).toBeCloseTo(1 / (3 * r + 3), 12);
  });
});

describe('sampling weights, clusters and late entry together: R survival 3.5-3, coxph', () => {
  const columns: SpellColumns = {
    entry: [0, 0, 1, 2, 0, 3, 1, 2, 4, 0],
    time: [2, 3, 4, 4, 5, 6, 7, 7, 8, 9],
    cause: [1, 0, 1, 1, 0, 1, 1, 0, 1, 0],
    weight: [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2],
    weightMeaning: 'sampling',
  };
  const covariates: Covariate[] = [
    { name: 'x', values: [1, 0, 2, 1, 0, 1, 2, 3, 0, 1] },
    { name: 'z', values: [0.3, 0.2, 0.9, -1, 0.4, -0.3, 0.1, 0, 0.5, 0.6] },
  ];
  const name = 'cox, sampling weights';

  test('Efron, five clusters', () => {
    const model = fit(columns, { covariates, clusters: valueOf(readGroups([1, 2, 1, 3, 2, 3, 4, 5, 4, 5])) });
    expectClose(
      model.terms.map((term) => term.estimate),
      [-0.17917677084134, -2.9510559987025],
      1e-10,
      name,
    );
    expectClose(
      model.terms.map((term) => term.seModel),
      [0.58717651902555, 1.34793186256443],
      1e-10,
      name,
    );
    expectClose(
      model.terms.map((term) => term.se),
      [0.48076023013852, 1.78267515816969],
      1e-10,
      name,
    );
    expectClose(
      [model.logLikelihood.none, model.logLikelihood.fitted],
      [-14.96817470257172, -11.39898768448188],
      1e-10,
      name,
    );
    expectClose(modelConcordance(model), 0.82691358024691, 1e-10, name);
  });

  test('Breslow, every row its own cluster', () => {
    const model = fit(columns, { covariates, ties: 'breslow' });
    expectClose(
      model.terms.map((term) => term.estimate),
      [-0.1681011771836, -2.73276487368625],
      1e-10,
      name,
    );
    expectClose(
      model.terms.map((term) => term.seModel),
      [0.5816143749991, 1.32497801467777],
      1e-10,
      name,
    );
    expectClose(
      model.terms.map((term) => term.se),
      [0.36694980224756, 1.65887529969495],
      1e-10,
      name,
    );
    expectClose(
      baselineHazards(model)[0]!.hazard,
      [0.38394691665964, 0.45855031452336, 0.87209681473866, 1.33946128923328, 3.23197986247409],
      1e-10,
      name,
    );
  });
});

describe('what cannot be answered is refused', () => {
  const refusal = (columns: SpellColumns, covariates: Covariate[]): string => {
    const answer = fitCox(valueOf(readSpells(columns)), { covariates });
    return answer.ok ? 'answered' : answer.problem.what;
  };
  const columns: SpellColumns = { time: [1, 2, 3, 4, 5, 6], cause: [1, 1, 1, 0, 1, 1] };
  const x: Covariate = { name: 'x', values: [0, 1, 1, 0, 2, 1] };

  test.each([
    {
      story: 'nobody had the event',
      columns: { ...columns, cause: [0, 0, 0, 0, 0, 0] },
      covariates: [x],
      what: 'no-events',
    },
    { story: 'no covariates', columns, covariates: [], what: 'no-covariates' },
    {
      story: 'one value only',
      columns,
      covariates: [{ name: 'one', values: [7, 7, 7, 7, 7, 7] }],
      what: 'covariate-constant',
    },
    {
      story: 'an empty cell',
      columns,
      covariates: [{ name: 'x', values: [0, 1, NaN, 0, 2, 1] }],
      what: 'covariate-not-usable',
    },
    {
      story: 'a column that repeats another in other units',
      columns,
      covariates: [x, { name: 'twice', values: [3, 5, 5, 3, 7, 5] }],
      what: 'covariates-dependent',
    },
    {
      story: 'everybody with x = 1 goes before everybody with x = 0',
      columns,
      covariates: [{ name: 'early', values: [1, 1, 1, 0, 0, 0] }],
      what: 'separation',
    },
    {
      story: 'half a copy cannot be tied',
      columns: { ...columns, weight: [1, 1, 0.5, 1, 1, 1] },
      covariates: [x],
      what: 'copies-not-whole',
    },
  ])('$story: $what', ({ columns: given, covariates, what }) => {
    expect(refusal(given, covariates)).toBe(what);
  });
});

describeAgainstR('R survival 3.5-3: coxph, cox.zph, basehaz, concordance', () => {
  function compare(file: string, r: Json): void {
    const [left, right] = r.formula.split(' ~ ') as [string, string];
    const columnsOf = /Surv\(([^)]*)\)/.exec(left)![1]!.split(', ');
    const terms = right.split(' + ');
    const strata = /strata\((\w+)\)/.exec(right)?.[1];
    const names = terms.filter((term) => !term.startsWith('strata('));
    const needed = [...names, ...(strata ? [strata] : []), ...(r.cluster ? [r.cluster] : [])];
    const d = complete(readColumns(file), needed);
    const group = (name: string, order?: string[]) =>
      valueOf(readGroups(name === 'celltype' ? d[name]! : numbers(d[name]!), order ? { order } : {}));
    const covariates = names.flatMap((name): Covariate[] =>
      name === 'celltype'
        ? indicators(group(name, ['squamous', 'smallcell', 'adeno', 'large']), name)
        : name === 'sex' && d[name]![0]!.match(/[FM]/)
          ? [{ name, values: d[name]!.map((cell) => (cell === 'M' ? 1 : 0)) }]
          : [{ name, values: numbers(d[name]!) }],
    );
    const last = columnsOf.at(-1)!;
    const causeOf = /cause == (\w+)/.exec(last) ? 'cause' : last;
    const spells = valueOf(
      readSpells({
        time: numbers(d[columnsOf.at(-2)!]!),
        cause: numbers(d[causeOf]!),
        ...(columnsOf.length === 3 ? { entry: numbers(d[columnsOf[0]!]!) } : {}),
      }),
    );
    const model = valueOf(
      fitCox(spells, {
        covariates,
        ties: r.ties,
        robust: r.seRobust !== undefined,
        ...(strata ? { strata: group(strata) } : {}),
        ...(r.cluster ? { clusters: group(r.cluster) } : {}),
        ...(causeOf === 'cause' ? { cause: r.nEvent === 115 ? 1 : 2 } : {}),
      }),
    );
    const name = `cox ${file.slice(9, -4)} ${r.ties}${strata ? ' strata' : ''}${r.cluster ? ' cluster' : ''}`;
    expect(model.n).toBe(r.n);
    expect(model.events).toBe(r.nEvent);
    expectClose(
      model.terms.map((term) => term.estimate),
      r.coef,
      1e-7,
      `${name}: coefficients`,
    );
    expectClose(
      model.terms.map((term) => term.seModel),
      r.seModel,
      1e-7,
      `${name}: model errors`,
    );
    expectClose([...model.modelCovariance.values], r.varModel.flat(), 1e-7, `${name}: covariance`, 1e-7);
    expectClose([model.logLikelihood.none, model.logLikelihood.fitted], r.loglik, 1e-10, `${name}: log likelihood`);
    expectClose(model.likelihoodRatio.chiSquared, r.lrt, 1e-7, `${name}: likelihood ratio`);
    expectClose(model.scoreTest.chiSquared, r.score, 1e-7, `${name}: score test`);
    expectClose(modelConcordance(model), r.concordance, 1e-10, `${name}: concordance`);
    if (r.seRobust) {
      expectClose(
        model.terms.map((term) => term.seRobust),
        r.seRobust,
        1e-7,
        `${name}: robust errors`,
      );
      expectClose([...model.robustCovariance!.values], r.varRobust.flat(), 1e-7, `${name}: robust covariance`, 1e-7);
    }
    // Where the reference adds robust errors to a model without clusters, its Wald test is the model's own.
    if (r.cluster || !r.seRobust) expectClose(model.wald!.chiSquared, r.wald, 1e-7, `${name}: Wald test`);
    if (r.phTest) {
      const test = testProportionality(model);
      const all = [...test.terms.map((term) => term.test!), test.global!];
      expectClose(
        all.map((one) => one.chiSquared),
        r.phTest.chisq,
        1e-7,
        `${name}: proportional hazards`,
      );
      expectClose(
        all.map((one) => one.p),
        r.phTest.p,
        1e-7,
        `${name}: proportional hazards p`,
      );
    }
    if (r.baseline) {
      const steps = baselineHazards(model);
      r.baseline.time.forEach((time: number, at: number) => {
        const stratum = r.baseline.strata ? r.baseline.strata[at].split('=').at(-1) : 'all';
        const mine = steps.find((one) => one.stratum === stratum)!;
        const upTo = [...mine.time].filter((t) => t <= time).length;
        expectClose(upTo === 0 ? 0 : mine.hazard[upTo - 1], r.baseline.cumhaz[at], 1e-7, `${name}: baseline`);
      });
    }
  }

  test.each(['lung', 'veteran', 'rats'])('%s', (name) => {
    for (const r of readJson(`survival/${name}.cox.json`).models) compare(`survival/${name}.csv`, r);
  });
  test('heart: delayed entry, and clustered by person', () => {
    for (const r of readJson('survival/heart.json').models) compare('survival/heart.csv', r);
  });
  test('mgus2: one cause at a time', () => {
    for (const r of readJson('survival/mgus2.aj.json').causeSpecificCox) compare('survival/mgus2.csv', r);
  });
});
