import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHouse } from './check-house.ts';
import { standingRooms } from './house.ts';

/** A small copy of the house in which one fault of each kind is planted, to see that the walls refuse it. */
const root = join(import.meta.dirname, '..');
let house: string;

const faults = [
  {
    story: 'an engine imports a higher room',
    file: 'engines/rights/src/up.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/store';`,
  },
  {
    story: 'an engine imports its neighbour',
    file: 'engines/units/src/sideways.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/numbers';`,
  },
  {
    story: 'knowledge imports a shell',
    file: 'knowledge/src/up.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/web';`,
  },
  {
    story: 'a shell imports the other shell',
    file: 'cli/src/sideways.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/web';`,
  },
  {
    story: 'a room is entered by a window',
    file: 'cli/src/deep.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/units/src/day.ts';`,
  },
  {
    story: 'a program uses the side door of the tests',
    file: 'cli/src/side-door.ts',
    refused: 'no-restricted-imports',
    code: `import '@meedoen/store/testing';`,
  },
  {
    story: 'a room is entered through the cellar',
    file: 'store/src/cellar.ts',
    refused: 'no-restricted-imports',
    code: `import '../../engines/units/src/day.ts';`,
  },
  {
    story: 'an engine reads a file',
    file: 'engines/rights/src/file.ts',
    refused: 'no-restricted-imports',
    code: `import 'node:fs';`,
  },
  {
    story: 'an engine reads the clock',
    file: 'engines/rights/src/clock.ts',
    refused: 'no-restricted-globals',
    code: `export const now: number = Date.now();`,
  },
  {
    story: 'an engine reads the clock by another name',
    file: 'engines/rights/src/global.ts',
    refused: 'no-restricted-globals',
    code: `export const now: unknown = globalThis;`,
  },
  {
    story: 'an engine reads today from a formatter',
    file: 'engines/rights/src/formatter.ts',
    refused: 'no-restricted-properties',
    code: `export const now: string = new Intl.DateTimeFormat('nl').format();`,
  },
  {
    story: 'an engine throws dice',
    file: 'engines/rights/src/dice.ts',
    refused: 'no-restricted-properties',
    code: `export const draw: number = Math.random();`,
  },
  {
    story: 'an engine throws dice by another name',
    file: 'engines/rights/src/dice-again.ts',
    refused: 'no-restricted-properties',
    code: `const { random } = Math;\nexport const draw: number = random();`,
  },
  {
    story: 'two files import each other',
    file: 'engines/rights/src/snake.ts',
    refused: 'no-cycle',
    code: `import './tail.ts';`,
  },
  {
    story: 'an engine fetches',
    file: 'engines/rights/src/fetch.ts',
    refused: "Cannot find name 'fetch'",
    code: `export const page: unknown = fetch('/');`,
  },
  {
    story: 'an engine talks to the console',
    file: 'engines/rights/src/console.ts',
    refused: "Cannot find name 'console'",
    code: `console.log(1);`,
  },
  {
    story: 'an engine reads the environment',
    file: 'engines/rights/src/process.ts',
    refused: "Cannot find name 'process'",
    code: `export const home: unknown = process.env;`,
  },
  {
    story: 'an engine touches the page',
    file: 'engines/rights/src/document.ts',
    refused: "Cannot find name 'document'",
    code: `export const title: unknown = document.title;`,
  },
  {
    story: 'an engine sets a timer',
    file: 'engines/rights/src/timer.ts',
    refused: "Cannot find name 'setTimeout'",
    code: `setTimeout(() => 1, 1);`,
  },
  {
    story: 'a type is left to be guessed',
    file: 'engines/rights/src/guess.ts',
    refused: 'isolatedDeclarations',
    code: `export const twice = (n: number) => n * 2;`,
  },
  {
    story: 'an enum, which Node cannot strip',
    file: 'engines/rights/src/enum.ts',
    refused: 'erasableSyntaxOnly',
    code: `export enum Verdict { Yes }`,
  },
];

const plant = (file: string, text: string): void => {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
};

let refusals: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'meedoen-house-'));
  // The same packages, but the rooms of this house.
  mkdirSync(join(house, 'node_modules/@meedoen'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@meedoen') symlinkSync(join(root, 'node_modules', name), join(house, 'node_modules', name));
  }
  for (const file of [
    'package.json',
    'oxlint.config.ts',
    'tsconfig.base.json',
    'tsconfig.json',
    'engines/tsconfig.json',
    'scripts/house.ts',
    'ARCHITECTURE.md',
    '.gitignore',
  ]) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    cpSync(join(root, file), join(house, file));
  }
  for (const room of standingRooms(root)) {
    plant(`${room.folder}/package.json`, JSON.stringify(room.manifest));
    plant(`${room.folder}/${String(room.manifest.exports?.['.'])}`, 'export type Word = string;\n');
    plant(`${room.folder}/README.md`, '');
    symlinkSync(join(house, room.folder), join(house, 'node_modules/@meedoen', room.name));
  }
  plant('engines/rights/src/tail.ts', `import './snake.ts';\n`);
  plant('store/src/testing.ts', 'export type Word = string;\n');
  plant(
    'cli/src/sound.test.ts',
    `import type { Word } from '@meedoen/store/testing';\nexport type Two = [Word, Word];\n`,
  );
  plant(
    'engines/rights/src/sound.ts',
    `import type { Word } from '@meedoen/units';\nexport type Two = [Word, Word];\n`,
  );
  for (const { file, code } of faults) plant(file, `${code}\n`);

  const run = (...command: string[]): string =>
    spawnSync(process.execPath, command, { cwd: house, encoding: 'utf8' }).stdout;
  refusals =
    run('node_modules/oxlint/bin/oxlint', '--format', 'unix') +
    run('node_modules/@typescript/native/bin/tsc', '-p', 'engines', '--pretty', 'false');
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

const refusalsOf = (file: string): string =>
  refusals
    .split('\n')
    .filter((line) => line.includes(file))
    .join('\n')
    .replaceAll('--isolatedDeclarations', 'isolatedDeclarations');

test.each(faults)('$story: refused', ({ file, refused }) => {
  expect(refusalsOf(file)).toContain(refused);
});

test('sound code is not refused', () => {
  expect(refusalsOf('sound.')).toBe('');
});

describe('folders, manifests and the drawing say the same', () => {
  test('they agree here', () => expect(checkHouse(root)).toEqual([]));

  test.each([
    { story: 'a manifest points up', change: { '@meedoen/store': '0.1.0' }, complaint: 'in a higher row' },
    { story: 'a manifest points sideways', change: { '@meedoen/places': '0.1.0' }, complaint: 'in the same row' },
    {
      story: 'a manifest names a room that is not drawn',
      change: { '@meedoen/attic': '0.1.0' },
      complaint: 'nowhere in the drawing',
    },
  ])('$story: refused', ({ change, complaint }) => {
    const path = 'engines/rights/package.json';
    const before = readFileSync(join(house, path), 'utf8');
    const manifest = JSON.parse(before) as { dependencies: Record<string, string> };
    plant(path, JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...change } }));
    expect(checkHouse(house).join('\n')).toContain(complaint);
    plant(path, before);
  });

  test('a room that nobody drew is refused', () => {
    plant('engines/attic/package.json', JSON.stringify({ name: '@meedoen/attic', exports: { '.': './src/index.ts' } }));
    expect(checkHouse(house).join('\n')).toContain('no row of the house has a room "attic"');
    rmSync(join(house, 'engines/attic'), { recursive: true });
  });

  test('a drawing that forgets a room is refused', () => {
    const drawing = readFileSync(join(house, 'ARCHITECTURE.md'), 'utf8');
    plant('ARCHITECTURE.md', drawing.replace(/^ adapter .*$/m, ''));
    expect(checkHouse(house).join('\n')).toContain('row "adapter" draws ""');
    plant('ARCHITECTURE.md', drawing);
  });
});
