import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meedoen } from './testing.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'meedoen-evidence-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Run a verb of evidence on a file with this text. */
async function ask(verb: string, text: string | Uint8Array, ...words: string[]) {
  const file = join(folder, 'data.csv');
  writeFileSync(file, text);
  return meedoen(['evidence', verb, '--data', file, ...words]);
}
const followUp = ['--time', 'time', '--event', 'event'];

describe('what comes out', () => {
  test('survival: the hand-worked curve of six people, as CSV', async () => {
    const { code, stdout } = await ask(
      'survival',
      'time,event\n1,1\n2,1\n3,0\n4,1\n5,0\n6,1\n',
      ...followUp,
      '--format',
      'csv',
    );
    expect(code).toBe(0);
    const [header, ...rows] = stdout
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(header).toEqual(['group', 'time', 'atRisk', 'events', 'censored', 'survival', 'se', 'lower', 'upper']);
    expect(rows.map((row) => Number(row[5]).toFixed(4))).toEqual([
      '0.8333',
      '0.6667',
      '0.6667',
      '0.4444',
      '0.4444',
      '0.0000',
    ]);
    expect(rows.at(-1)!.slice(6)).toEqual(['', '', '']); // undefined once nobody is left
  });

  test('survival: rows with an empty cell are left out and counted, on stderr too', async () => {
    const { code, stdout, stderr } = await ask(
      'survival',
      'time,event,group\n1,1,a\n2,1,\n3,0,b\n4,1,b\n',
      ...followUp,
      '--group',
      'group',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('left out 1 rows with an empty cell in time, event, group.');
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 3,
      dropped: 1,
      groups: [
        { group: 'a', n: 1 },
        { group: 'b', n: 2 },
      ],
    });
  });

  test('survival: 1 and 2 are read as R reads them, and that is said', async () => {
    const { stdout, stderr } = await ask('survival', 'time,event\n1,2\n2,1\n3,2\n', ...followUp);
    expect(stderr).toContain('2 = it happened, 1 = we stopped looking');
    expect(JSON.parse(stdout)).toMatchObject({ groups: [{ events: 2 }] });
  });

  test('cox: Therneau & Grambsch’s six people, Breslow: e^β = (3 + √33)/2', async () => {
    const data = 'time,event,x\n1,1,1\n1,0,1\n6,1,1\n6,1,0\n8,0,0\n9,1,0\n';
    const { stdout } = await ask('cox', data, ...followUp, '--on', 'x', '--ties', 'breslow');
    const [term] = (JSON.parse(stdout) as { terms: { hazardRatio: { estimate: number } }[] }).terms;
    expect(term!.hazardRatio.estimate).toBeCloseTo((3 + Math.sqrt(33)) / 2, 8);
  });

  test('cox: words become one column per group', async () => {
    const data = 'time,event,x\n1,1,b\n1,0,a\n6,1,b\n6,1,a\n8,0,c\n9,1,a\n3,1,c\n';
    const { stdout } = await ask('cox', data, ...followUp, '--on', 'x', '--format', 'csv');
    expect(stdout.split('\r\n').map((line) => line.split(',')[0])).toEqual(['name', 'x b', 'x c', '']);
  });

  test('risks: all causes by name, and they add to 1 with those who wait', async () => {
    const { stdout } = await meedoen(
      'evidence risks --data cli/examples/lessons.csv --time days --cause cause --names work,left --group lesson'.split(
        ' ',
      ),
    );
    const answer = JSON.parse(stdout) as {
      groups: { curves: { cause: string; share: number[] }[] }[];
      gray: { cause: string }[];
    };
    const [, floor] = answer.groups;
    expect(floor!.curves.map(({ cause, share }) => [cause, share.at(-1)])).toEqual([
      ['waiting', 0],
      ['work', 0.75],
      ['left', 0.25],
    ]);
    expect(answer.gray.map(({ cause }) => cause)).toEqual(['work', 'left']);
  });

  test('pool: three equal studies, by hand', async () => {
    const { stdout } = await ask(
      'pool',
      'yi,sei\n0,1\n2,1\n4,1\n',
      '--effect',
      'yi',
      '--se',
      'sei',
      '--method',
      'fixed',
      '--format',
      'csv',
    );
    expect(stdout.split('\r\n')[1]!.split(',')[0]).toBe('2');
  });
});

describe('what is refused: exit code 2, where, and what to do', () => {
  test.each([
    {
      story: 'a decimal comma',
      data: 'time,event\n1,1\n"2,5",0\n',
      says: /:3:1: column time: "2,5" is not a number\. Write it with a point: 2\.5\./,
    },
    { story: 'a semicolon', data: 'time;event\n1;1\n', says: /:1:1: the columns are separated by ";"/ },
    { story: 'a date', data: 'time,event\n2026-01-02,1\n', says: /:2:1: .*This is a date/ },
    { story: 'a negative time', data: 'time,event\n1,1\n\n-3,0\n', says: /:4:1: column time: -3 is not a time/ },
    {
      story: 'a word among numbers',
      data: 'time,event\n1,1\n2,yes\n',
      says: /:3:3: column event: "yes" is not a number/,
    },
    {
      story: 'a third kind of event',
      data: 'time,event\n1,1\n2,3\n',
      says: /:3:3: column event: 3 is neither 1 nor 0/,
    },
    {
      story: 'a row that is too short',
      data: 'time,event\n1,1\n2\n',
      says: /:3:1: this row has 1 cells and the header has 2/,
    },
    {
      story: 'a quote that never ends',
      data: 'time,event\n1,"1\n',
      says: /:2:3: a quote opens here and never closes/,
    },
    {
      story: 'a misspelt column',
      data: 'tme,event\n1,1\n',
      says: /:1:1: there is no column "time"\. Did you mean "tme"\?/,
    },
    {
      story: 'a column twice',
      data: 'time,time,event\n1,1,1\n',
      says: /:1:6: the column "time" stands here for the second time/,
    },
    { story: 'an empty file', data: '', says: /:1:1: this file is empty/ },
    { story: 'no rows', data: 'time,event\n', says: /:2:1: there are no rows/ },
    { story: 'not UTF-8', data: Buffer.from('time,event\n1,\xe9\n', 'latin1'), says: /this is not UTF-8 text/ },
  ])('$story', async ({ data, says }) => {
    const { code, stdout, stderr } = await ask('survival', data, ...followUp);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('an entry at the end, by the name the file gives it; a quoted line break does not shift the line', async () => {
    const { code, stderr } = await ask(
      'survival',
      'note,start,time,event\n"two\nlines",0,5,1\nx,7,7,0\n',
      ...followUp,
      '--entry',
      'start',
    );
    expect(stderr).toMatch(/:4:3: column start: follow-up starts at 7 and ends at 7/);
    expect(code).toBe(2);
  });

  test('a horizon nobody was followed up to, and a file that is not there', async () => {
    const far = await ask('survival', 'time,event\n1,1\n2,0\n', ...followUp, '--rmst', '9');
    expect(far).toMatchObject({ code: 2, stderr: expect.stringContaining('Choose a horizon of at most 2') as string });
    const none = await meedoen(['evidence', 'survival', '--data', 'nobody.csv', ...followUp]);
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nobody.csv: there is no such file') as string,
    });
  });
});
