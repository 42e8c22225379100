import { indicators, readGroups, type Covariate, type Groups } from '@meedoen/evidence';
import type { Parsed } from '@meedoen/units';
import { ownCopy, readCsv, type CsvFile } from '../read-csv.ts';
import { Refusal } from '../refusal.ts';

/** The named columns of the rows in which each of them holds something, and how many rows did not. */
export type Rows = CsvFile & {
  readonly columns: ReadonlyMap<string, Column>;
  readonly lines: readonly number[];
  readonly dropped: number;
};

/** The cells of one column, and where each begins in the file. */
type Column = { readonly cells: string[]; readonly starts: number[] };

export async function completeRows(path: string, named: readonly (string | undefined)[]): Promise<Rows> {
  const asked = [...new Set(named.filter((name) => name !== undefined))];
  const columns = new Map(asked.map((name): [string, Column] => [name, { cells: [], starts: [] }]));
  const lines: number[] = [];
  let dropped = 0;
  // A text that comes back is kept once.
  const known = new Map<string, string>();
  const kept = (text: string): string => {
    let copy = known.get(text);
    if (copy === undefined) {
      copy = ownCopy(text);
      if (known.size < 100_000) known.set(copy, copy);
    }
    return copy;
  };
  const file = await readCsv(
    path,
    asked.map((name) => [name]),
    [],
    (row) => {
      if (asked.some((name) => row.cell(name) === '' || row.cell(name) === 'NA')) {
        dropped++;
        return;
      }
      for (const [name, { cells, starts }] of columns) {
        cells.push(kept(row.cell(name)));
        starts.push(row.start(name));
      }
      lines.push(row.line);
    },
  );
  if (lines.length === 0) {
    throw new Refusal(
      `${file.name}: every row has an empty cell in ${asked.join(', ')}. Fill them in, or name other columns.`,
    );
  }
  if (dropped > 0) console.error(`${file.name}: left out ${dropped} rows with an empty cell in ${asked.join(', ')}.`);
  return { ...file, columns, lines, dropped };
}

function cellsOf(rows: Rows, column: string): readonly string[] {
  return rows.columns.get(column)!.cells;
}

export function cellRefusal(rows: Rows, column: string, row: number, message: string): Refusal {
  const at = rows.placeOf(rows.columns.get(column)!.starts[row]!);
  return new Refusal([{ at, what: 'cell-unusable', words: {}, message }]);
}

export function numbersOf(rows: Rows, column: string): number[] {
  return cellsOf(rows, column).map((cell, row) => {
    const value = Number(cell);
    if (Number.isFinite(value) && cell !== '') return value;
    const hint = /^\d{4}-\d{2}-\d{2}/.test(cell)
      ? 'This is a date: give the number of days since the start instead.'
      : /^-?\d+,\d+$/.test(cell)
        ? `Write it with a point: ${cell.replace(',', '.')}.`
        : 'Write a number, or leave the cell empty.';
    throw cellRefusal(rows, column, row, `column ${column}: "${cell}" is not a number. ${hint}`);
  });
}

export function groupsOf(rows: Rows, column: string): Groups {
  const cells = cellsOf(rows, column);
  // Numbers in the order of their size, as a reader expects 2 before 10.
  const numeric = cells.every((cell) => Number.isFinite(Number(cell)));
  return accept(readGroups(numeric ? cells.map(Number) : cells, { column }), rows);
}

export function covariatesOf(rows: Rows, column: string): Covariate[] {
  const cells = cellsOf(rows, column);
  const words = cells.filter((cell) => !Number.isFinite(Number(cell))).length;
  // One word among many numbers is a mistake, not a category.
  return words <= cells.length / 2
    ? [{ name: column, values: numbersOf(rows, column) }]
    : indicators(groupsOf(rows, column), column);
}

/** The value, or a refusal that names the line of the file and the column by the name it has there. */
export function accept<T>(parsed: Parsed<T>, rows: Rows, named: Readonly<Record<string, string>> = {}): T {
  if (parsed.ok) return parsed.value;
  const { problem } = parsed;
  const { row, column } = problem.words;
  if (typeof row !== 'number') throw new Refusal(`${rows.name}: ${problem.message}`);
  const name = named[String(column)] ?? String(column);
  const message = problem.message.replace(/^Row \d+, column [^:]*/, `column ${name}`);
  throw cellRefusal(rows, name, row - 1, message);
}

/** A part of the answer that may not exist: then its reason stands in its place. */
export function answerOrReason<T>(parsed: Parsed<T>, shown: (value: T) => unknown = (value) => value): unknown {
  return parsed.ok ? shown(parsed.value) : { refused: parsed.problem.what, reason: parsed.problem.message };
}
