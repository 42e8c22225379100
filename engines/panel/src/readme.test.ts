import { expectSameAsReadme } from '@meedoen/evidence/testing';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { results } from '../test/example.ts';

test('the example of the README runs, and gives what it says', () => {
  expectSameAsReadme(join(import.meta.dirname, '..'), 'panel');
  const [change, better, lower, upper] = results;
  expect(change).toBeCloseTo(20.8, 1);
  expect(better).toBe(0.75);
  expect([lower, upper].map((bound) => bound!.toFixed(1))).toEqual(['8.3', '41.7']);
});
