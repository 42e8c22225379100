import { expect, test } from 'vitest';
import { noncentralTTails, studentCdf } from './index.ts';

// R 4.2.2 pt(t, degrees, ncp), whose own series stops at 1e-12.
test.each([
  [2, 10, 1, 0.8076115625303111],
  [1.5, 30, 2.5, 1 - 0.8399212012523504],
  [-1, 5, 2, 0.002316375654163427],
  [3, 4.5, -1, 0.9982528642763158],
])('P(T ≤ %d) with %d degrees and δ = %d: %d', (t, degrees, noncentrality, p) => {
  const { lower, upper } = noncentralTTails(t, degrees, noncentrality);
  expect(Math.abs(lower - p)).toBeLessThan(1e-12);
  expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-13);
});

// R gives 0.97767 here: beyond δ = 37.62 it takes a normal approximation. This is R's integrate over the spread.
test('δ = 40 is summed too, not approximated', () => {
  expect(noncentralTTails(45, 200, 40).lower).toBeCloseTo(0.978774254068, 10);
});

// Red when δ = 0 leaves out half of the first pair of terms.
test('without an effect it is Student’s t; what is no number is a mistake', () => {
  for (const t of [-3, -0.2, 0, 0.7, 5]) {
    expect(noncentralTTails(t, 7, 0).lower).toBeCloseTo(studentCdf(t, 7), 13);
  }
  expect(noncentralTTails(Infinity, 7, 1)).toEqual({ lower: 1, upper: 0 });
  expect(noncentralTTails(-Infinity, 7, 1)).toEqual({ lower: 0, upper: 1 });
  expect(() => noncentralTTails(1, 0, 1)).toThrow(RangeError);
  expect(() => noncentralTTails(NaN, 3, 1)).toThrow(RangeError);
});
