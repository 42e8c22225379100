import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-compare-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const declared = JSON.parse(readFileSync(join(root, 'cli/examples/cohorts.json'), 'utf8')) as Record<string, unknown>[];
const example = readFileSync(join(root, 'cli/examples/cohorts.csv'), 'utf8');
const asked = '--cohort cohort --outcome work --on age,town --weight people';

/** Run the verb on texts of data and of declarations. */
async function compare(words: string, { data = example, cohorts = declared as unknown } = {}) {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return meedoen([
    'evidence',
    'compare',
    '--data',
    file('data.csv', data),
    '--cohorts',
    file('cohorts.json', JSON.stringify(cohorts)),
    ...words.split(' '),
  ]);
}

describe('what comes out', () => {
  test('the raw difference has the wrong sign; people alike are compared three ways; the table has the levels', async () => {
    const { code, stdout } = await compare(`${asked} --format csv`);
    expect(code).toBe(0);
    const [header, ...rows] = stdout
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(header).toEqual(['way', 'of', 'estimate', 'se', 'lower', 'upper', 'n', 'level']);
    expect(rows.map((row) => [row[0], Math.sign(Number(row[2])), row[7]])).toEqual([
      ['raw', 1, '1'],
      ['doubly robust', -1, '2'],
      ['weighted', -1, '2'],
      ['standardised', -1, '2'],
    ]);
    // By hand from the file: 244 of 500 against 210 of 500.
    expect(Number(rows[0]![2])).toBeCloseTo(244 / 500 - 210 / 500, 12);
  });

  test('JSON shows how cohorts are counted, the balance, the E-value, and no number per row', async () => {
    const { stdout } = await compare(`${asked} --estimand ate --model logistic --varies-with age`);
    const answer = JSON.parse(stdout) as Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
    expect(answer['declared']).toHaveLength(2);
    expect(answer['balance'].characteristics.map((row: { characteristic: string }) => row.characteristic)).toEqual([
      'age',
      'town without',
    ]);
    expect(answer['adjusted'].eValue.estimate).toBeGreaterThan(1);
    expect(answer['notes'][0].what).toBe('job-quality');
    expect(stdout).not.toContain('influence');
  });

  test('time until work, with leaving: the differences add to 0', async () => {
    const people = Array.from({ length: 120 }, (_, i) => {
      const time = 10 + ((i * 37) % 90);
      return `${i % 2 ? 'Ukraine' : 'asylum'},${20 + ((i * 7) % 30)},${time},${[1, 1, 2, 0][i % 4]}`;
    });
    const data = `cohort,age,days,cause\n${people.join('\n')}\n`;
    const words = '--cohort cohort --time days --cause cause --names work,left --horizon 60 --on age,age^2';
    const { stdout, stderr } = await compare(`${words} --format csv`, { data });
    const rows = stdout
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(
      rows.map((row) => `${row[0]} ${row[1]}`),
      stderr,
    ).toEqual([
      'raw time waiting',
      'raw time work',
      'raw time left',
      'weighted time waiting',
      'weighted time work',
      'weighted time left',
    ]);
    expect(rows.slice(3).reduce((total, row) => total + Number(row[2]), 0)).toBeCloseTo(0, 10);
    const json = JSON.parse((await compare(words, { data })).stdout) as { adjusted: { curves: { group: string }[] } };
    expect(json.adjusted.curves.map(({ group }) => group)).toEqual(['asylum', 'Ukraine']);
  });

  test('too different: the raw comparison with the reason beside it, on stderr too', async () => {
    const data = example
      .replace('cohort,', 'cohort,permit,')
      .replaceAll(/^(asylum|Ukraine)/gm, (name) => `${name},${name === 'asylum' ? 1 : 0}`);
    const { code, stdout, stderr } = await compare(asked.replace('age,town', 'permit'), { data });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ adjusted: { refused: 'groups-too-different' }, raw: { level: 1 } });
    expect(stderr).toContain('only the raw comparison is given. These groups are too different to compare');
  });
});

describe('what is refused: exit code 2, where, and what to do', () => {
  test.each([
    {
      story: 'another clock',
      words: asked,
      cohorts: [{ ...declared[0], clock: 'permit' }, declared[1]],
      says: /cannot be compared yet\. \(1\) Time runs from arrival for Ukraine and from the residence permit for asylum/,
    },
    {
      story: 'no clock',
      words: asked,
      cohorts: [declared[0], { ...declared[1], clock: undefined }],
      says: /cohorts\.json: \/1\/clock: “clock” is missing/,
    },
    {
      story: 'names that are not in the data',
      words: asked,
      cohorts: [{ ...declared[0], name: 'Asyl' }, declared[1]],
      says: /The data hold the cohorts Ukraine and asylum, and Asyl and Ukraine are declared/,
    },
    { story: 'an outcome and a time', words: `${asked} --time age`, says: /Name either --outcome/ },
    { story: 'a time alone', words: '--cohort cohort --time age', says: /--time asks for --cause and --horizon too/ },
    {
      story: 'an outcome that is no number',
      words: asked,
      data: example.replace('asylum,20,with work,1', 'asylum,20,with work,yes'),
      says: /data\.csv:2:21: column work: "yes" is not a number/,
    },
    {
      story: 'a column of one value',
      words: asked.replace('age', 'age,cohort'),
      says: /tells asylum and Ukraine apart|too different/,
      code: 0,
    },
    {
      story: 'half an outcome for a logistic model',
      words: `${asked} --model logistic`,
      data: example.replace('asylum,20,with work,1', 'asylum,20,with work,0.5'),
      says: /data\.csv:2:21: column work: 0\.5 is neither 0 nor 1/,
    },
  ])('$story', async ({ words, data, cohorts, says, code = 2 }) => {
    const ended = await compare(words, { ...(data && { data }), ...(cohorts && { cohorts }) });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(says);
  });
});
