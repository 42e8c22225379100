import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chance } from './chance.ts';
import { ascendingOrder } from './order.ts';

test('places from small to large; equal numbers, and −0 and 0, keep their order', () => {
  expect([...ascendingOrder([3, -1, 2, -1, 0, -0])]).toEqual([1, 3, 4, 5, 2, 0]);
});

test('NaN has no place', () => {
  expect(() => ascendingOrder([1, NaN])).toThrow(RangeError);
});

test('many numbers of every size and sign come out as a comparing sort has them', () => {
  // Planted: negative numbers keep their low word.
  const draw = chance(7);
  const size = 5000;
  const kinds = [
    () => draw.normal(),
    () => draw.whole(50) - 25,
    () => draw.normal() * 10 ** (draw.whole(600) - 300),
    () => [-Infinity, Infinity, 0, -0, Number.MIN_VALUE, -Number.MIN_VALUE][draw.whole(6)]!,
  ];
  for (const kind of kinds) {
    const values = Float64Array.from({ length: size }, kind);
    const expected = Array.from(values, (_, i) => i).sort((a, b) =>
      values[a] === values[b] ? a - b : values[a]! - values[b]!,
    );
    expect([...ascendingOrder(values)]).toEqual(expected);
  }
});

test('few numbers too', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
      const order = ascendingOrder(values);
      expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
      for (let at = 1; at < order.length; at++) {
        expect(values[order[at]!]!).toBeGreaterThanOrEqual(values[order[at - 1]!]!);
      }
    }),
  );
});
