import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { results } from '../test/example.ts';

const folder = join(import.meta.dirname, '..');

test('the example of the README runs, and gives what it says', () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))!;
  const run = readFileSync(join(folder, 'test/example.ts'), 'utf8');
  // A room does not enter by its own front door.
  expect(example).toBe(run.replaceAll('../src/index.ts', '@meedoen/experience'));
  expect(results).toEqual(['work,work-began', '2026-08', 'began-earlier', null, 2, false]);
});
