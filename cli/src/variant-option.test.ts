import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './testing.ts';
import { readingOf, readingsOf } from './variant-option.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-variant-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const dayOne = readFileSync(join(root, 'knowledge/replacements/variant-day-one.yaml'), 'utf8');
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('a name of ours, a layer and a file', async () => {
  const own = file('own.yaml', dayOne);
  const { corpus, readings } = await readingsOf('--variants', ['day-one', 'text', own, own], undefined);
  expect(readings).toEqual([
    { layer: 'applied', variant: 'day-one' },
    { layer: 'text', variant: null },
    { layer: 'applied', variant: own },
    { layer: 'applied', variant: own },
  ]);
  expect(corpus.replacements.filter(({ variant }) => variant === own)).toHaveLength(1);
});

test.each<{ story: string; name: () => string; says: RegExp }>([
  { story: 'a name nobody knows', name: () => 'dayone', says: /Did you mean "day-one"\?/ },
  { story: 'a file that is not there', name: () => 'mine.yaml', says: /mine\.yaml: there is no such file/ },
  { story: 'a layer', name: () => 'text', says: /this is a layer\. Write --layer text/ },
  {
    story: 'a status that is none',
    name: () => file('syntax.yaml', dayOne.replace('status: proposal', 'status: wish')),
    says: /syntax\.yaml:4:9: "status" must be one of/,
  },
  {
    story: 'a law that is not there',
    name: () => file('elsewhere.yaml', dayOne.replaceAll('besluit_uitvoering_wav_2022', 'besluit_dat_niet_bestaat')),
    says: /elsewhere\.yaml:\d+:\d+: There is no law "besluit_dat_niet_bestaat"/,
  },
])('$story is refused', async ({ name, says }) => {
  await expect(readingOf(name(), 'applied', undefined)).rejects.toThrow(says);
});
