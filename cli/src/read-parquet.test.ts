import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTable } from './read-table.ts';
import { meedoen } from './testing.ts';
import { WordsInCells } from './words-in-cells.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-parquet-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Write what a query gives into a Parquet file of this name. */
async function parquet(name: string, query: string): Promise<string> {
  const path = join(folder, name);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

const kinds = `SELECT * FROM (VALUES
  (1, 2.5::DOUBLE, 'é, x', DATE '2026-11-25', 9007199254740993::BIGINT),
  (NULL, 3::DOUBLE, NULL, NULL, 1::BIGINT)) AS t(whole, share, text, day, large)`;

test('every kind of value is the text a CSV file would hold, and nothing is an empty text', async () => {
  const path = await parquet("kinds it's.parquet", kinds);
  const rows: unknown[] = [];
  const asked = [['whole'], ['share'], ['text'], ['other', 'day'], ['large']];
  const words = new WordsInCells();
  await readTable(path, asked, ['absent'], (row) => {
    expect(row.optional('absent')).toBeUndefined();
    expect(words.texts[row.numberOf(2, words)]).toBe(row.cell('text'));
    const { line, column } = row.problem('text', '').at!;
    expect([row.lineOf(2), row.columnOf(2)]).toEqual([line, column]);
    rows.push([`${line}:${column}`, ...['whole', 'share', 'text', 'other', 'large'].map((name) => row.cell(name))]);
  });
  expect(rows).toEqual([
    ['1:3', '1', '2.5', 'é, x', '2026-11-25', '9007199254740993'],
    ['2:3', '', '3', '', '', '1'],
  ]);
});

test('the same people give the same curves from Parquet as from CSV', async () => {
  const table = `SELECT i AS person, 1 + (i * 37) % 100 AS days, (i % 3 > 0)::INTEGER AS event, CASE WHEN i % 2 = 0 THEN 'class' ELSE 'floor' END AS lesson FROM range(5000) AS r(i)`;
  const path = await parquet('people.parquet', table);
  const csv = join(folder, 'people.csv');
  const rows = Array.from({ length: 5000 }, (_, i) =>
    [i, 1 + ((i * 37) % 100), i % 3 > 0 ? 1 : 0, i % 2 === 0 ? 'class' : 'floor'].join(','),
  );
  writeFileSync(csv, `person,days,event,lesson\n${rows.join('\n')}\n`);
  const ask = (data: string): ReturnType<typeof meedoen> =>
    meedoen([
      'evidence',
      'survival',
      '--data',
      data,
      '--time',
      'days',
      '--event',
      'event',
      '--group',
      'lesson',
      '--rmst',
      '60',
    ]);
  const [fromParquet, fromCsv] = [await ask(path), await ask(csv)];
  expect(fromParquet.code).toBe(0);
  expect(fromParquet.stdout).toBe(fromCsv.stdout);
});

test.each([
  {
    story: 'a file that is no Parquet',
    name: 'broken.parquet',
    text: 'PAR1 and no more',
    says: /broken\.parquet: this is no Parquet file/,
  },
  {
    story: 'a file that is not there',
    name: 'absent.parquet',
    text: null,
    says: /absent\.parquet: there is no such file/,
  },
])('$story', async ({ name, text, says }) => {
  const path = join(folder, name);
  if (text !== null) writeFileSync(path, text);
  await expect(readTable(path, [['a']], [], () => {})).rejects.toThrow(says);
});

test('a column that is not there, and no rows', async () => {
  const path = await parquet('names.parquet', 'SELECT 1 AS days');
  await expect(readTable(path, [['dais']], [], () => {})).rejects.toThrow(/there is no column "dais"\. Did you mean/);
  const empty = await parquet('empty.parquet', 'SELECT 1 AS days WHERE false');
  await expect(readTable(empty, [['days']], [], () => {})).rejects.toThrow(/there are no rows/);
});
