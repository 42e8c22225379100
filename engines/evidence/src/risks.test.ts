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
import { cumulativeIncidence } from './cumulative-incidence.ts';
import { fitFineGray } from './fine-gray.ts';
import { grayTest } from './gray-test.ts';
import { readGroups } from './groups.ts';
import { readSpells, type Spells } from './spells.ts';

describe('by hand: five people, work on days 1 and 4, left on day 2, censored on days 3 and 5', () => {
  const spells = valueOf(readSpells({ time: [1, 2, 3, 4, 5], cause: [1, 2, 0, 1, 0] }));
  const [risks] = valueOf(cumulativeIncidence(spells, { causes: ['work', 'left'] }));

  test('work: 1/5, then 1/5 + 3/5 · 1/2; left: 4/5 · 1/4', () => {
    const [work, left] = risks!.causes;
    expect(work.share[3]).toBeCloseTo(1 / 5 + 3 / 10, 14);
    expect(left!.share[3]).toBeCloseTo(1 / 5, 14);
    expect(risks!.waiting.share[3]).toBeCloseTo(3 / 10, 14);
  });

  test('on day 1 the error is that of a share: √(1/5 · 4/5 / 5)', () => {
    expect(risks!.causes[0].se[0]).toBeCloseTo(Math.sqrt(0.16 / 5), 14);
    expect(risks!.causes[1]!.se[0]).toBe(0);
    expect(risks!.causes[1]!.lower[0]).toBeNull();
  });

  test('a cause without a name and a cause nobody had are refused', () => {
    const what = (answer: { ok: boolean; problem?: { what: string } }): string | undefined => answer.problem?.what;
    expect(what(cumulativeIncidence(spells, { causes: ['work'] }))).toBe('cause-without-a-name');
    const groups = valueOf(readGroups(['a', 'b', 'a', 'b', 'a']));
    const x = [{ name: 'x', values: [1, 2, 3, 1, 2] }];
    expect(what(fitFineGray(spells, { covariates: x, cause: 7 }))).toBe('no-events');
    expect(what(grayTest(spells, { groups, cause: 7 }))).toBe('gray-test-without-events');
  });
});

describe('late entry, sampling weights and clusters: R survival 3.5-3, survfit and residuals(type = "pstate")', () => {
  const columns = {
    entry: [0, 0, 1, 2, 0, 3, 1, 2, 4, 0],
    time: [2, 3, 4, 4, 5, 6, 7, 7, 8, 9],
    cause: [1, 0, 1, 2, 0, 1, 2, 0, 1, 0],
  };
  const weight = [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2];

  test('late entry', () => {
    const [risks] = valueOf(cumulativeIncidence(valueOf(readSpells(columns)), { causes: ['a', 'b'] }));
    const r = [
      [0.15214515486255, 0.15214515486255, 0.18091806572826, 0.18091806572826, 0.18028280462858, 0.16210971421486],
      [0.15214515486255, 0.15214515486255, 0.16347775293467, 0.16347775293467, 0.17691979958243, 0.17691979958243],
      [0, 0, 0.1099100947, 0.1099100947, 0.1099100947, 0.14750562536057],
    ];
    const curves = [risks!.waiting, ...risks!.causes];
    curves.forEach((curve, k) => expectClose(curve.se.slice(0, 6), r[k], 1e-10, 'risks, late entry'));
  });

  test('and with sampling weights, in clusters, on day 7', () => {
    const spells = valueOf(readSpells({ ...columns, weight, weightMeaning: 'sampling' }));
    const clusters = valueOf(readGroups([1, 2, 1, 3, 2, 3, 4, 5, 4, 5]));
    const [risks] = valueOf(cumulativeIncidence(spells, { causes: ['a', 'b'], clusters }));
    const errors = [risks!.waiting, ...risks!.causes].map((curve) => curve.se[5]);
    expectClose(errors, [0.24351410127965, 0.20906639546406, 0.084664198034603], 1e-10, 'risks, weighted clusters');
  });
});

describe('Fine–Gray with sampling weights and clusters', () => {
  const time = [2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 3, 5];
  const cause = [1, 0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 2];
  const covariates = [{ name: 'x', values: [1, 0, 2, 1, 0, 1, 2, 0, 0, 1, 2, 1] }];
  const ones = time.map(() => 1);
  const fit = (weight: readonly number[]) =>
    valueOf(fitFineGray(valueOf(readSpells({ time, cause, weight, weightMeaning: 'sampling' })), { covariates }));

  test('the error is near that of weighing each row a little more, though ψ is Fine & Gray’s and no exact derivative', () => {
    const h = 1e-5;
    let squares = 0;
    for (let i = 0; i < time.length; i++) {
      const nudged = (by: number) => fit(ones.map((w, row) => (row === i ? w + by : w))).terms[0]!.estimate;
      squares += ((nudged(h) - nudged(-h)) / (2 * h)) ** 2;
    }
    const ratio = fit(ones).terms[0]!.se! / Math.sqrt(squares);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  test('weights multiply what a row moves; everybody twice, in pairs, has the error of everybody once', () => {
    const weight = ones.map((_, i) => 0.5 + (i % 3));
    const { influence, terms } = fit(weight);
    const se = Math.sqrt(weight.reduce((total, w, i) => total + (w * influence[i]!) ** 2, 0));
    expect(terms[0]!.se).toBeCloseTo(se, 12);
    const twice = <T>(cells: readonly T[]): T[] => [...cells, ...cells];
    const doubled = valueOf(readSpells({ time: twice(time), cause: twice(cause) }));
    const pairs = valueOf(readGroups(twice(ones.map((_, i) => i))));
    const x = [{ name: 'x', values: twice(covariates[0]!.values) }];
    const both = valueOf(fitFineGray(doubled, { covariates: x, clusters: pairs }));
    expect(both.terms[0]!.se).toBeCloseTo(fit(ones).terms[0]!.se!, 10);
  });
});

describe('late entry into competing risks: R survival 3.5-3, finegray and coxph(ties = "breslow")', () => {
  const entry = [0, 0, 1.1, 2.3, 0, 3.2, 1.4, 2.6, 4.1, 0, 0.5, 2.2, 3.3, 0, 1.7, 4.4];
  const time = [2, 3, 4, 4.5, 5, 6, 7, 7.5, 8, 9, 2.5, 5.5, 6.5, 8.5, 3.5, 9.5];
  const cause = [1, 0, 1, 2, 0, 1, 2, 0, 1, 0, 2, 1, 2, 1, 0, 0];
  const x = [1, 0, 2, 1, 0, 1, 2, 0, 0, 1, 2, 1, 0.5, 1.5, 0, 2];
  const z = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1];
  const weight = [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2, 1, 1, 0.6, 2.5, 1.1, 0.9];
  const ones = time.map(() => 1);
  const groups = valueOf(readGroups(z));
  const sampled = (weights: readonly number[]) =>
    valueOf(readSpells({ entry, time, cause, weight: weights, weightMeaning: 'sampling' }));
  const fit = (weights: readonly number[]) => {
    const covariates = [
      { name: 'x', values: x },
      { name: 'z', values: z },
    ];
    return valueOf(fitFineGray(sampled(weights), { covariates }));
  };
  const gray = (weights: readonly number[]) => valueOf(grayTest(sampled(weights), { groups, cause: 1 }));
  /** How much a number moves per row when it weighs a little more. */
  const slopes = (base: readonly number[], of: (weights: readonly number[]) => number): number[] =>
    base.map((_, i) => {
      const nudged = (by: number) => of(base.map((w, row) => (row === i ? w + by : w)));
      return (nudged(1e-5) - nudged(-1e-5)) / 2e-5;
    });

  // Red when H is left out of the weights, or counted at t instead of just before.
  test('Fine–Gray: coefficients and log likelihood', () => {
    const { terms, logLikelihood } = fit(ones);
    const r = [-0.245594304699542, 0.616812573146967];
    terms.forEach((term, j) => expectClose(term.estimate, r[j], 1e-10, 'Fine–Gray, late entry'));
    expectClose(logLikelihood.none, -13.156615247197, 1e-12, 'Fine–Gray, late entry, log likelihood');
    expectClose(logLikelihood.fitted, -12.8393835175636, 1e-12, 'Fine–Gray, late entry, log likelihood');
  });

  test.each([
    { story: 'everybody counts once', weights: ones },
    { story: 'sampling weights', weights: weight },
  ])('$story: the influence of a row is what it moves, nearly (ψ of censoring is Fine & Gray’s)', ({ weights }) => {
    const { influence, terms } = fit(weights);
    for (const [j, term] of terms.entries()) {
      const moved = slopes(weights, (nudged) => fit(nudged).terms[j]!.estimate);
      moved.forEach((slope, i) => expect(Math.abs(slope - influence[i * 2 + j]!)).toBeLessThan(0.02 * term.se!));
      const se = Math.sqrt(moved.reduce((total, slope, i) => total + (weights[i]! * slope) ** 2, 0));
      expect(Math.abs(term.se! / se - 1)).toBeLessThan(0.005);
    }
  });

  test('a row cut in two where nothing happens changes nothing', () => {
    // Row 10, cut at 4.7: one leaves and one enters, and the two weights take each other’s place.
    const more = <T>(cells: readonly T[], last: T): T[] => [...cells, last];
    const spells = valueOf(
      readSpells({
        entry: more(entry, 4.7),
        time: more(time.with(9, 4.7), time[9]!),
        cause: more(cause, cause[9]!),
      }),
    );
    const cut = valueOf(fitFineGray(spells, { covariates: [{ name: 'x', values: more(x, x[9]!) }] }));
    const whole = valueOf(fitFineGray(sampled(ones), { covariates: [{ name: 'x', values: x }] }));
    expect(cut.terms[0]!.estimate).toBeCloseTo(whole.terms[0]!.estimate, 12);
  });

  test('Gray’s statistic: the score of a Breslow model on rows weighed within each group', () => {
    expect(gray(ones).excess[1]).toBeCloseTo(0.78261774754212, 12);
    expect(gray(ones).excess[0]).toBeCloseTo(-0.78261774754212, 12);
    const counted = valueOf(grayTest(valueOf(readSpells({ entry, time, cause })), { groups, cause: 1 }));
    expect(counted.excess[1]).toBeCloseTo(0.78261774754212, 12);
  });

  // Red when the slope of S, of F or of the number at risk is left out of the walk back.
  test('with sampling weights its variance is Σ of what rows move, in clusters after adding', () => {
    const moved = slopes(weight, (nudged) => gray(nudged).excess[1]!).map((slope, i) => slope * weight[i]!);
    const { excess, chiSquared } = gray(weight);
    const alone = moved.reduce((total, m) => total + m * m, 0);
    expect(excess[1]! ** 2 / chiSquared).toBeCloseTo(alone, 8);
    const pairs = valueOf(readGroups(time.map((_, i) => i >> 1)));
    const clustered = valueOf(grayTest(sampled(weight), { groups, cause: 1, clusters: pairs }));
    const together = moved.reduce((total, m, i) => total + (i % 2 === 1 ? (m + moved[i - 1]!) ** 2 : 0), 0);
    expect(excess[1]! ** 2 / clustered.chiSquared).toBeCloseTo(together, 8);
  });

  test('entries at 0 are no late entries', () => {
    const late = valueOf(readSpells({ entry: time.map(() => 0), time, cause }));
    const plain = valueOf(readSpells({ time, cause }));
    const of = (spells: Spells) => valueOf(grayTest(spells, { groups, cause: 1 })).chiSquared;
    expect(of(late)).toBe(of(plain));
    const covariates = [{ name: 'x', values: x }];
    const terms = (spells: Spells) => valueOf(fitFineGray(spells, { covariates })).terms[0]!;
    expect([terms(late).estimate, terms(late).se]).toEqual([terms(plain).estimate, terms(plain).se]);
  });

  test.each([
    { story: 'group b enters after the others began to leave', entry: [0, 0, 0, 3, 3, 3] },
    { story: 'the only one of group b who was followed had an event', entry: [0, 0, 0, 0, 4, 4] },
  ])('Gray’s test, $story: refused', ({ entry: from }) => {
    const spells = valueOf(readSpells({ entry: from, time: [1, 2, 6, 3.5, 5, 7], cause: [1, 2, 1, 1, 2, 1] }));
    const two = valueOf(readGroups(['a', 'a', 'a', 'b', 'b', 'b']));
    expect(grayTest(spells, { groups: two, cause: 1 })).toMatchObject({
      ok: false,
      problem: { what: 'nobody-followed', words: { group: 'b' } },
    });
  });

  test('Fine–Gray: a time in which nobody was followed is refused, unless nobody had another cause before it', () => {
    const answer = (second: number) =>
      fitFineGray(valueOf(readSpells({ entry: [0, 0, 3, 3, 3], time: [1, 2, 4, 5, 6], cause: [1, second, 1, 1, 0] })), {
        covariates: [{ name: 'x', values: [0, 1, 1, 2, 0] }],
      });
    expect(answer(2)).toMatchObject({ ok: false, problem: { what: 'nobody-followed', words: { time: 4 } } });
    expect(answer(0)).toMatchObject({ ok: true });
  });
});

describeAgainstR('R survival 3.5-3 and cmprsk 2.2-11 on mgus2', () => {
  const r: Json = readJson('survival/mgus2.aj.json');
  const d = readColumns('survival/mgus2.csv');
  const read = (rows: number[]) =>
    valueOf(
      readSpells({
        time: rows.map((row) => Number(d['time']![row])),
        cause: rows.map((row) => Number(d['cause']![row])),
      }),
    );
  const all = (d['time'] ?? []).map((_, row) => row);
  const shapes = { Plain: 'plain', Log: 'log', LogLog: 'log-log' } as const;

  function compare(rows: number[], them: Json, name: string): void {
    for (const [key, interval] of Object.entries(shapes)) {
      const [risks] = valueOf(cumulativeIncidence(read(rows), { causes: ['pcm', 'death'], interval }));
      expectClose(risks!.table.time, them.time, 0, `${name}: times`);
      expectClose(risks!.table.atRisk, them.nRisk, 0, `${name}: at risk`);
      for (const curve of [risks!.waiting, ...risks!.causes]) {
        const state = them.pstate[curve.cause === 'waiting' ? '(s0)' : curve.cause];
        expectClose(curve.share, state.p, 1e-10, `${name}: shares`);
        expectClose(curve.se, state.se, 1e-10, `${name}: errors`, 1e-5);
        expectClose(curve.lower, state[`lower${key}`], 1e-10, `${name}: ${interval} lower`);
        expectClose(curve.upper, state[`upper${key}`], 1e-10, `${name}: ${interval} upper`);
      }
    }
  }

  test('Aalen–Johansen, everybody and by sex: survfit', () => {
    compare(all, r.all[0], 'risks mgus2');
    for (const group of r.bySex)
      compare(
        all.filter((row) => d['sex']![row] === group.level),
        group,
        'risks mgus2 by sex',
      );
  });

  test('Gray’s test by sex: cuminc', () => {
    const groups = valueOf(readGroups(d['sex']!));
    r.gray.stat.forEach((stat: number, at: number) => {
      const found = valueOf(grayTest(read(all), { groups, cause: at + 1 }));
      expectClose(found.chiSquared, stat, 1e-10, 'Gray’s test');
      expectClose(found.p, r.gray.p[at], 1e-10, 'Gray’s test p');
      expect(found.degrees).toBe(r.gray.df[at]);
    });
  });

  test('Fine–Gray: crr', () => {
    const covariates = [
      { name: 'age', values: numbers(d['age']!) },
      { name: 'male', values: d['sex']!.map((sex) => (sex === 'M' ? 1 : 0)) },
    ];
    const model = valueOf(fitFineGray(read(all), { covariates }));
    expectClose(
      model.terms.map((term) => term.estimate),
      r.fineGray.coef,
      1e-7,
      'Fine–Gray coefficients',
    );
    expectClose(
      model.terms.map((term) => term.se),
      r.fineGray.se,
      1e-7,
      'Fine–Gray errors',
    );
    expectClose(model.logLikelihood.fitted, r.fineGray.loglik, 1e-10, 'Fine–Gray log likelihood');
  });
});
