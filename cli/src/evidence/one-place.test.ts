// `evidence synthetic` and `evidence series`: one place against others, or against its own past.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-one-place-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(verb: string, text: string, ...words: string[]) {
  const file = join(folder, 'data.csv');
  writeFileSync(file, text);
  return meedoen(['evidence', verb, '--data', file, ...words]);
}

describe('meedoen evidence synthetic', () => {
  /** Six towns in seven years; the last gains 4 in the last two. */
  const rows = Array.from({ length: 6 }, (_, town) =>
    Array.from({ length: 7 }, (__, year) => {
      const noise = ((town * 5 + year * 3) % 7) / 7;
      return `town ${town},${2001 + year},${town + year + noise + (town === 5 && year > 4 ? 4 : 0)},${town === 5 ? 2006 : 'never'}`;
    }),
  ).flat();
  const csv = (lines: readonly string[]): string => `town,year,work,from\n${lines.join('\n')}\n`;
  const named = ['--unit', 'town', '--period', 'year', '--outcome', 'work', '--first-treated', 'from'];

  test('prints the effect, weights and placebos; the series as CSV', async () => {
    const { code, stdout } = await ask('synthetic', csv(rows), ...named);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(Math.abs(answer.estimate - 4)).toBeLessThan(1);
    expect(answer).toMatchObject({ treated: ['town 5'], start: 2006, level: 3 });
    expect(answer.placebos).toHaveLength(5);
    const series = await ask('synthetic', csv(rows), ...named, '--method', 'control', '--format', 'csv');
    expect(series.stdout.split('\r\n').slice(0, 2)).toEqual([
      'period,treated,synthetic',
      expect.stringMatching(/^2001,5/),
    ]);
  });

  test.each([
    {
      story: 'two starts',
      lines: rows.map((row) => row.replace(/^(town 4.*),never$/, '$1,2005')),
      says: /Units start in 2005, 2006/,
    },
    {
      story: 'two years before',
      lines: rows.map((row) => row.replace(/,2006$/, ',2003')),
      says: /There are 2 periods before/,
    },
  ])('$story is refused', async ({ lines, says }) => {
    const { code, stdout, stderr } = await ask('synthetic', csv(lines), ...named);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('meedoen evidence series', () => {
  const rows = Array.from({ length: 24 }, (_, t) => `${t + 1},${t + (t >= 12 ? 6 : 0) + ((t * 5) % 7) / 7}`);
  const csv = (lines: readonly string[]): string => `month,work\n${lines.join('\n')}\n`;
  const named = ['--period', 'month', '--outcome', 'work', '--start', '13'];

  test('prints level, slope, mean effect, lags and the check of what is left', async () => {
    const { code, stdout } = await ask('series', csv(rows), ...named);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(Math.abs(answer.estimate - 6)).toBeLessThan(1);
    expect(answer).toMatchObject({ before: 12, after: 12, lags: 2, level: 2, autocorrelation: { degrees: 2 } });
  });

  test.each([
    {
      story: 'a month twice',
      lines: [...rows, '5,1'],
      words: named,
      says: /:26:1: column month: period 5 stands here for the second time/,
    },
    {
      story: 'a missing month',
      lines: rows.toSpliced(7, 1),
      words: named,
      says: /:9:1: column month: between 7 and 9 a period is missing/,
    },
    {
      story: 'a start that is no number',
      lines: rows,
      words: named.with(5, 'May'),
      says: /--start May: write a number/,
    },
  ])('$story is refused', async ({ lines, words, says }) => {
    const { code, stdout, stderr } = await ask('series', csv(lines), ...words);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
