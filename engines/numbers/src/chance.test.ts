import { expect, test } from 'vitest';
import { chance, splitmix64, xoshiro128 } from './chance.ts';

test('xoshiro128**: the first numbers from the state 1, 2, 3, 4 (test vector of rand_xoshiro)', () => {
  const { bits } = xoshiro128([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, bits)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test('splitmix64: the first numbers from the seed 1234567 (published test vector)', () => {
  const next = splitmix64(1234567n);
  expect([next(), next(), next()]).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
});

test('the same seed repeats, another differs', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, chance(seed).share);
  expect(draw(4)).toEqual(draw(4));
  expect(draw(4)).not.toEqual(draw(5));
});

test('shares, dice and normals have the moments they should, 4 standard errors wide', () => {
  const source = chance(20261123);
  const n = 40_000;
  let share = 0;
  let square = 0;
  const faces = new Uint32Array(6);
  for (let i = 0; i < n; i++) {
    share += source.share();
    square += source.normal() ** 2;
    faces[source.whole(6)]! += 1;
  }
  expect(Math.abs(share / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(square / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  for (const seen of faces) expect(Math.abs(seen - n / 6)).toBeLessThan(4 * Math.sqrt((n * 5) / 36));
});

test('a seed that is not whole, or a die without faces, is a broken promise', () => {
  expect(() => chance(0.5)).toThrow(RangeError);
  expect(() => chance(1).whole(0)).toThrow(RangeError);
});
