import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { meedoen, root } from './testing.ts';

/** What the README shows is what a reader gets: every example is run, and its output compared. */
type Example = { command: string; output: string };

const examples = ['README.md', 'cli/README.md'].flatMap((file) => examplesIn(readFileSync(join(root, file), 'utf8')));

function examplesIn(text: string): Example[] {
  const blocks = [...text.matchAll(/^ *```(?:console|sh)\n([\s\S]*?)^ *```$/gm)].map(([, block]) =>
    block!.replaceAll(/^ {2}(?=npx)/gm, '$ '),
  );
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter(
        (part) =>
          part.startsWith('npx meedoen rights') ||
          part.startsWith('npx meedoen evidence') ||
          part.startsWith('npx meedoen voices') ||
          part.startsWith('npx meedoen knowledge') ||
          part.startsWith('npx meedoen instruments') ||
          part.startsWith('cat '),
      )
      .map((part) => {
        const [command = '', ...output] = part.split('\n');
        return { command, output: output.join('\n').trim() };
      }),
  );
}

test('there are examples to run', () => expect(examples.length).toBeGreaterThan(4));

test.each(examples)('$command', async ({ command, output }) => {
  const [program, ...words] = command.split(' ');
  if (program === 'cat') return expect(readFileSync(join(root, words[0]!), 'utf8').trim()).toBe(output);
  const ended = await meedoen(words.slice(1));
  expect(ended.code, ended.stderr).toBe(0);
  if (output !== '') expect(ended.stdout.replaceAll('\r\n', '\n').trim()).toBe(output);
});
