import { expectSameAsReadme } from '@meedoen/evidence/testing';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { results } from '../test/example.ts';

test('the example of the README runs, and gives what it says', () => {
  expectSameAsReadme(join(import.meta.dirname, '..'), 'pooling');
  expect(results.flat().map((days) => days!.toFixed(1))).toEqual(['22.4', '9.9', '34.8', '5.2', '39.6', '20.2']);
});
