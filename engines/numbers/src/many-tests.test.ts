import { expect, test } from 'vitest';
import { correctedForMany } from './many-tests.ts';

test('three tests by hand: .01, .04 and .03', () => {
  const p = [0.01, 0.04, 0.03];
  expect([...correctedForMany(p, 'bonferroni')]).toEqual([0.03, 0.12, 0.09]);
  expect([...correctedForMany(p, 'holm')]).toEqual([0.03, 0.06, 0.06]);
  expect([...correctedForMany(p, 'benjamini-hochberg')]).toEqual([0.03, 0.04, 0.04]);
});

test('no tests give no p-values; what is no p-value is refused', () => {
  expect(correctedForMany([], 'holm')).toHaveLength(0);
  expect(() => correctedForMany([0.5, NaN], 'holm')).toThrow('NaN at 1 is no p-value');
});
