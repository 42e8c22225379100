import { describeAgainstR, expectClose, readJson, valueOf } from '@meedoen/evidence/testing';
import { describe, expect, test } from 'vitest';
import {
  designEffect,
  eventsNeeded,
  peopleForMeans,
  peopleForShares,
  powerOfMeans,
  powerOfShares,
  smallestDetectable,
} from './power.ts';

describeAgainstR('R stats 4.2.2: power.prop.test, power.t.test, and formulas', () => {
  const r = readJson('adaptive/multiplicity-power.json');
  const of = r.power ?? {};

  test('shares: power, and people per arm', () => {
    expectClose(
      valueOf(powerOfShares({ from: 0.3, to: 0.4 }, 200)).power,
      of.prop_n200_30_40,
      1e-10,
      'power of shares',
    );
    // R looks for n with uniroot, which stops early.
    expectClose(valueOf(peopleForShares({ from: 0.3, to: 0.4 })).perArm, of.nPerArm_prop_30_40_80, 1e-6, 'people');
    const strict = peopleForShares({ from: 0.05, to: 0.08 }, { power: 0.9, alpha: 0.01 });
    expectClose(valueOf(strict).perArm, of.nPerArm_prop_05_08_90_a01, 1e-6, 'people');
  });

  test('means: power, and people per arm', () => {
    expectClose(
      valueOf(powerOfMeans({ difference: 0.5, sd: 1 }, 64)).power,
      of.power_t_n64_d05,
      1e-10,
      'power of means',
    );
    expectClose(valueOf(peopleForMeans({ difference: 0.3, sd: 1 })).perArm, of.nPerArm_t_d03_80, 1e-6, 'people');
  });

  test('events, design effect and the smallest effect', () => {
    for (const { hr, share, events } of r.schoenfeldEvents) {
      expectClose(valueOf(eventsNeeded({ hazardRatio: hr, share })), events, 1e-10, 'events');
    }
    const { m, icc, deff } = r.designEffect;
    expectClose(valueOf(designEffect({ clusterSize: m, icc })), deff, 1e-12, 'design effect');
    const { n, share, sd, value } = r.mde;
    expectClose(valueOf(smallestDetectable({ people: n, share, sd })).difference, value, 1e-10, 'smallest effect');
  });
});

// Red when the smallest effect grows with the design effect instead of its root.
test('25 people a place with an ICC of .05: 2.2 times as many people, and √2.2 times the smallest effect', () => {
  const places = { clusterSize: 25, icc: 0.05 };
  const ratio = (some: number, single: number): number => some / single;
  const means = { difference: 0.3, sd: 1 };
  expect(ratio(valueOf(peopleForMeans(means, {}, places)).perArm, valueOf(peopleForMeans(means)).perArm)).toBeCloseTo(
    2.2,
    10,
  );
  const seen = { people: 800, sd: 1 };
  const smallest = valueOf(smallestDetectable(seen, {}, places)).difference;
  expect(ratio(smallest, valueOf(smallestDetectable(seen)).difference) ** 2).toBeCloseTo(2.2, 10);
});

// Red when the people found are not multiplied by the design effect.
test('the people found reach the power asked for, also with clusters', () => {
  const places = { clusterSize: 10, icc: 0.1 };
  for (const power of [0.5, 0.8, 0.99]) {
    const means = { difference: -0.8, sd: 1 };
    const people = valueOf(peopleForMeans(means, { power }, places)).perArm;
    expect(valueOf(powerOfMeans(means, people, {}, places)).power).toBeCloseTo(power, 10);
    const shares = { from: 0.4, to: 0.3 };
    const many = valueOf(peopleForShares(shares, { power }, places)).perArm;
    expect(valueOf(powerOfShares(shares, many, {}, places)).power).toBeCloseTo(power, 10);
  }
});

test('a difference anybody sees needs two people per arm', () => {
  expect(valueOf(peopleForMeans({ difference: 100, sd: 1 })).perArm).toBe(2);
});

describe('refused', () => {
  test.each([
    { story: 'no difference of shares', answer: peopleForShares({ from: 0.3, to: 0.3 }), what: 'no-effect' },
    { story: 'a hazard ratio of 1', answer: eventsNeeded({ hazardRatio: 1 }), what: 'no-effect' },
    { story: 'a share in per cent', answer: peopleForShares({ from: 30, to: 40 }), what: 'number-not-usable' },
    { story: 'no spread', answer: peopleForMeans({ difference: 1, sd: 0 }), what: 'number-not-usable' },
    { story: 'one person per arm', answer: powerOfMeans({ difference: 1, sd: 1 }, 1), what: 'number-not-usable' },
    { story: 'an ICC of 2', answer: designEffect({ clusterSize: 5, icc: 2 }), what: 'number-not-usable' },
    { story: 'NaN', answer: smallestDetectable({ people: NaN, sd: 1 }), what: 'number-not-usable' },
    { story: 'less than chance', answer: eventsNeeded({ hazardRatio: 2 }, { power: 0.05 }), what: 'power-below-alpha' },
    { story: 'a millionth', answer: peopleForMeans({ difference: 1e-6, sd: 1 }), what: 'effect-too-small' },
  ])('$story', ({ answer, what }) => expect(answer).toMatchObject({ ok: false, problem: { what } }));
});
