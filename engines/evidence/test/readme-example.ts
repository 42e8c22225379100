import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** The example in a room's README is, word for word, the one in `test/example.ts`, which its test runs. */
export function expectSameAsReadme(folder: string, room: string): void {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  const run = readFileSync(join(folder, 'test/example.ts'), 'utf8');
  // A room does not enter by its own front door.
  expect(example).toBe(run.replace('../src/index.ts', `@meedoen/${room}`));
}
