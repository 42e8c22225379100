import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { results } from '../test/example.ts';

test('the example of the README runs, and gives what it says', () => {
  const folder = join(import.meta.dirname, '..');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))!;
  // A room does not enter by its own front door.
  expect(example).toBe(
    readFileSync(join(folder, 'test/example.ts'), 'utf8').replace('../src/index.ts', '@meedoen/places'),
  );
  expect(results).toEqual([[1, 0, 2], 18, 18, [1, 0, 3], [4, 1, 0]]);
});
