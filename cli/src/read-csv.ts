import type { Place } from '@meedoen/units';
import { columnsAsked, type ColumnsAsked, type Needed } from './columns-asked.ts';
import { nameOf, readPieces } from './read-input.ts';
import type { Row, TableFile } from './read-table.ts';
import { Refusal } from './refusal.ts';
import type { WordsInCells } from './words-in-cells.ts';

/** A row of more signs than this is no row: some quote before it never closes. */
const longestRow = 4_000_000;

/**
 * Hand over each row of a large CSV file (RFC 4180, UTF-8, header first) as it streams by, or of stdin for `-`. Each
 * entry of `needed` is a column by one of its names; the first is the name by which rows give it. Nothing is kept.
 *
 * Refuses, with line and column: a file that is missing, not UTF-8 or empty, another separator than the comma, a needed
 * column that is not there, a column there twice, a row with more or fewer cells than the header, a quote out of place.
 */
export async function readCsv(
  path: string,
  needed: Needed,
  optional: readonly string[],
  onRow: (row: Row) => void,
): Promise<TableFile> {
  const file = { name: nameOf(path) };
  const cells = new CellsOfRow(file.name);
  let header: Header | null = null;
  let rows = 0;
  const place = (column: string): number => header!.places.get(column)!;
  const current: Row = {
    get line() {
      return cells.lineOf(0);
    },
    cell: (column) => cells.text(place(column)),
    numberOf: (needed, words) => cells.numberOf(header!.needed[needed]!, words),
    lineOf: (needed) => cells.lineOf(header!.needed[needed]!),
    columnOf: (needed) => cells.columnOf(header!.needed[needed]!),
    optional: (column) => (header!.places.has(column) ? cells.text(place(column)) : undefined),
    problem: (column, message) => ({ at: cells.place(place(column)), what: 'cell-unusable', words: {}, message }),
  };

  const takeRow = (): void => {
    if (header === null) {
      const names = Array.from({ length: cells.count }, (_, at) => cells.text(at));
      const asked = columnsAsked(names, needed, optional, (message, column) => cells.refusal(column, message));
      header = { size: names.length, ...asked };
    } else if (cells.count > 1 || cells.text(0) !== '') {
      if (cells.count !== header.size) {
        throw cells.refusal(
          0,
          `this row has ${cells.count} cells and the header has ${header.size}. ${cells.count < header.size ? 'Add the missing commas' : 'Put cells that hold a comma between double quotes, and write 12.5 instead of 12,5'}.`,
        );
      }
      rows++;
      onRow(current);
    }
  };

  let rest = '';
  for await (const piece of readPieces(path)) {
    const text = rest + piece;
    let at = 0;
    for (let next = cells.read(text, at, false); next > at; next = cells.read(text, at, false)) {
      takeRow();
      at = next;
    }
    rest = text.slice(at);
    if (rest.length > longestRow) throw cells.tooLong(rest);
  }
  for (let at = 0; at < rest.length; takeRow()) at = cells.read(rest, at, true);
  if (header === null)
    throw new Refusal(`${file.name}:1:1: this file is empty. Give a header line and one line per row.`);
  if (rows === 0) throw new Refusal(`${file.name}:2:1: there are no rows under the header. Give at least one.`);
  return file;
}

// The signs that mean something.
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const comma = 44;

/** Where the cells of one row stand in the text they were read from. */
class CellsOfRow {
  count = 0;
  readonly #file: string;
  #text = '';
  #from = new Int32Array(64);
  #to = new Int32Array(64);
  /** Does the cell hold doubled quotes, each of which stands for one? */
  #doubled = new Uint8Array(64);
  #line = new Int32Array(64);
  #column = new Int32Array(64);
  /** The line on which the next row begins. */
  #nextLine = 1;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Read the row that begins at `begin`: where the next one begins, or `begin` itself if the row may go on after this
   * text, which is certain not to be so when it is the `last`.
   */
  read(text: string, begin: number, last: boolean): number {
    const end = text.length;
    this.#text = text;
    this.count = 0;
    let line = this.#nextLine;
    let lineStart = begin;
    let at = begin;
    for (;;) {
      // One cell: up to a comma or the end of the line, unless a quote opens it.
      const cell = this.count++;
      if (cell === this.#from.length) this.#makeRoom();
      this.#line[cell] = line;
      this.#column[cell] = at - lineStart + 1;
      let from = at;
      let to = -1;
      let doubled = 0;
      let sign = -1;
      while (at < end && ((sign = text.charCodeAt(at)) === space || sign === tab)) at++;
      if (at < end && sign === quote) {
        const openedAt = at - lineStart + 1;
        from = ++at;
        for (;;) {
          if (at >= end) {
            if (!last) return begin;
            throw this.#refuse(this.#line[cell]!, openedAt, 'a quote opens here and never closes. Close it.');
          }
          sign = text.charCodeAt(at);
          if (sign === quote) {
            if (at + 1 >= end && !last) return begin;
            if (at + 1 >= end || text.charCodeAt(at + 1) !== quote) break;
            doubled = 1;
            at++;
          } else if (sign === lineFeed || (sign === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) {
            line++;
            lineStart = at + 1;
          }
          at++;
        }
        to = at++;
        while (at < end && ((sign = text.charCodeAt(at)) === space || sign === tab)) at++;
        if (at < end && sign !== comma && sign !== lineFeed && sign !== carriageReturn) {
          const message = 'after a closing quote comes a comma. Double a quote inside quotes.';
          throw this.#refuse(line, at - lineStart + 1, message);
        }
      } else {
        while (at < end && (sign = text.charCodeAt(at)) !== comma && sign !== lineFeed && sign !== carriageReturn) at++;
        to = at;
      }
      this.#from[cell] = from;
      this.#to[cell] = to;
      this.#doubled[cell] = doubled;
      if (at >= end) {
        if (!last) return begin;
        this.#nextLine = line + 1;
        return end;
      }
      at++;
      if (sign === comma) continue;
      if (sign === carriageReturn) {
        // CR LF ends one row, not two.
        if (at >= end && !last) return begin;
        if (at < end && text.charCodeAt(at) === lineFeed) at++;
      }
      this.#nextLine = line + 1;
      return at;
    }
  }

  /** The text of a cell, without the spaces around it. */
  text(cell: number): string {
    const text = this.#text.slice(this.#from[cell]!, this.#to[cell]!);
    return (this.#doubled[cell] === 1 ? text.replaceAll('""', '"') : text).trim();
  }

  numberOf(cell: number, words: WordsInCells): number {
    if (this.#doubled[cell] === 1) {
      const text = this.text(cell);
      return words.numberOf(text, 0, text.length);
    }
    let from = this.#from[cell]!;
    let to = this.#to[cell]!;
    while (from < to && isSpace(this.#text.charCodeAt(from))) from++;
    while (to > from && isSpace(this.#text.charCodeAt(to - 1))) to--;
    return words.numberOf(this.#text, from, to);
  }

  lineOf(cell: number): number {
    return this.#line[cell]!;
  }

  columnOf(cell: number): number {
    return this.#column[cell]!;
  }

  place(cell: number): Place {
    return { file: this.#file, line: this.#line[cell]!, column: this.#column[cell]! };
  }

  refusal(cell: number, message: string): Refusal {
    return this.#refuse(this.#line[cell]!, this.#column[cell]!, message);
  }

  tooLong(row: string): Refusal {
    const opened = row.search(/(^|,)[ \t]*"/);
    return this.#refuse(
      this.#nextLine,
      1,
      `the row that begins here is longer than ${longestRow / 1_000_000} million signs. ${opened >= 0 ? 'Probably a quote in it never closes: close it.' : 'Give each row a line of its own.'}`,
    );
  }

  #refuse(line: number, column: number, message: string): Refusal {
    return new Refusal([{ at: { file: this.#file, line, column }, what: 'csv', words: {}, message }]);
  }

  #makeRoom(): void {
    const larger = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(from.length * 2);
      to.set(from);
      return to;
    };
    this.#from = larger(this.#from);
    this.#to = larger(this.#to);
    this.#line = larger(this.#line);
    this.#column = larger(this.#column);
    const doubled = new Uint8Array(this.#doubled.length * 2);
    doubled.set(this.#doubled);
    this.#doubled = doubled;
  }
}

/** What `trim` takes away, of the signs that a CSV file is likely to hold beside a cell. */
function isSpace(sign: number): boolean {
  return sign <= space ? sign === space || (sign >= tab && sign <= carriageReturn) : sign === 0xa0 || sign === 0xfeff;
}

/** How many cells a row has, and which of them are the asked columns. */
type Header = ColumnsAsked & { readonly size: number };
