import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cholesky, inverse, quadraticForm, sandwich, solve, standardErrors, type Square } from './matrix.ts';

const example: Square = { size: 3, values: Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98) };

test('Cholesky of the textbook 3 × 3: whole numbers all the way', () => {
  const factor = cholesky(example);
  if ('dependentRow' in factor) throw new Error('the example has full rank');
  expect([...factor.lower]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  expect([...solve(factor, Float64Array.of(0, 6, 39))]).toEqual([1, 1, 1]);
  expect(quadraticForm(factor, Float64Array.of(0, 6, 39))).toBe(45); // 0·1 + 6·1 + 39·1
  expect(inverse(factor).values[8]).toBeCloseTo(1 / 9, 15);
});

test('a column that is the sum of two others is named, whatever its unit', () => {
  const rows = [
    [1, 2, 3],
    [4, 1, 5],
    [2, 7, 9],
    [0, 3, 3],
  ];
  for (const unit of [1, 1e-8, 1e8]) {
    const values = new Float64Array(9);
    for (const [a, b, c] of rows) {
      const x = [a!, b!, c! * unit];
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) values[3 * i + j]! += x[i]! * x[j]!;
    }
    expect(cholesky({ size: 3, values })).toEqual({ dependentRow: 2 });
  }
});

test('a sandwich of the identity is its filling, and its errors are the roots of the diagonal', () => {
  const identity: Square = { size: 3, values: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) };
  expect([...sandwich(identity, example).values]).toEqual([...example.values]);
  expect([...standardErrors(example)]).toEqual([2, Math.sqrt(37), Math.sqrt(98)]);
});

test('law: solving undoes multiplying, and u’A⁻¹u is u·solve(u)', () => {
  const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(entries, (numbers) => {
      const values = new Float64Array(16);
      // B'B + I is positive definite for every B.
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          for (let k = 0; k < 4; k++) values[4 * i + j]! += numbers[4 * k + i]! * numbers[4 * k + j]!;
        }
        values[5 * i]! += 1;
      }
      const x = numbers.slice(16);
      const b = Float64Array.from({ length: 4 }, (_, i) =>
        x.reduce((total, xj, j) => total + values[4 * i + j]! * xj, 0),
      );
      const factor = cholesky({ size: 4, values });
      if ('dependentRow' in factor) throw new Error('B’B + I has full rank');
      const found = solve(factor, b);
      found.forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 9));
      expect(quadraticForm(factor, b)).toBeCloseTo(
        b.reduce((total, bi, i) => total + bi * found[i]!, 0),
        7,
      );
    }),
  );
});
