import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-states-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const columns = '--id id --start from --stop until --to to --states searching,work,gone';
async function states(data: string, words = '') {
  const file = join(folder, 'data.csv');
  writeFileSync(file, data);
  return meedoen(['evidence', 'states', '--data', file, ...`${columns} ${words}`.trim().split(' ')]);
}
/** Two people find work, one of them loses it; one goes. */
const four =
  'id,from,until,to\nann,0,2,work\nann,2,6,\nben,0,1,work\nben,1,3,searching\nben,3,6,\ncem,0,6,\ndia,0,4,gone\n';

describe('what comes out', () => {
  test('shares of four people, by hand', async () => {
    const { code, stdout } = await states(four, '--format csv');
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['group', 'state', 'time', 'atRisk', 'share', 'se', 'lower', 'upper']);
    const work = rows.filter((row) => row[1] === 'work').map((row) => Number(row[4]).toFixed(4));
    expect(work).toEqual(['0.2500', '0.5000', '0.2500', '0.2500']);
  });

  test('days in each state, and another word for no change', async () => {
    const said = four.replaceAll(/,$/gm, ',same');
    const { stdout } = await states(said, '--nothing same --horizon 6');
    const { groups } = JSON.parse(stdout) as { groups: { timeInStates: { state: string; estimate: number }[] }[] };
    expect(groups[0]!.timeInStates.map(({ estimate }) => estimate.toFixed(4))).toEqual(['4.0000', '1.5000', '0.5000']);
  });

  test('two groups: the difference', async () => {
    const words =
      'evidence states --data cli/examples/histories.csv --id person --start start --stop stop --to to --states searching,work,gone --group lesson --horizon 300';
    const { stdout } = await meedoen(words.split(' '));
    const { timeInStatesDifference: all } = JSON.parse(stdout) as { timeInStatesDifference: { estimate: number }[] };
    expect(all.reduce((total, { estimate }) => total + estimate, 0)).toBeCloseTo(0, 10);
    expect(stdout).not.toContain('influence');
  });
});

describe('what is refused: exit code 2, where, and what to do', () => {
  test.each([
    {
      story: 'rows that overlap',
      data: four.replace('ann,2,6', 'ann,1,6'),
      says: /:3:5: column from: this row of ann starts at 1, before the row before it stops at 2/,
    },
    {
      story: 'an unknown state',
      data: four.replace('gone', 'flown'),
      says: /:8:9: column to: “flown” is not in the list of states/,
    },
    {
      story: 'a row of no length',
      data: four.replace('dia,0,4', 'dia,4,4'),
      says: /:8:5: column from: the row starts at 4 and stops at 4/,
    },
    { story: 'a horizon beyond follow-up', data: four, words: '--horizon 9', says: /was followed up to 6, not to 9/ },
    { story: 'a decimal comma', data: four.replace('0,6,\ndia', '0,"5,5",\ndia'), says: /Write it with a point: 5\.5/ },
  ])('$story', async ({ data, words, says }) => {
    const ended = await states(data, words);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(says);
  });
});
