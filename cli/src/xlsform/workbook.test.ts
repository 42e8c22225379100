import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { formatProblem } from '@meedoen/units';
import { cellProblem, readWorkbook } from './workbook.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-workbook-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('cells are text as people see them, wherever the table begins', async () => {
  const path = join(folder, 'typed.xlsx');
  const data = [
    [null, null, null],
    [null, ' list_name ', 'name', 'on'],
    [null, 'often', 1, null],
    [null, null, null, null],
    [null, 'often', true, { value: new Date('2026-03-14T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }],
    [null, ' ንሓዊሩ 👩‍👩‍👧\nx ', 2026030101, '=1+1'],
  ];
  writeFileSync(path, await writeXlsx([{ sheet: 'choices', data }]).toBuffer());
  const sheet = (await readWorkbook(path)).get('choices')!;
  // An answer called 1 is not 1.0, and a version of ten digits keeps them.
  expect(sheet.rows.map(({ row, cells }) => [row, Object.fromEntries(cells)])).toEqual([
    [3, { list_name: 'often', name: '1' }],
    [5, { list_name: 'often', name: 'true', on: '2026-03-14' }],
    [6, { list_name: 'ንሓዊሩ 👩‍👩‍👧\nx', name: '2026030101', on: '=1+1' }],
  ]);
  expect(formatProblem(cellProblem('typed.xlsx', sheet, 5, 'on', 'Look here.'))).toBe(
    'typed.xlsx: choices D5: Look here.',
  );
});

test('the columns after Z have two letters', () => {
  const header = Array.from({ length: 60 }, (_, at) => `column ${at}`);
  const at = (column: number) => cellProblem('f', { name: 's', header, rows: [] }, 9, header[column]!, 'x').at?.file;
  expect([at(0), at(25), at(26), at(51), at(52)]).toEqual(['f: s A9', 'f: s Z9', 'f: s AA9', 'f: s AZ9', 'f: s BA9']);
});
