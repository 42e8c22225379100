import { describe, expect, test } from 'vitest';
import { chance, chiSquaredUpperTail } from '@meedoen/numbers';
import { describeWithReference, readJson } from '../test/reference.ts';
import { discreteGaussian, discreteLaplace } from './exact-noise.ts';
import { fraction, toNumber } from './fraction.ts';
import { epsilonOf } from './privacy-loss.ts';
import { randomBits, uniformBelow, type RandomBits } from './random-bits.ts';

/** Bits that can be repeated, for tests alone. */
function seededBits(seed: number): RandomBits {
  const draw = chance(seed);
  return randomBits((bytes) => bytes.forEach((_, at) => (bytes[at] = draw.whole(256))));
}

type NoiseLaws = {
  discreteLaplace: { scale: number; pmf: number[] }[];
  discreteGaussian: { sigma2: number; pmf: number[] }[];
  zcdp: { rho: number; delta: number; epsTight: number }[];
};
const reference = readJson('privacy/dp.json') as NoiseLaws;
const draws = 20_000;

/** p-value of the draws against the published probabilities of 0, 1, 2 …, in cells of at least 5 expected. */
function fit(draw: () => bigint, pmf: readonly number[]): number {
  const seen = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const at = Number(draw());
    seen.set(at, (seen.get(at) ?? 0) + 1);
  }
  let statistic = 0;
  let cells = 0;
  let [restExpected, restSeen] = [draws, draws];
  for (let at = -pmf.length + 1; at < pmf.length; at++) {
    const expected = draws * pmf[Math.abs(at)]!;
    if (expected < 5) continue;
    const counted = seen.get(at) ?? 0;
    statistic += (counted - expected) ** 2 / expected;
    cells++;
    restExpected -= expected;
    restSeen -= counted;
  }
  if (restExpected >= 5) {
    statistic += (restSeen - restExpected) ** 2 / restExpected;
    cells++;
  }
  return chiSquaredUpperTail(statistic, cells - 1);
}

describeWithReference('noise follows its law: χ² against the probabilities of dp.json', () => {
  test.each(reference.discreteLaplace ?? [])('discrete Laplace, scale $scale', ({ scale, pmf }) => {
    const random = seededBits(11);
    expect(fit(() => discreteLaplace(fraction(scale), random), pmf)).toBeGreaterThan(0.001);
  });
  test.each(reference.discreteGaussian ?? [])('discrete Gaussian, σ² = $sigma2', ({ sigma2, pmf }) => {
    const random = seededBits(2);
    expect(fit(() => discreteGaussian(fraction(sigma2), random), pmf)).toBeGreaterThan(0.001);
  });
  test('the test sees a wrong law: σ² = 4.4 is not 4', () => {
    const random = seededBits(3);
    const four = reference.discreteGaussian.find(({ sigma2 }) => sigma2 === 4)!;
    expect(fit(() => discreteGaussian(fraction(4.4), random), four.pmf)).toBeLessThan(0.001);
  });
  test.each(reference.zcdp ?? [])('ρ = $rho is (ε, $delta) with ε = $epsTight', ({ rho, delta, epsTight }) =>
    expect(Math.abs(epsilonOf(rho, delta) / epsTight - 1)).toBeLessThan(1e-10),
  );
});

describe('exact numbers', () => {
  test('a decimal is what is written, not the nearest double', () => {
    expect(fraction(0.1)).toEqual({ over: 1n, under: 10n });
    expect(fraction('2.50')).toEqual({ over: 5n, under: 2n });
    expect(fraction(1e-7)).toEqual({ over: 1n, under: 10_000_000n });
    expect(toNumber({ over: 10n ** 400n, under: 4n * 10n ** 400n })).toBe(0.25);
    expect(() => fraction('ten')).toThrow(RangeError);
  });
  test('three values from two bits: each a third, none four', () => {
    const random = seededBits(4);
    const seen = [0, 0, 0];
    for (let i = 0; i < 3000; i++) seen[Number(uniformBelow(3n, random))]!++;
    expect(Math.min(...seen)).toBeGreaterThan(900);
    expect(seen[0]! + seen[1]! + seen[2]!).toBe(3000);
  });
});
