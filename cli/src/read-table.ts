import type { Problem } from '@meedoen/units';
import type { Needed } from './columns-asked.ts';
import { readCsv } from './read-csv.ts';
import { readParquet } from './read-parquet.ts';
import type { WordsInCells } from './words-in-cells.ts';

/** The row that streams by; it holds only until the next. */
export type Row = {
  /** The line of the file it begins on. */
  readonly line: number;
  /** The text under a needed column, without the spaces around it. */
  cell(column: string): string;
  /** For millions of rows: the cell of the needed column in this place of the list, as its number among known words. No text is made. */
  numberOf(needed: number, words: WordsInCells): number;
  /** Line and column where that cell begins. */
  lineOf(needed: number): number;
  columnOf(needed: number): number;
  /** The same under an optional one, if the file has it. */
  optional(column: string): string | undefined;
  /** What is wrong with that cell, and where it stands. */
  problem(column: string, message: string): Problem;
};

export type TableFile = { /** How messages call it. */ readonly name: string };

/**
 * Hand over each row of a large table as it streams by: a Parquet file by its name, else CSV; `-` is stdin. Each entry of
 * `needed` is a column by one of its names; the first is the name by which rows give it; a function chooses them from the header. Nothing is kept.
 */
export function readTable(
  path: string,
  needed: Needed,
  optional: readonly string[],
  onRow: (row: Row) => void,
): Promise<TableFile> {
  return (/\.parquet$/i.test(path) ? readParquet : readCsv)(path, needed, optional, onRow);
}
