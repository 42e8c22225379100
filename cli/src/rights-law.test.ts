import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root, type Ended } from './testing.ts';

let folder: string;
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meedoen-law-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const laws = join(root, 'cli/examples/lesson-laws');
const law = (...more: string[]): Promise<Ended> =>
  meedoen(
    `rights law --laws ${laws} --law voorbeeldwet_taalles --output bijdrage_per_week --on 2026-03-01`
      .split(' ')
      .concat('--parameters', 'cli/examples/lesson-person.json', ...more),
  );

test('a receipt has the hash of every law file', async () => {
  const ended = await law('--data', 'cli/examples/lesson-registers.json', '--receipt');
  const receipt = JSON.parse(ended.stdout) as { hash: string; loaded: { hash: string }[]; timestamp: string };
  const bytes = readFileSync(join(laws, 'voorbeeldwet.yaml'));
  expect(receipt.hash).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  expect(receipt.loaded).toHaveLength(2);
  expect(receipt.timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
});

describe('what cannot be used: exit code 2, with what to do', () => {
  test.each<{ story: string; ended: () => Promise<Ended>; says: RegExp }>([
    {
      story: 'a register without its key',
      ended: () => law('--data', file('key.json', '[{ "name": "brp", "key": "bsn", "rows": [{ "naam": "S." }] }]')),
      says: /key\.json: register 1: row 1 has no "bsn", by which it is found/,
    },
    {
      story: 'a register with a key too many',
      ended: () => law('--data', file('more.json', '[{ "name": "brp", "key": "bsn", "rows": [], "scope": "x" }]')),
      says: /register 1: has no "scope"/,
    },
    {
      story: 'a number with more digits than JSON keeps',
      ended: () =>
        law('--data', file('digits.json', '[{ "name": "a", "key": "k", "rows": [{ "k": 12345678901234567 }] }]')),
      says: /12345678901234567 \("k"\) has more digits than JSON keeps/,
    },
    {
      story: 'a fact nobody gave, by the rules up to v0.5.6',
      ended: () => law(),
      says: /Variable 'geboortedatum' not found/,
    },
    {
      story: 'a mode nobody knows',
      ended: () => law('--untranslatable', 'guess'),
      says: /error, propagate, warn, ignore/,
    },
    {
      story: 'a scenario that does not hold',
      ended: () =>
        meedoen([
          'rights',
          'test',
          '--laws',
          laws,
          file(
            'wrong.feature',
            'Feature: x\n  Scenario: y\n    Given the calculation date is "2025-01-01"\n    When I evaluate "bijdrage_per_week" of "voorbeeldwet_taalles"\n    Then the execution succeeds\n',
          ),
        ]),
      says: /wrong\.feature:5: the execution succeeds\n {2}The execution fails: No version of law .*\n0 passed, 1 failed, 0 skipped\./,
    },
    {
      story: 'no feature file',
      ended: () => meedoen(['rights', 'test', '--laws', laws, laws]),
      says: /there is no feature file \(\*\.feature\) in this folder/,
    },
  ])('$story', async ({ ended, says }) => {
    const { code, stderr } = await ended();
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
  });
});
