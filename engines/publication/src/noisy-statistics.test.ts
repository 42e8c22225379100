import { expect, test } from 'vitest';
import { chance } from '@meedoen/numbers';
import { valueOf } from '../test/reference.ts';
import { noisyCounts, noisyMean } from './noisy-statistics.ts';
import { spend, spentSoFar, type PrivacyBudget } from './privacy-budget.ts';
import { randomBits, type RandomBits } from './random-bits.ts';

function seededBits(seed: number): RandomBits {
  const draw = chance(seed);
  return randomBits((bytes) => bytes.forEach((_, at) => (bytes[at] = draw.whole(256))));
}

test.each([
  { story: 'ρ = 0.02, one cell a person: σ² = 25', cost: { rho: 0.02 }, cells: 1, scale: 5 },
  { story: 'ρ = 0.02, four cells a person: σ² = 100', cost: { rho: 0.02 }, cells: 4, scale: 10 },
  { story: 'ε = 0.5, one cell a person: scale 2', cost: { epsilon: 0.5 }, cells: 1, scale: 2 },
])('$story; 95 of 100 are within the ± they come with', ({ cost, cells, scale }) => {
  const real = Array.from({ length: 2000 }, () => 50);
  const noisy = valueOf(noisyCounts(real, cost, { cellsPerPerson: cells }, seededBits(5)));
  expect(noisy.scale).toBeCloseTo(scale, 12);
  const within = noisy.counts.filter(({ value, plusMinus }) => Math.abs(value - 50) <= plusMinus).length;
  expect(within / real.length).toBeGreaterThan(0.935);
  expect(within / real.length).toBeLessThan(0.985);
  expect(noisy.counts.every(({ value }) => Number.isInteger(value))).toBe(true);
});

test('a mean of 500 marks between 0 and 10, and none of five', () => {
  const marks = Array.from({ length: 500 }, (_, at) => (at % 2 ? 6 : 8));
  const mean = valueOf(noisyMean(marks, 0.5, { low: 0, high: 10 }, seededBits(6)));
  expect(Math.abs(mean.estimate - 7)).toBeLessThan(mean.plusMinus);
  expect(mean.plusMinus).toBeLessThan(0.1);
  expect(noisyMean(marks.slice(0, 5), 0.01, { low: 0, high: 10 }, seededBits(6))).toMatchObject({
    ok: false,
    problem: { what: 'too-few-for-noise' },
  });
});

test('three times a tenth is all of 0.3, to the last digit, and the fourth is refused', () => {
  let budget: PrivacyBudget = { rho: '0.3', spent: [] };
  for (const release of ['jan', 'feb', 'mar']) budget = valueOf(spend(budget, release, 0.1));
  expect(spentSoFar(budget, 1e-6)).toMatchObject({ rho: 0.3, left: 0 });
  expect(spend(budget, 'apr', 1e-9)).toMatchObject({ ok: false, problem: { what: 'budget-spent' } });
  expect(spend(budget, 'jan', 0.1)).toMatchObject({ ok: false, problem: { what: 'release-known' } });
});

test.each([0, -1, Number.NaN, 'half'])('a cost of %s is refused', (rho) => {
  expect(noisyCounts([1], { rho }, { cellsPerPerson: 1 }, seededBits(7)).ok).toBe(false);
});
