import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-did-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = ['--unit', 'town', '--period', 'year', '--outcome', 'work', '--first-treated', 'from'];
async function did(text: string, words: readonly string[] = named) {
  const file = join(folder, 'data.csv');
  writeFileSync(file, text);
  return meedoen(['evidence', 'did', '--data', file, ...words]);
}

/** Five towns gain 2 in 2021 and five do not; all grow by 1 a year, more or less. */
const rows = Array.from({ length: 10 }, (_, town) =>
  [2019, 2020, 2021].map((year) => {
    const noise = ((town * 7 + year) % 5) / 10;
    return `${town},${year},${town + year - 2019 + noise + (town < 5 && year === 2021 ? 2 : 0)},${town < 5 ? 2021 : 0}`;
  }),
).flat();
const csv = (lines: readonly string[]): string => `town,year,work,from\n${lines.join('\n')}\n`;

describe('meedoen evidence did', () => {
  test('prints cells, four aggregates, the pre-test, cohorts, bands and what breaks the trends', async () => {
    const { code, stdout, stderr } = await did(csv(rows));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      kind: 'panel',
      units: 10,
      cohorts: [{ cohort: 2021, units: 5, share: 0.5 }],
      neverTreated: 5,
      preTest: { degrees: 1 },
      bands: { draws: 1000, seed: 1 },
    });
    expect(answer.effects.map(({ period, base }: { period: number; base: number }) => [period, base])).toEqual([
      [2020, 2019],
      [2021, 2020],
    ]);
    for (const kind of ['eventStudy', 'group', 'calendar']) {
      expect(answer[kind].overall.estimate).toBeCloseTo(answer.simple.estimate, 12);
    }
    expect(answer.trendSensitivity.largestSteps).toHaveLength(7);
    expect((await did(csv(rows))).stdout).toBe(stdout); // the same input, the same bytes
  });

  test('never may be a word, and cross-sections need no unit', async () => {
    const words = rows.map((row) => row.replace(/,0$/, ',never'));
    const panel = await did(csv(words), [...named, '--format', 'csv']);
    expect(panel.stdout.split('\r\n')[0]).toBe('cohort,period,base,estimate,se,lower,upper,treated,controls');
    const sections = await did(csv(rows), [...named.slice(2), '--cross-sections', '--format', 'csv']);
    const column = (text: string, at: number): number[] =>
      text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => Number(line.split(',')[at]));
    // Without covariates the effects are the same; without the tie between rows of a town they are less sure.
    column(sections.stdout, 3).forEach((value, at) => expect(value).toBeCloseTo(column(panel.stdout, 3)[at]!, 12));
    expect(column(sections.stdout, 4)[1]).toBeGreaterThan(column(panel.stdout, 4)[1]!);
  });

  test('a town that misses a year can be left out, or all rows read as cross-sections with errors by town', async () => {
    const more = csv([...rows, '10,2019,3,0']);
    const without = JSON.parse((await did(more, [...named, '--incomplete', 'leave-out'])).stdout);
    expect(without.units).toBe(10);
    expect(without.simple.diagnostics[0]).toMatchObject({ what: 'incomplete-units-left-out', words: { units: 1 } });
    const sections = JSON.parse((await did(more, [...named, '--incomplete', 'cross-sections'])).stdout);
    expect([sections.kind, sections.units]).toEqual(['cross-sections', 31]);
  });

  test.each([
    {
      story: 'a unit twice in a period',
      lines: [...rows, rows[4]!],
      says: /:32:3: column year: unit 1 has period 2020 twice/,
    },
    { story: 'a missing period', lines: rows.slice(1), says: /:2:1: column town: unit 0 has no row for period 2019/ },
    {
      story: 'an empty first period',
      lines: rows.with(2, '0,2021,4,'),
      says: /:4:10: column from: the cell is empty.*or 0 for a unit/,
    },
    {
      story: 'a decimal comma',
      lines: rows.with(1, '0,2020,"4,5",2021'),
      says: /:3:8: column work: "4,5" is not a number.*4\.5/,
    },
    {
      story: 'four towns in a cohort',
      lines: rows.slice(3),
      says: /Cohort 2021 has 4 units; an error needs at least 5/,
    },
  ])('$story is refused', async ({ lines, says }) => {
    const { code, stdout, stderr } = await did(csv(lines));
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    { story: 'no unit', words: named.slice(2), says: /--unit: name the column/ },
    { story: 'unit and cross-sections', words: [...named, '--cross-sections'], says: /Give one of the two/ },
    { story: 'ten draws', words: [...named, '--draws', '10'], says: /--draws 10: give at least 100/ },
  ])('$story is refused', async ({ words, says }) => {
    const { code, stderr } = await did(csv(rows), words);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });
});
