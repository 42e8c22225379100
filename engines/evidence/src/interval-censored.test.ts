import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeAgainstR, expectClose, numbers, readColumns, readJson, valueOf } from '../test/reference.ts';
import { survivalBetween, turnbull } from './interval-censored.ts';
import { readSpells } from './spells.ts';
import { kaplanMeier } from './survival-curve.ts';

describe('by hand: (0, 2], (1, 3] and later than 2', () => {
  const estimate = valueOf(turnbull({ lower: [0, 1, 2], upper: [2, 3, Infinity] }));

  test('two intervals can be told apart, and by symmetry each holds a half', () => {
    expect([[...estimate.lower], [...estimate.upper]]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(estimate.mass[0]).toBeCloseTo(1 / 2, 9);
  });

  test('at day 1 everybody, at day 2 half, between them we do not know', () => {
    expect(survivalBetween(estimate, 1)).toBe(1);
    expect(survivalBetween(estimate, 1.5)).toBeNull();
    expect(survivalBetween(estimate, 2)).toBeCloseTo(1 / 2, 9);
    expect(survivalBetween(estimate, 3)).toBe(0);
  });

  test.each([
    { story: 'a bound that is no number', lower: [NaN], upper: [3], what: 'time-not-usable' },
    { story: 'yes before no', lower: [4], upper: [3], what: 'upper-below-lower' },
    { story: 'a missing upper bound', lower: [4], upper: [], what: 'columns-differ-in-length' },
    { story: 'nobody', lower: [], upper: [], what: 'no-rows' },
  ])('$story is refused: $what', ({ lower, upper, what }) => {
    const answer = turnbull({ lower, upper });
    expect(answer.ok ? 'answered' : answer.problem.what).toBe(what);
  });
});

test('law: with known days and right censoring it is Kaplan–Meier', () => {
  // Planted: uppers close after lowers open on the same day.
  const person = fc.record({ time: fc.integer({ min: 1, max: 8 }), event: fc.boolean() });
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 15 }), (people) => {
      const time = people.map((one) => one.time);
      const estimate = valueOf(
        turnbull({ lower: time, upper: people.map((one) => (one.event ? one.time : Infinity)) }),
      );
      const [curve] = kaplanMeier(valueOf(readSpells({ time, cause: people.map((one) => (one.event ? 1 : 0)) })));
      curve!.table.time.forEach((at, j) => expect(survivalBetween(estimate, at)).toBeCloseTo(curve!.survival[j]!, 6));
    }),
  );
});

describe('errors', () => {
  test('by hand: of ten people three change between waves 0 and 1, two between 1 and 2: those of a share', () => {
    const found = valueOf(
      turnbull({ lower: [0, 0, 0, 1, 1, 2, 2, 2, 2, 2], upper: [1, 1, 1, 2, 2, ...Array(5).fill(Infinity)] }),
    );
    expectClose(found.survival, [0.7, 0.5, 0], 1e-12, 'waves');
    expectClose(found.se, [Math.sqrt(0.021), Math.sqrt(0.025), null], 1e-10, 'waves, errors');
    expect(found.lowerLimit[0]!).toBeLessThan(0.7);
    expect(found.upperLimit[2]).toBeNull();
  });

  test('law: with known days and right censoring they are Greenwood’s', () => {
    const time = [2, 3, 3, 5, 6, 6, 7, 9, 9, 11];
    const event = [1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const [curve] = kaplanMeier(valueOf(readSpells({ time, cause: event })));
    const found = valueOf(turnbull({ lower: time, upper: time.map((t, i) => (event[i] === 1 ? t : Infinity)) }));
    const days = [...found.upper].map((t) => curve!.table.time.indexOf(t)).filter((at) => at >= 0);
    expectClose(
      found.se.slice(0, days.length),
      days.map((at) => curve!.se[at]),
      1e-7,
      'Greenwood',
    );
    expectClose(
      found.lowerLimit.slice(0, days.length),
      days.map((at) => curve!.lower[at]),
      1e-7,
      'Greenwood',
    );
  });

  test('everybody in one interval: nothing is uncertain before it, and nothing is known after', () => {
    expect(valueOf(turnbull({ lower: [1, 1], upper: [2, 2] })).se).toEqual([null]);
  });
});

describeAgainstR('R survival 3.5-3: survfit(Surv(lower, upper, type = "interval2")), EM with an early stop', () => {
  test('bcdeter, radiotherapy arm: the share at the end of every interval', () => {
    const d = readColumns('survival/bcdeter_arm1.csv');
    const r = readJson('survival/bcdeter.turnbull.json');
    const estimate = valueOf(
      turnbull({
        lower: numbers(d['lower']!),
        upper: d['upper']!.map((cell) => (cell === '' ? Infinity : Number(cell))),
      }),
    );
    const theirs = (time: number): number => r.surv[r.time.filter((at: number) => at <= time).length - 1];
    expect([...estimate.mass].filter((mass) => mass > 1e-4).length).toBe(8);
    estimate.upper.forEach((end, k) => expectClose(estimate.survival[k], theirs(end), 1e-3, 'Turnbull', 1));
  });
});
