import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen, root } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-panel-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const example = readFileSync(join(root, 'cli/examples/instrument.json'), 'utf8');

async function panel(csv: string, { instrument = example, more = [] as readonly string[] } = {}) {
  const data = join(folder, 'data.csv');
  const form = join(folder, 'instrument.json');
  writeFileSync(data, csv);
  writeFileSync(form, instrument);
  const words = ['evidence', 'panel', '--data', data, '--instrument', form, '--person', 'who', '--wave', 'month'];
  return meedoen([...words, ...more]);
}

const head = 'who,month,age,calm,tired,hopeful\n';
// Calm, awake and hopeful by 1, 2 or 3 of 4 more: 25, 50 and 75 points; a fourth person is seen once.
const four = `${head}a,0,20,1,3,1\na,6,20,2,2,2\nb,0,30,1,3,1\nb,6,30,3,1,3\nc,0,40,1,3,1\nc,6,40,4,0,4\nd,0,30,1,,1\n`;

describe('meedoen evidence panel', () => {
  test('by hand: 25, 50 and 75 points better, all by at least 10; a fourth could be anywhere', async () => {
    const { code, stdout, stderr } = await panel(four);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { waves, change, nonResponse, people } = JSON.parse(stdout);
    expect(people).toBe(4);
    expect(waves[0]).toMatchObject({
      wave: 0,
      rows: 4,
      withoutScore: 0,
      mean: 25,
      sd: 0,
      alpha: { refused: 'scores-constant' },
    });
    expect(change.waves[0]).toMatchObject({ wave: 6, estimate: 50, n: 3, important: { better: { estimate: 1 } } });
    expect(nonResponse[0]).toMatchObject({ began: 4, stayed: 3, weighted: { effectiveSize: 3 } });
    expect(nonResponse[0].weighted.estimate).toBeCloseTo(50, 10);
    expect(nonResponse[0].bounds).toEqual({ lower: (150 - 25) / 4, upper: (150 + 75) / 4 });
    expect(stdout).not.toContain('influence');
    expect((await panel(four)).stdout).toBe(stdout);
  });

  test('when a characteristic tells who stayed without exception, there are bounds and no weights, said aloud', async () => {
    const apart = four.replace('d,0,30', 'd,0,90');
    const { code, stdout, stderr } = await panel(apart, { more: ['--on', 'age', '--format', 'csv'] });
    expect(code).toBe(0);
    expect(stderr).toContain('wave 6 is not weighted');
    expect(stdout.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      'way',
      'seen at both',
      'worst and best case',
      '',
    ]);
  });

  test.each([
    {
      story: 'an answer out of range',
      csv: four.replace('b,6,30,3', 'b,6,30,7'),
      says: /data\.csv:5:8: column calm: 7 is no answer .* from 0 to 4/,
    },
    {
      story: 'an answer in words',
      csv: four.replace('b,6,30,3', 'b,6,30,yes'),
      says: /data\.csv:5:8: column calm: "yes" is not a number/,
    },
    {
      story: 'somebody twice in a wave',
      csv: `${four}a,6,20,1,1,1\n`,
      says: /data\.csv:9:3: column month: person a is in wave 6 twice/,
    },
    {
      story: 'a row that names nobody',
      csv: `${four},6,20,1,1,1\n`,
      says: /1 rows have an empty cell in who, month.*fill the cells in/,
    },
    { story: 'one wave', csv: `${head}a,0,20,1,1,1\nb,0,20,1,1,1\n`, says: /one wave only/ },
  ])('refused: $story', async ({ csv, says }) => {
    const { code, stdout, stderr } = await panel(csv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  test('refused: an instrument that does not say how it is scored, with file and pointer', async () => {
    const { code, stderr } = await panel(four, { instrument: example.replace('"mean"', '"median"') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/instrument\.json: \/scoring: Write "sum" or "mean"/);
  });
});
