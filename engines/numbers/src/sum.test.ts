import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, sum } from './sum.ts';

test('Neumaier’s own example: plain addition says 0, the answer is 2', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
});

test('a tenth, ten million times, is a million', () => {
  function* tenths() {
    for (let i = 0; i < 10_000_000; i++) yield 0.1;
  }
  expect(sum(tenths())).toBe(1_000_000);
});

test('no numbers have a sum but no mean', () => {
  expect(sum([])).toBe(0);
  expect(() => mean([])).toThrow(RangeError);
  expect(mean([1, 2, 6])).toBe(3);
});

test('law: order does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true })), (terms) => {
      const there = sum(terms);
      const back = sum(terms.toReversed());
      expect(Math.abs(there - back)).toBeLessThanOrEqual(Math.abs(there) * 1e-15 + 1e-15);
    }),
  );
});
