import { everyone } from '@meedoen/evidence';
import { valueOf } from '@meedoen/evidence/testing';
import { chance, sum } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import { nonResponseWeights } from './non-response.ts';
import type { Waves } from './waves.ts';

/** People by their values in each wave, NaN where not seen. */
function panelOf(people: readonly (readonly number[])[]): Waves {
  const width = people[0]!.length;
  return {
    people: people.length,
    waves: Array.from({ length: width }, (_, t) => t * 6),
    value: Float64Array.from(people.flat()),
    row: Int32Array.from({ length: people.length * width }, (_, at) => at),
  };
}
const range = { lowest: 0, highest: 10 };

describe('eight people by hand: four began at 0, of whom two were seen again; four at 1, of whom three', () => {
  const people = [
    [0, 2],
    [0, 4],
    [0, NaN],
    [0, NaN],
    [1, 7],
    [1, 8],
    [1, 9],
    [1, NaN],
  ];
  const [found] = valueOf(nonResponseWeights(panelOf(people), { range }));
  const weighted = valueOf(found!.weighted);

  test('as seen 27/5; weighted the mean of 3 and 7; worst case 26/8, best case 56/8', () => {
    expect(found).toMatchObject({ wave: 6, began: 8, stayed: 5, returned: 0, bounds: { lower: 26 / 8, upper: 7 } });
    expect(found!.unweighted.estimate).toBeCloseTo(5.4, 14);
    expect(weighted.estimate).toBeCloseTo(5, 12);
    expect(weighted.effectiveSize).toBeCloseTo(64 / (2 * 4 + 3 * (16 / 9)), 10);
  });

  // Poststratification: (group mean − 5 + (change − group mean)/p)/8. Red when the model's own influence is left out.
  test('the influence of each person is that of poststratification', () => {
    const expected = [-0.5, 0, -0.25, -0.25, 2 / 3 / 8, 0.25, 10 / 3 / 8, 0.25];
    weighted.influence.forEach((part, k) => expect(part).toBeCloseTo(expected[k]!, 10));
    expect(weighted.se).toBeCloseTo(Math.sqrt(sum(expected.map((x) => x * x))), 10);
  });
});

/** Change grows with where people began, and so does staying: whoever is seen again looks too good. */
function madeUp(size: number, seed: number): number[][] {
  const random = chance(seed);
  return Array.from({ length: size }, () => {
    const start = 2 + 4 * random.share();
    const stays = (now: number): boolean => random.share() < 1 / (1 + Math.exp(3 - now));
    const one = start + 0.5 * (start - 4) + random.share();
    const two = one + random.share();
    const first = stays(start);
    const second = first && stays(one);
    return [start, first ? one : NaN, second ? two : NaN];
  });
}

test('made-up panels: weighting brings the mean change back to 1 after two waves', () => {
  const [, last] = valueOf(nonResponseWeights(panelOf(madeUp(4000, 5)), { range }));
  expect(last!.unweighted.estimate).toBeGreaterThan(1.2);
  const weighted = valueOf(last!.weighted);
  expect(Math.abs(weighted.estimate - 1)).toBeLessThan(0.08);
  expect(weighted.diagnostics.map(({ what }) => what)).toContain('weights-drawn-in');
  expect(last!.bounds.lower).toBeLessThan(weighted.estimate);
  expect(last!.bounds.upper).toBeGreaterThan(weighted.estimate);
});

// Red when the models are taken as known: the error is then 27 % too large.
test('the error is that of leaving each person out in turn', () => {
  const people = madeUp(250, 3);
  const estimate = (those: readonly number[][]): number =>
    valueOf(valueOf(nonResponseWeights(panelOf(those), { range }))[1]!.weighted).estimate;
  const without = people.map((_, out) => estimate(people.filter((__, k) => k !== out)));
  const centre = sum(without) / people.length;
  const jackknife = Math.sqrt(sum(without.map((x) => (x - centre) ** 2)));
  const { se } = valueOf(valueOf(nonResponseWeights(panelOf(people), { range }))[1]!.weighted);
  expect(se! / jackknife).toBeGreaterThan(0.93);
  expect(se! / jackknife).toBeLessThan(1.03);
});

test('when everybody stays, weights change nothing and the bounds meet', () => {
  const [found] = valueOf(
    nonResponseWeights(
      panelOf([
        [1, 2],
        [2, 5],
        [3, 4],
      ]),
      { range },
    ),
  );
  expect(valueOf(found!.weighted)).toMatchObject({ estimate: 5 / 3, se: found!.unweighted.se, drawnIn: 0 });
  expect(found!.bounds).toEqual({ lower: 5 / 3, upper: 5 / 3 });
});

test('who comes back counts as not seen, and their value in the bounds', () => {
  const people = [
    [1, 2, 3],
    [1, NaN, 5],
    [1, 2, 2],
    [1, 3, 3],
  ];
  const [, last] = valueOf(nonResponseWeights(panelOf(people), { range }));
  expect(last).toMatchObject({ began: 4, stayed: 3, returned: 1, bounds: { lower: 9 / 4, upper: 9 / 4 } });
});

test('refused: nobody began, nobody stayed; a wave whose model has no end has no weights, and still its bounds', () => {
  expect(nonResponseWeights(panelOf([[NaN, 1]]), { range })).toMatchObject({ problem: { what: 'nobody-began' } });
  expect(nonResponseWeights(panelOf([[1, NaN]]), { range })).toMatchObject({ problem: { what: 'nobody-seen-again' } });
  const apart = [
    [1, NaN],
    [2, NaN],
    [3, 5],
    [4, 6],
  ];
  const [found] = valueOf(nonResponseWeights(panelOf(apart), { range, clusters: everyone(8) }));
  expect(found).toMatchObject({ weighted: { ok: false, problem: { what: 'separation' } }, bounds: { lower: 0.25 } });
});
