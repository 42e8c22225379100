import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

test('two by two: 2 and 1 beside them have eigenvalues 3 and 1, on the diagonals of a square', () => {
  const { values, vectors } = symmetricEigen([[2], [1, 2]]);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(Math.abs(vectors[0]![0]! + vectors[0]![1]!)).toBeCloseTo(Math.SQRT2, 14);
});

test('a chain of five springs: eigenvalues 2 − 2 cos(kπ/6), by the book', () => {
  const chain = Array.from({ length: 5 }, (_, i) =>
    Array.from({ length: 5 }, (__, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
  );
  const { values } = symmetricEigen(chain);
  for (let k = 1; k <= 5; k++) expect(values[5 - k]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / 6), 13);
});

test('any symmetric matrix, also with repeated values: A v = λ v, and the vectors stand square', () => {
  const symmetric = fc.integer({ min: 1, max: 14 }).chain((size) =>
    fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  );
  fc.assert(
    fc.property(symmetric, (lower) => {
      const size = lower.length;
      const entry = (i: number, j: number): number => lower[Math.max(i, j)]![Math.min(i, j)]!;
      const { values, vectors } = symmetricEigen(lower);
      for (let k = 0; k < size; k++) {
        if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]!);
        for (let i = 0; i < size; i++) {
          const image = vectors[k]!.reduce((total, value, j) => total + entry(i, j) * value, 0);
          expect(Math.abs(image - values[k]! * vectors[k]![i]!)).toBeLessThan(1e-12 * (1 + size * 3));
          const dot = vectors[k]!.reduce((total, value, j) => total + value * vectors[i]![j]!, 0);
          expect(Math.abs(dot - (i === k ? 1 : 0))).toBeLessThan(1e-12);
        }
      }
    }),
  );
});
