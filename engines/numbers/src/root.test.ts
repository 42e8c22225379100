import { expect, test } from 'vitest';
import { findRoot } from './root.ts';

test('the root of 2 between 1 and 2', () => {
  expect(findRoot((x) => x * x - 2, 1, 2)).toBeCloseTo(Math.SQRT2, 15);
});

test('a flat start and a steep end: x⁹ is found too', () => {
  expect(findRoot((x) => x ** 9 - 1e-9, -0.5, 4)).toBeCloseTo(0.1, 14);
});

test('a jump: the place of the jump', () => {
  expect(findRoot((x) => (x < 1 / 3 ? -1 : 1), 0, 1)).toBeCloseTo(1 / 3, 15);
});

test('both ends on one side are a broken promise', () => {
  expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(RangeError);
});
