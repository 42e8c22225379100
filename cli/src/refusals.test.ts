import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root } from './testing.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meedoen-input-'));
  mkdirSync(file('folder'));
  writeFileSync(file('good.json'), '{ "facts": { "document": "asylum-request" } }');
  writeFileSync(file('latin.json'), Buffer.from('{ "facts": { "document": "caf\xe9" } }', 'latin1'));
  writeFileSync(file('broken.json'), '{\n  "facts": {\n    "document": "asylum-request",\n  }\n}');
  writeFileSync(file('cut-off.json'), '{\n  "facts": {');
  writeFileSync(file('empty.json'), '');
  writeFileSync(file('unknown-key.json'), '{\n  "facts": {\n    "dokument": "asylum-request"\n  }\n}');
  writeFileSync(file('impossible-date.json'), '{\n  "facts": {\n    "arrivedOn": "2026-02-30"\n  }\n}');
  writeFileSync(file('future.json'), '{\n  "facts": {\n    "arrivedOn": "2999-01-01"\n  }\n}');
  writeFileSync(file('list.json'), '[]');
  writeFileSync(file('huge.json'), ' '.repeat(10_000_000));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a situation that cannot be used: exit code 2, where, and what to do', () => {
  test.each([
    { story: 'no such file', name: 'nobody.json', says: /nobody\.json: there is no such file\. Check/ },
    { story: 'a folder', name: 'folder', says: /folder: this is a folder\. Name a file/ },
    { story: 'not UTF-8', name: 'latin.json', says: /latin\.json: this is not UTF-8 text\. Save/ },
    { story: 'a comma too many', name: 'broken.json', says: /broken\.json:4:\d+: / },
    { story: 'cut off', name: 'cut-off.json', says: /cut-off\.json:2:\d+: / },
    { story: 'empty', name: 'empty.json', says: /empty\.json:1:1: / },
    { story: 'no object', name: 'list.json', says: /list\.json:.* / },
    { story: 'an unknown key', name: 'unknown-key.json', says: /unknown-key\.json:3:5: .*dokument/ },
    {
      story: 'a date that does not exist',
      name: 'impossible-date.json',
      says: /impossible-date\.json:3:\d+: .*2026-02-30/,
    },
    { story: 'an arrival in the future', name: 'future.json', says: /future\.json:3:\d+: / },
    { story: '10 MB', name: 'huge.json', says: /huge\.json: larger than 1 MB/ },
  ])('$story', async ({ name, says }) => {
    const { code, stdout, stderr } = await meedoen(['rights', 'answer', '--situation', file(name)]);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('the same on stdin, which has no name', async () => {
    const { code, stderr } = await meedoen(['rights', 'answer', '--situation', '-'], { input: '{\n  "facts": {,}\n}' });
    expect(stderr).toMatch(/^stdin:2:\d+: /);
    expect(code).toBe(2);
  });

  test('an endless stdin is cut off', async () => {
    const { code, stderr } = await meedoen(['rights', 'answer', '--situation', '-'], { input: ' '.repeat(10_000_000) });
    expect(stderr).toMatch(/stdin: larger than 1 MB/);
    expect(code).toBe(2);
  });
});

describe('words that cannot be used', () => {
  const answer = (...more: string[]): string[] => ['rights', 'answer', '--situation', file('good.json'), ...more];

  test.each([
    { story: 'a day that does not exist', words: () => answer('--on', '2026-02-30'), says: /--on 2026-02-30: / },
    {
      story: 'a day of another age',
      words: () => answer('--on', '9999-01-01'),
      says: /--on 9999-01-01: .*from 1900 to 2200/,
    },
    { story: 'a day written otherwise', words: () => answer('--on', '23-11-2026'), says: /--on 23-11-2026: / },
    {
      story: 'a right nobody knows',
      words: () => answer('--right', 'paid-wrok'),
      says: /Did you mean "paid-work"\? Known: .*paid-work/,
    },
    {
      story: 'a variant nobody knows',
      words: () => answer('--variant', 'day-on'),
      says: /Did you mean "day-one"\? Known: .*day-one/,
    },
    {
      story: 'a layer nobody knows',
      words: () => answer('--layer', 'rumour'),
      says: /text, applied, announced, proposed/,
    },
    { story: 'a format nobody knows', words: () => answer('--format', 'xml'), says: /json, csv/ },
    { story: 'an option nobody knows', words: () => answer('--onn', '2026-01-01'), says: /Did you mean --on\?/ },
    { story: 'a verb nobody knows', words: () => ['rights', 'anser'], says: /Did you mean answer\?/ },
    { story: 'a room nobody knows', words: () => ['right'], says: /Did you mean rights\?/ },
    { story: 'a missing option', words: () => ['rights', 'answer'], says: /--situation/ },
    {
      story: 'a folder of laws that is not there',
      words: () => answer('--laws', file('nowhere')),
      says: /there is no such folder/,
    },
    { story: 'a folder without laws', words: () => answer('--laws', file('folder')), says: /no law file/ },
    { story: 'a port that is no number', words: () => ['serve', '--port', 'door'], says: /from 1 to 65535/ },
    {
      story: 'a database that is no address',
      words: () => ['db', 'migrate'],
      env: { DATABASE_URL: 'mysql://x' },
      says: /postgres:\/\//,
    },
  ])('$story', async ({ words, says, env = {} }) => {
    const { code, stdout, stderr } = await meedoen(words(), { env });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test('help is no refusal, and each verb shows an example', async () => {
  for (const verb of [
    [],
    ['rights', 'answer'],
    ['rights', 'law'],
    ['rights', 'test'],
    ['knowledge', 'check'],
    ['db', 'migrate'],
    ['db', 'backup'],
    ['db', 'restore'],
    ['serve'],
  ]) {
    const { code, stdout } = await meedoen([...verb, '--help']);
    expect(stdout).toMatch(/Example/);
    expect(code).toBe(0);
  }
});

describe('a day on which we do not know the law', () => {
  const situation = ['--situation', join(root, 'cli/examples/applicant.json')];
  test.each([
    [
      'answer',
      ['answer', ...situation, '--on', '2017-12-31'],
      /^--on 2017-12-31: We know the law from 2018-01-01 on\./,
    ],
    ['doors', ['doors', ...situation, '--on', '2017-12-31'], /^--on 2017-12-31: We know the law from/],
    ['chain', ['chain', ...situation, '--on', '2017-12-31'], /^--on 2017-12-31: We know the law from/],
    [
      'compare',
      ['compare', '--variants', 'text,applied', '--population', 'nobody.csv', '--from', '2015-01-01'],
      /^--from 2015-01-01: We know the law from/,
    ],
  ])('%s', async (_, verb, says) => {
    const { code, stdout, stderr } = await meedoen(['rights', ...verb]);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('the first day is answered', async () => {
    const { code } = await meedoen(
      ['rights', 'answer', '--situation', '-', '--right', 'paid-work', '--on', '2018-01-01'],
      {
        input: '{ "facts": { "document": "eu-passport" } }',
      },
    );
    expect(code).toBe(0);
  });
});
