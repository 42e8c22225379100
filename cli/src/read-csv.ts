import type { Place, Problem } from '@meedoen/units';
import { didYouMean } from './nearest.ts';
import { nameOf, readPieces } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** The row that streams by; it holds only until the next. */
export type Row = {
  /** The line of the file it begins on. */
  readonly line: number;
  /** The text under a needed column, without the spaces around it. */
  cell(column: string): string;
  /** The same under an optional one, if the file has it. */
  optional(column: string): string | undefined;
  /** Where that cell begins in the text of the file; `CsvFile` makes a line and column of it, also after the last row. */
  start(column: string): number;
  /** What is wrong with that cell, and where it stands. */
  problem(column: string, message: string): Problem;
};

export type CsvFile = { /** How messages call it. */ readonly name: string; placeOf(start: number): Place };

/**
 * Hand over each row of a large CSV file (RFC 4180, UTF-8, header first) as it streams by, or of stdin for `-`. Each
 * entry of `needed` is a column by one of its names; the first is the name by which rows give it. Nothing is kept but
 * where each line begins.
 *
 * Refuses, with line and column: a file that is missing, not UTF-8 or empty, another separator than the comma, a needed
 * column that is not there, a column there twice, a row with more or fewer cells than the header, a quote out of place.
 */
export async function readCsv(
  path: string,
  needed: readonly (readonly string[])[],
  optional: readonly string[],
  onRow: (row: Row) => void,
): Promise<CsvFile> {
  const lineStarts = [0];
  const file: CsvFile = { name: nameOf(path), placeOf: (start) => placeOf(nameOf(path), lineStarts, start) };
  const refusal: RefusalAt = (start, message) =>
    new Refusal([{ at: file.placeOf(start), what: 'csv', words: {}, message }]);
  let header: Header | null = null;
  let row: string[] = [];
  let starts: number[] = [];
  let rowLine = 1;
  let rows = 0;

  let places: ReadonlyMap<string, number> = new Map();
  const current: Row = {
    get line() {
      return rowLine;
    },
    cell: (column) => row[places.get(column)!]!.trim(),
    optional: (column) => row[places.get(column) ?? -1]?.trim(),
    start: (column) => starts[places.get(column)!]!,
    problem: (column, message) => ({
      at: file.placeOf(starts[places.get(column)!]!),
      what: 'cell-unusable',
      words: {},
      message,
    }),
  };
  const endRow = (): void => {
    if (header === null) {
      header = headerOf(row, starts, needed, optional, refusal);
      places = header.places;
    } else if (row.length > 1 || row[0]!.trim() !== '') {
      const { size } = header;
      if (row.length !== size) {
        throw refusal(
          starts[0]!,
          `this row has ${row.length} cells and the header has ${size}. ${row.length < size ? 'Add the missing commas' : 'Put cells that hold a comma between double quotes, and write 12.5 instead of 12,5'}.`,
        );
      }
      rows++;
      onRow(current);
    }
    row = [];
    starts = [];
  };

  let cell = '';
  let quoted = false;
  // Places in the text, counted from its start: this piece, this cell, its quotes, the last carriage return.
  let pieceStart = 0;
  let cellStart = 0;
  let openedAt = -1;
  let closedAt = -1;
  let returnAt = -1;
  // The signs: 34 opens and closes a quote, 44 is the comma, 10 and 13 end a line.
  for await (const piece of readPieces(path)) {
    let begin = 0;
    for (let at = 0; at < piece.length; at++) {
      const sign = piece.charCodeAt(at);
      if (quoted) {
        if (sign === 34) {
          cell += piece.slice(begin, at);
          begin = at + 1;
          quoted = false;
          closedAt = pieceStart + at;
        } else if (sign === 10) lineStarts.push(pieceStart + at + 1);
      } else if (sign === 44 || sign === 10 || sign === 13) {
        if (sign === 10 && returnAt >= 0 && returnAt === pieceStart + at - 1) {
          // CR LF ends one row, not two: the line begins one sign further.
          lineStarts[lineStarts.length - 1]!++;
        } else {
          row.push(cell + piece.slice(begin, at));
          starts.push(cellStart);
          if (sign !== 44) {
            endRow();
            lineStarts.push(pieceStart + at + 1);
            rowLine = lineStarts.length;
            if (sign === 13) returnAt = pieceStart + at;
          }
        }
        cell = '';
        begin = at + 1;
        cellStart = pieceStart + begin;
        closedAt = -1;
      } else if (sign === 34 && closedAt >= 0 && closedAt === pieceStart + at - 1) {
        // A doubled quote inside quotes is one quote.
        cell += '"';
        begin = at + 1;
        quoted = true;
        closedAt = -1;
      } else if (closedAt >= 0) {
        if (sign !== 32 && sign !== 9) {
          throw refusal(pieceStart + at, 'after a closing quote comes a comma. Double a quote inside quotes.');
        }
      } else if (sign === 34 && (cell + piece.slice(begin, at)).trim() === '') {
        cell = '';
        begin = at + 1;
        quoted = true;
        openedAt = pieceStart + at;
      }
    }
    cell += piece.slice(begin);
    pieceStart += piece.length;
  }
  if (quoted) throw refusal(openedAt, 'a quote opens here and never closes. Close it.');
  if (cell !== '' || row.length > 0) {
    row.push(cell);
    starts.push(cellStart);
    endRow();
  }
  if (header === null) throw refusal(0, 'this file is empty. Give a header line and one line per row.');
  if (rows === 0) throw new Refusal(`${file.name}:2:1: there are no rows under the header. Give at least one.`);
  return file;
}

/** A text cut out of a large file keeps the whole piece alive; what is to stay is copied. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}

/** Line and column, from 1, of a place in the text: in the last line that begins before it or there. */
function placeOf(file: string, lineStarts: readonly number[], start: number): Place {
  const at = lineStarts.findLastIndex((lineStart) => lineStart <= start);
  return { file, line: at + 1, column: start - lineStarts[at]! + 1 };
}

type RefusalAt = (start: number, message: string) => Refusal;

/** How many cells a row has, and which of them is an asked column. */
type Header = { readonly size: number; readonly places: ReadonlyMap<string, number> };

function headerOf(
  row: readonly string[],
  starts: readonly number[],
  needed: readonly (readonly string[])[],
  optional: readonly string[],
  refusal: RefusalAt,
): Header {
  const names = row.map((text) => text.trim());
  const places = new Map<string, number>();
  const keep = (asked: string, at: number): void => {
    const again = names.indexOf(names[at]!, at + 1);
    if (again >= 0) {
      throw refusal(
        starts[again]!,
        `the column "${names[again]}" stands here for the second time. Give each its own name.`,
      );
    }
    places.set(asked, at);
  };

  for (const aliases of needed) {
    const found = aliases.find((alias) => names.includes(alias));
    if (found === undefined) {
      const other = names.length === 1 && /[;\t|]/.exec(names[0]!);
      throw refusal(
        0,
        other
          ? `the columns are separated by "${other[0] === '\t' ? 'a tab' : other[0]}". Save the file with commas between columns and points in numbers.`
          : `there is no column ${aliases.map((alias) => `"${alias}"`).join(' or ')}.${didYouMean(aliases[0]!, names)} The columns are: ${names.join(', ')}.`,
      );
    }
    keep(aliases[0]!, names.indexOf(found));
  }
  for (const name of optional) if (names.includes(name)) keep(name, names.indexOf(name));
  return { size: names.length, places };
}
