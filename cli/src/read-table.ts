import { createReadStream } from 'node:fs';
import { didYouMean } from './nearest.ts';
import { Refusal } from './refusal.ts';

/** One column of cells, and where in its line each begins (from 1). */
export type Column = { readonly cells: readonly string[]; readonly starts: readonly number[] };

/** The asked columns, and the line of the file each row begins on. */
export type Table = {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly lines: readonly number[];
};

/**
 * Read columns of a large CSV file (RFC 4180, UTF-8, header first) as it streams by, or of stdin for `-`. Only the asked
 * columns are kept, and no object per cell.
 *
 * Refuses, with line and column: a file that is missing, not UTF-8 or empty, another separator than the comma, a column
 * that is not there or there twice, a row with more or fewer cells than the header, a quote that never ends.
 */
export async function readTable(path: string, asked: readonly string[]): Promise<Table> {
  const name = path === '-' ? 'stdin' : path;
  const columns = new Map(asked.map((column) => [column, { cells: [] as string[], starts: [] as number[] }]));
  const lines: number[] = [];
  /** A cell keeps alive the piece of file it was cut from, unless the same text is kept once. */
  const known = new Map<string, string>();
  let keepers: (Keeper | undefined)[] | null = null;
  let row: string[] = [];
  let starts: number[] = [];
  let rowLine = 1;

  const endRow = (): void => {
    if (keepers === null) {
      keepers = keepersOf(name, row, columns);
    } else if (row.length > 1 || row[0] !== '' || keepers.length === 1) {
      if (row.length !== keepers.length) {
        const few = row.length < keepers.length;
        throw new Refusal(
          `${name}:${rowLine}:1: this row has ${row.length} cells and the header has ${keepers.length}. ${few ? 'Add the missing commas' : 'Put cells that hold a comma between double quotes, and write 12.5 instead of 12,5'}.`,
        );
      }
      for (let at = 0; at < row.length; at++) {
        const keeper = keepers[at];
        if (keeper === undefined) continue;
        const cell = row[at]!.trim();
        let kept = known.get(cell);
        if (kept === undefined) {
          kept = Buffer.from(cell).toString();
          if (known.size < 1_000_000) known.set(kept, kept);
        }
        keeper.cells.push(kept);
        keeper.starts.push(starts[at]!);
      }
      lines.push(rowLine);
    }
    row = [];
    starts = [];
  };

  let cell = '';
  let line = 1;
  let quoted = false;
  let afterQuote = false;
  /** Signs before this piece of the file, before this line and before this cell. */
  let before = 0;
  let lineStart = 0;
  let cellStart = 0;
  for await (const text of piecesOf(path, name)) {
    let begin = 0;
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (quoted) {
        if (sign === 10) line++;
        if (sign === 34) {
          cell += text.slice(begin, at);
          begin = at + 1;
          quoted = false;
          afterQuote = true;
        }
      } else if (sign === 34) {
        // A doubled quote inside quotes is one quote.
        if (afterQuote) cell += '"';
        cell += text.slice(begin, at);
        begin = at + 1;
        quoted = true;
        afterQuote = false;
      } else if (sign === 44 || sign === 10) {
        row.push(cell + text.slice(begin, at));
        starts.push(cellStart - lineStart + 1);
        cell = '';
        begin = at + 1;
        cellStart = before + begin;
        afterQuote = false;
        if (sign === 10) {
          endRow();
          rowLine = ++line;
          lineStart = cellStart;
        }
      } else afterQuote &&= sign === 13;
    }
    cell += text.slice(begin);
    before += text.length;
  }
  if (quoted) throw new Refusal(`${name}:${rowLine}:1: a double quote in this row never ends. Close it.`);
  if (cell !== '' || row.length > 0) {
    row.push(cell);
    starts.push(cellStart - lineStart + 1);
    endRow();
  }
  if (keepers === null) throw new Refusal(`${name}:1:1: the file is empty. Give a header line and one line per row.`);
  if (lines.length === 0) throw new Refusal(`${name}:2:1: there are no rows under the header. Give at least one.`);
  return { name, columns, lines };
}

type Keeper = { readonly cells: string[]; readonly starts: number[] };

/** For each place in a row, the list that keeps its cells, if anybody asked for it. */
function keepersOf(name: string, header: readonly string[], columns: Map<string, Keeper>): (Keeper | undefined)[] {
  const names = header.map((text) => text.trim());
  for (const column of columns.keys()) {
    const at = names.indexOf(column);
    if (at < 0) {
      const other = names.length === 1 && /[;\t|]/.exec(names[0]!);
      throw new Refusal(
        other
          ? `${name}:1:1: the columns are separated by "${other[0] === '\t' ? 'a tab' : other[0]}". Save the file with commas between columns and points in numbers.`
          : `${name}:1:1: there is no column "${column}".${didYouMean(column, names)} The columns are: ${names.join(', ')}.`,
      );
    }
    if (names.includes(column, at + 1)) {
      throw new Refusal(`${name}:1:1: two columns are called "${column}". Give each its own name.`);
    }
  }
  return names.map((column) => columns.get(column));
}

async function* piecesOf(path: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new Refusal(`${name}: this is not UTF-8 text. Save the file as UTF-8 and try again.`);
    }
  };
  try {
    for await (const bytes of stream) yield decode(bytes as Uint8Array);
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    const { code, message } = problem as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Refusal(`${path}: there is no such file. Check the name and the folder you are in.`);
    if (code === 'EISDIR') throw new Refusal(`${path}: this is a folder. Name a file in it.`);
    throw new Refusal(`${path}: this file cannot be read (${code ?? message}). Check its permissions.`);
  }
  yield decode();
}
