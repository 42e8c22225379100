import { type Problem } from '@meedoen/units';
import { Refusal } from './refusal.ts';
import { type Input } from './read-input.ts';

/** One cell with its place, so that whoever cannot use it can say where it stands. */
export type Cell = { readonly text: string; readonly line: number; readonly column: number };

/** A row under the header; `cell` gives the one under a name, which must be among the names asked for. */
export type Row = { cell(name: string): Cell; optional(name: string): Cell | undefined };

/** More than these are not told: somebody who sees 20 knows what is wrong. */
export const mostProblems = 20;

/**
 * A CSV file (RFC 4180; quotes, line breaks within quotes, CRLF or LF, a byte-order mark) with a header. Each entry of
 * `needed` is a column by one of its names; the first is the name by which rows give it. Columns nobody asks for are skipped.
 */
export function* readCsv(
  input: Input,
  needed: readonly (readonly string[])[],
  optional: readonly string[] = [],
): Generator<Row> {
  const records = recordsOf(input);
  const header = records.next();
  if (header.done) throw new Refusal(`${input.name}: this file is empty. Give a header and a row for each entry.`);
  const names = header.value.map(({ text }) => text.trim());
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) {
    const { line, column } = header.value[names.lastIndexOf(twice)]!;
    throw refusal(
      input,
      line,
      column,
      `the column "${twice}" stands here for the second time. Give each its own name.`,
    );
  }
  const place = new Map<string, number>();
  for (const aliases of needed) {
    const at = names.findIndex((name) => aliases.includes(name));
    if (at < 0) {
      throw refusal(
        input,
        header.value[0]!.line,
        1,
        `there is no column ${aliases.map((name) => `"${name}"`).join(' or ')}. The header has: ${names.join(', ')}.`,
      );
    }
    place.set(aliases[0]!, at);
  }
  for (const name of optional) if (names.includes(name)) place.set(name, names.indexOf(name));

  for (const cells of records) {
    if (cells.length === 1 && cells[0]!.text.trim() === '') continue;
    if (cells.length !== names.length) {
      throw refusal(
        input,
        cells[0]!.line,
        1,
        `this row has ${cells.length} cells and the header has ${names.length}. Look for a missing or extra comma or quote.`,
      );
    }
    const optionalCell = (name: string): Cell | undefined => cells[place.get(name) ?? -1];
    yield { cell: (name) => optionalCell(name)!, optional: optionalCell };
  }
}

/** All problems at once, so that a file can be mended in one go; past 20 only that there are more. */
export function refuseAll(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  if (problems.length <= mostProblems) throw new Refusal(problems);
  throw new Refusal([...problems.slice(0, mostProblems), { what: 'more', words: {}, message: 'And more like these.' }]);
}

export function cellProblem(input: Input, { line, column }: Cell, message: string): Problem {
  return { at: { file: input.name, line, column }, what: 'cell-unusable', words: {}, message };
}

function refusal(input: Input, line: number, column: number, message: string): Refusal {
  return new Refusal([{ at: { file: input.name, line, column }, what: 'csv', words: {}, message }]);
}

function* recordsOf(input: Input): Generator<Cell[]> {
  const { text } = input;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  while (at < text.length) {
    const cells: Cell[] = [];
    for (;;) {
      const place = { line, column: at - lineStart + 1 };
      let value = '';
      if (text[at] === '"') {
        at++;
        for (;;) {
          const quote = text.indexOf('"', at);
          if (quote < 0)
            throw refusal(input, place.line, place.column, 'a quote opens here and never closes. Close it.');
          for (let end = text.indexOf('\n', at); end >= 0 && end < quote; end = text.indexOf('\n', end + 1)) {
            line++;
            lineStart = end + 1;
          }
          value += text.slice(at, quote);
          at = quote + 1;
          if (text[at] !== '"') break;
          value += '"';
          at++;
        }
        if (at < text.length && !',\r\n'.includes(text[at]!)) {
          throw refusal(
            input,
            line,
            at - lineStart + 1,
            'after a closing quote comes a comma. Double a quote inside quotes.',
          );
        }
      } else {
        const start = at;
        while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
        value = text.slice(start, at);
      }
      cells.push({ text: value, ...place });
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    lineStart = at;
    yield cells;
  }
}
