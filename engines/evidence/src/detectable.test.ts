import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chance, normalCdf } from '@meedoen/numbers';
import { describeAgainstR, expectClose, numbers, readColumns, readJson, valueOf } from '../test/reference.ts';
import { fitCox } from './cox.ts';
import { detectable, detectableByEvents, detectableRatio, holdsNoEffect } from './detectable.ts';
import { symmetricInterval } from './estimate.ts';
import { intervalByClusters } from './few-clusters.ts';
import { readGroups } from './groups.ts';
import { logRank } from './log-rank.ts';
import { restrictedMeanDifference } from './restricted-mean.ts';
import { readSpells } from './spells.ts';

describe('by hand', () => {
  test('an error of 10 days: (1.95996 + 0.84162)·10', () => {
    const found = detectable({ se: 10, ci: symmetricInterval(3, 10, 0.95) });
    expect(found).toEqual({ effect: expect.closeTo(28.015852, 6), power: 0.8, alpha: 0.05 });
  });

  test('five clusters: the interval’s own reach, 2.77645 errors, and 0.84162', () => {
    const few = detectable(intervalByClusters(0, 1, 5, 0.95));
    expect(few!.effect).toBeCloseTo(2.7764451 + 0.8416212, 6);
  });

  test('a logarithm becomes two ratios around 1', () => {
    const found = detectableRatio({ se: 0.1, ci: symmetricInterval(0, 0.1, 0.95) })!;
    expect(found.ratios).toEqual([expect.closeTo(Math.exp(-0.28015852), 8), expect.closeTo(Math.exp(0.28015852), 8)]);
  });

  test.each([
    { story: 'no error', se: null, ci: { lower: null, upper: null, confidence: 0.95 } },
    { story: 'an error of 0', se: 0, ci: { lower: 1, upper: 1, confidence: 0.95 } },
  ])('$story: nothing can be said', ({ se, ci }) => {
    expect(detectable({ se, ci })).toBeNull();
  });

  test.each([
    { lower: -1, upper: 2, holds: true },
    { lower: 0, upper: 2, holds: true },
    { lower: 1, upper: 2, holds: false },
    { lower: -2, upper: -1, holds: false },
    { lower: null, upper: null, holds: null },
  ])('$lower to $upper holds no effect: $holds', ({ lower, upper, holds }) => {
    expect(holdsNoEffect({ ci: { lower, upper, confidence: 0.95 } })).toBe(holds);
  });
});

// Red when the power's quantile is left out, or taken twice.
test('an effect of that size is significant in 80 of 100 studies, whatever the error and the confidence', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.constantFrom(0.8, 0.9, 0.95, 0.99),
      (se, confidence) => {
        const ci = symmetricInterval(0, se, confidence);
        const { effect } = detectable({ se, ci })!;
        expect(normalCdf((effect - ci.upper!) / se)).toBeCloseTo(0.8, 10);
      },
    ),
  );
});

describe('events', () => {
  /** Events needed to show a hazard ratio, by Schoenfeld's formula. */
  const eventsFor = (ratio: number, share: number): number =>
    (1.959963984540054 + 0.8416212335729143) ** 2 / (share * (1 - share) * Math.log(ratio) ** 2);

  test('Schoenfeld turned round: with 246.787 events and equal arms, a ratio of 0.7', () => {
    expect(eventsFor(0.7, 0.5)).toBeCloseTo(246.787, 3);
    expect(detectableByEvents(eventsFor(0.7, 0.5) / 4).ratios[0]).toBeCloseTo(0.7, 12);
  });

  test('the test itself: its variance is nearly D·s(1 − s)', () => {
    const draw = chance(7);
    const size = 2000;
    const time = Array.from({ length: size }, () => 1 + draw.whole(400));
    const names = Array.from({ length: size }, (_, i) => (i % 4 === 0 ? 'a' : 'b'));
    const spells = valueOf(readSpells({ time, cause: time.map((t) => (t < 300 ? 1 : 0)) }));
    const found = valueOf(logRank(spells, { groups: valueOf(readGroups(names)) }));
    const events = found.groups.reduce((sum, { observed }) => sum + observed, 0);
    const [below] = found.smallestDetectable!.ratios;
    expect(eventsFor(below, 0.25) / events).toBeCloseTo(1, 1);
  });

  test('three groups, or early differences weighed up: no single ratio', () => {
    const spells = valueOf(readSpells({ time: [1, 2, 3, 4, 5, 6], cause: [1, 1, 1, 1, 1, 0] }));
    const three = valueOf(readGroups(['a', 'b', 'c', 'a', 'b', 'c']));
    expect(valueOf(logRank(spells, { groups: three })).smallestDetectable).toBeNull();
    const two = valueOf(readGroups(['a', 'b', 'a', 'b', 'a', 'b']));
    expect(valueOf(logRank(spells, { groups: two, rho: 1 })).smallestDetectable).toBeNull();
    expect(valueOf(logRank(spells, { groups: two })).smallestDetectable).not.toBeNull();
  });
});

describeAgainstR('R survival 3.5-3: the errors and variances it rests on', () => {
  const reach = 1.959963984540054 + 0.8416212335729143;
  const d = readColumns('survival/lung.csv');

  test('lung by sex: (z + z) times R’s error of the difference; √ of R’s log-rank variance', () => {
    const spells = valueOf(readSpells({ time: numbers(d['time']!), cause: numbers(d['event']!) }));
    const groups = valueOf(readGroups(numbers(d['sex']!)));
    const more = valueOf(restrictedMeanDifference(spells, { groups, horizon: 365 }));
    expectClose(more.smallestDetectable!.effect, reach * 14.9581259, 1e-8, 'smallest difference in days');
    const [r] = readJson('survival/lung.km-sex.json').logrank;
    const found = valueOf(logRank(spells, { groups }));
    expectClose(found.smallestDetectable!.effect, reach / Math.sqrt(r.variance[0][0]), 1e-10, 'smallest hazard ratio');
  });

  test('lung, age in a Cox model: (z + z)·0.0092674110', () => {
    const rows = d['ph_ecog']!.map((cell, at) => (cell === '' ? -1 : at)).filter((at) => at >= 0);
    const column = (name: string): number[] => rows.map((at) => Number(d[name]![at]));
    const spells = valueOf(readSpells({ time: column('time'), cause: column('event') }));
    const covariates = ['age', 'sex', 'ph_ecog'].map((name) => ({ name, values: column(name) }));
    const [age] = valueOf(fitCox(spells, { covariates })).terms;
    expectClose(age!.smallestDetectable!.effect, reach * 0.009267411, 1e-7, 'smallest coefficient');
  });
});
