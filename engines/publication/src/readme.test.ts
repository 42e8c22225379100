import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answers } from '../test/example.ts';

const folder = join(import.meta.dirname, '..');

test('the example of the README runs, and gives what it says', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  const run = readFileSync(join(folder, 'test/example.ts'), 'utf8');
  // A room does not enter by its own front door.
  expect(example).toBe(run.replace('../src/index.ts', '@meedoen/publication'));
  expect(answers).toEqual([['Ede no work', 'Ede work', 'Lent no work', 'Lent work'], 4, true, 1]);
});
