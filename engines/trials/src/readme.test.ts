import { expectSameAsReadme } from '@meedoen/evidence/testing';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { results } from '../test/example.ts';

test('the example of the README runs, and gives what it says', () => {
  expectSameAsReadme(join(import.meta.dirname, '..'), 'trials');
  expect(results).toEqual([356, [0.08, 0.13, 0.79], [false, true]]);
});
