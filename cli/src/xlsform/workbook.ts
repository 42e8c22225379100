import { readFile, stat, writeFile } from 'node:fs/promises';
import readXlsx from 'read-excel-file/node';
import writeXlsx from 'write-excel-file/node';
import type { Problem } from '@meedoen/units';
import { Refusal } from '../refusal.ts';

const largestInBytes = 5_000_000;

/** One row of a sheet by the names in its header row; empty cells are not there. */
export type SheetRow = {
  /** As spreadsheets number it, the header being 1. */
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
};

export type Sheet = {
  readonly name: string;
  /** The column names in their order. */
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
};

/** The sheets of an xlsx file by their name, every cell as text. Refuses what is no such file. */
export async function readWorkbook(path: string): Promise<ReadonlyMap<string, Sheet>> {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > largestInBytes) {
      throw new Refusal(
        `${path}: larger than 5 MB, which no questionnaire needs to be. Check that you named the right one.`,
      );
    }
    bytes = await readFile(path);
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    const { code } = problem as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Refusal(`${path}: there is no such file. Check the name and the folder you are in.`);
    if (code === 'EISDIR') throw new Refusal(`${path}: this is a folder. Name a file in it.`);
    throw new Refusal(`${path}: this file cannot be read (${code}). Check its permissions.`);
  }
  try {
    // Numbers stay as they are written: an answer called 1 is not 1.0.
    const sheets = await readXlsx(bytes, { parseNumber: (text) => text });
    return new Map(sheets.map(({ sheet, data }) => [sheet.trim(), sheetOf(sheet.trim(), data)]));
  } catch {
    throw new Refusal(`${path}: this is no xlsx file. Open it in a spreadsheet and save it as .xlsx (Excel workbook).`);
  }
}

function sheetOf(name: string, data: readonly (readonly unknown[])[]): Sheet {
  const top = data.findIndex((row) => row.some((cell) => cell !== null && cell !== ''));
  const header = (data[top] ?? []).map(textOf);
  const rows: SheetRow[] = [];
  for (const [at, row] of data.entries()) {
    if (at <= top) continue;
    const cells = new Map<string, string>();
    for (const [column, cell] of row.entries()) {
      const text = textOf(cell);
      const named = header[column];
      if (text !== '' && named) cells.set(named, text);
    }
    if (cells.size > 0) rows.push({ row: at + 1, cells });
  }
  return { name, header, rows };
}

/** What a cell says: a text, a number as it is written, TRUE, or the day of a date. */
function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'boolean') return String(cell);
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : '';
}

/** Write sheets as an xlsx file: a header row, then a row for each record. */
export async function writeWorkbook(path: string, sheets: readonly Sheet[]): Promise<void> {
  const pages = sheets.map(({ name, header, rows }) => ({
    sheet: name,
    columns: header.map((column) => ({ width: /label|hint|text/.test(column) ? 40 : 18 })),
    stickyRowsCount: 1,
    data: [
      header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map(({ cells }) =>
        header.map((column) => (cells.has(column) ? { value: cells.get(column)!, type: String } : null)),
      ),
    ],
  }));
  await writeFile(path, await writeXlsx(pages).toBuffer());
}

/** A problem in one cell, told as people find it: `form.xlsx: survey C12: …`. */
export function cellProblem(file: string, sheet: Sheet, row: number, column: string | null, message: string): Problem {
  const at = column === null ? -1 : sheet.header.indexOf(column);
  const cell = at < 0 ? `row ${row}` : `${lettersOf(at)}${row}`;
  return { at: { file: `${file}: ${sheet.name} ${cell}` }, what: 'xlsform', words: { row }, message };
}

/** A, B, … Z, AA as spreadsheets letter their columns. */
function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter;
}
