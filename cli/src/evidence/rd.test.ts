import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-rd-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = ['--running', 'score', '--outcome', 'days'];
async function rd(text: string, ...words: string[]) {
  const file = join(folder, 'data.csv');
  writeFileSync(file, text);
  return meedoen(['evidence', 'rd', '--data', file, ...named, ...words]);
}

/** Scores −20 to 20 in tenths; from 0 on 10 days less. */
const rows = Array.from({ length: 401 }, (_, i) => (i - 200) / 10).map(
  (score, i) => `${score},${100 - score - (score >= 0 ? 10 : 0) + ((i * 37) % 11) - 5}`,
);
const csv = (lines: readonly string[]): string => `score,days\n${lines.join('\n')}\n`;

describe('meedoen evidence rd', () => {
  test('prints the jump, bandwidths, rows and checks', async () => {
    const { code, stdout } = await rd(csv(rows));
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer.rows).toBe(401);
    expect(answer.rowsBySide).toEqual([200, 201]);
    expect(Math.abs(answer.estimate + 10)).toBeLessThan(3);
    expect(answer.ci.lower).toBeLessThan(-10);
    expect(answer.ci.upper).toBeGreaterThan(-10);
    expect(answer).toMatchObject({ rule: 'mserd', residuals: 'neighbours', kernel: 'triangular' });
    expect(Object.keys(answer.checks)).toEqual([
      'failed',
      'density',
      'covariates',
      'placeboCutoffs',
      'donuts',
      'widths',
    ]);
  });

  describe('who received it', () => {
    // Below an eighth receive it, from the cutoff on seven eighths.
    const shared = (share: (i: number) => number): string =>
      `score,days,got\n${rows.map((row, i) => `${row},${share(i)}`).join('\n')}\n`;
    const likelier = shared((i) => ((i < 200 ? i % 8 === 0 : i % 8 !== 0) ? 1 : 0));

    test('the effect of receiving beside that of the rule', async () => {
      const { code, stdout } = await rd(likelier, '--received', 'got');
      expect(code).toBe(0);
      const { estimate, receiving } = JSON.parse(stdout);
      expect(receiving.estimate).toBeCloseTo(estimate / receiving.shareReceived.jump, 10);
      // 10 days less for three quarters more.
      expect(Math.abs(receiving.estimate + 10 / 0.75)).toBeLessThan(4);
    });

    test('as CSV: two rows; one, and why, when the share hardly jumps', async () => {
      const both = await rd(likelier, '--received', 'got', '--format', 'csv');
      expect(
        both.stdout
          .trim()
          .split('\r\n')
          .map((line) => line.split(',')[0]),
      ).toEqual(['effect', 'of the rule', 'of receiving']);
      const weak = await rd(
        shared((i) => i % 2),
        '--received',
        'got',
        '--format',
        'csv',
      );
      expect(weak.code).toBe(0);
      expect(weak.stdout.trim().split('\r\n')).toHaveLength(2);
      expect(weak.stderr).toMatch(/the effect of receiving is not shown.*jumps by/);
    });

    test('a share in per cent is refused, with its line', async () => {
      const { code, stderr } = await rd(
        shared((i) => (i === 3 ? 75 : 0)),
        '--received',
        'got',
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(/:5:\d+: column got: 75 is no share/);
    });
  });

  test('another cutoff and bandwidth, as CSV', async () => {
    const { stdout } = await rd(csv(rows), '--cutoff', '-5', '--h', '4', '--format', 'csv');
    const [head, line] = stdout
      .trim()
      .split('\r\n')
      .map((text) => text.split(','));
    const at = (name: string): number => Number(line![head!.indexOf(name)]);
    expect([at('hBelow'), at('bAbove'), at('rowsAbove')]).toEqual([4, 4, 40]);
    expect(Math.abs(at('estimate'))).toBeLessThan(5);
  });

  test.each([
    {
      story: 'a decimal comma',
      lines: rows.with(0, '"-20,5",1'),
      says: /:2:1: column score: "-20,5" is not a number.*-20\.5/,
    },
    { story: 'one running value', lines: rows.map(() => '3,4'), says: /The running variable is 3 in every row/ },
  ])('$story is refused', async ({ lines, says }) => {
    const { code, stdout, stderr } = await rd(csv(lines));
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    { story: 'a cutoff beyond the data', words: ['--cutoff', '99'], says: /The cutoff 99 has rows on one side only/ },
    { story: 'a cutoff with a comma', words: ['--cutoff', '1,5'], says: /Write it with a point: 1\.5/ },
    { story: 'a bandwidth without rows', words: ['--h', '0.05'], says: /too few different running values/ },
  ])('$story is refused', async ({ words, says }) => {
    const { code, stderr } = await rd(csv(rows), ...words);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });
});
