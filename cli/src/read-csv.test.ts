import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';
import { WordsInCells } from './words-in-cells.ts';

let file: string;
beforeAll(() => (file = join(mkdtempSync(join(tmpdir(), 'meedoen-csv-')), 'a.csv')));
afterAll(() => rmSync(join(file, '..'), { recursive: true, force: true }));

/** Every row as its two cells and the place of the second. */
async function read(text: string): Promise<[a: string, b: string, place: string][]> {
  writeFileSync(file, text);
  const rows: [string, string, string][] = [];
  await readCsv(file, [['a'], ['b', 'other']], [], (row) => {
    const { line, column } = row.problem('b', '').at!;
    rows.push([row.cell('a'), row.cell('b'), `${line}:${column}`]);
  });
  return rows;
}

test.each([
  { story: 'a byte-order mark', text: '\uFEFFa,b\n1,2\n', rows: [['1', '2', '2:3']] },
  { story: 'line ends of Windows', text: 'a,b\r\n1,2\r\n', rows: [['1', '2', '2:3']] },
  { story: 'line ends of an old Mac', text: 'a,b\r1,2\r', rows: [['1', '2', '2:3']] },
  { story: 'no end to the last line', text: 'a,b\n1,2', rows: [['1', '2', '2:3']] },
  { story: 'an empty line', text: 'a,b\n\n1,2\n', rows: [['1', '2', '3:3']] },
  { story: 'another order, another name', text: 'x,other,a\n0,2,1\n', rows: [['1', '2', '2:3']] },
  { story: 'spaces, also around quotes', text: 'a, b\n 1 , "2" \n', rows: [['1', '2', '2:5']] },
  { story: 'a quote in the middle of a cell', text: 'a,b\n5" pipe,2\n', rows: [['5" pipe', '2', '2:9']] },
  { story: 'a line break in quotes', text: 'a,b\n"one\ntwo",2\n', rows: [['one\ntwo', '2', '3:6']] },
])('$story', async ({ text, rows }) => {
  expect(await read(text)).toEqual(rows);
});

test('whatever is written by the rules comes back, with any line end', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 6 });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (rows, end) => {
        const text = [['a', 'b'], ...rows].map((row) => row.map(quoted).join(',') + end).join('');
        expect((await read(text)).map(([a, b]) => [a, b])).toEqual(rows.map(([a, b]) => [a.trim(), b.trim()]));
      },
    ),
  );
});

test('wherever a piece of the file ends, the rows are the same', async () => {
  const tail = '1,"x ""y"",\r\nz"\r\n22,é\r\n';
  const piece = 2 ** 20;
  for (let over = 0; over <= Buffer.byteLength(tail); over++) {
    const head = `a,b\r\n${'p'.repeat(piece - 9 - over)},0\r\n`;
    expect(Buffer.byteLength(head)).toBe(piece - over);
    expect((await read(head + tail)).slice(1)).toEqual([
      ['1', 'x "y",\r\nz', '3:3'],
      ['22', 'é', '5:4'],
    ]);
  }
});

test('a quote that never closes does not swallow a large file: the row in which it opens is named', async () => {
  const text = `a,b\n1,2\n3,"4\n${'5,6\n'.repeat(1_500_000)}`;
  await expect(read(text)).rejects.toThrow(/a\.csv:3:1: the row that begins here is longer than 4 million signs/);
});

test('words keep their numbers while many more come, whatever piece they were cut from', () => {
  const words = new WordsInCells();
  const line = 'é,éé,,1';
  expect([words.numberOf(line, 0, 1), words.numberOf(line, 2, 4), words.numberOf(line, 5, 5)]).toEqual([0, 1, 2]);
  for (let i = 0; i < 5000; i++) words.numberOf(`n${i}`, 0, `n${i}`.length);
  expect(words.numberOf('x1é', 2, 3)).toBe(0);
  expect(words.numberOf(',éé', 1, 3)).toBe(1);
  expect(words.texts.length).toBe(3 + 5000);
});
