import { indicators, readGroups, type Covariate, type Groups } from '@meedoen/evidence';
import type { Parsed, Place } from '@meedoen/units';
import { GrowingNumbers } from '../growing-numbers.ts';
import { readTable, type TableFile } from '../read-table.ts';
import { Refusal } from '../refusal.ts';
import { WordsInCells } from '../words-in-cells.ts';

/** The named columns of the rows in which each of them holds something, and how many rows did not. */
export type Rows = TableFile & {
  readonly columns: ReadonlyMap<string, Column>;
  readonly lines: ArrayLike<number>;
  readonly dropped: number;
};

/** The cells of one column: which of its words each holds, and where it begins in its line. */
class Column {
  readonly words: WordsInCells = new WordsInCells();
  readonly word: GrowingNumbers<Int32Array> = new GrowingNumbers(Int32Array);
  readonly #start: GrowingNumbers<Uint16Array> = new GrowingNumbers(Uint16Array);
  /** Cells beyond sign 65,535 of their line, or on another line than their row begins on. */
  readonly #elsewhere = new Map<number, { readonly line: number; readonly column: number }>();

  keep(word: number, rowLine: number, line: number, column: number): void {
    const near = line === rowLine && column < 65_536;
    if (!near) this.#elsewhere.set(this.word.size, { line, column });
    this.#start.push(near ? column : 0);
    this.word.push(word);
  }

  place(row: number, file: string, line: number): Place {
    return { file, ...(this.#elsewhere.get(row) ?? { line, column: this.#start.values[row]! }) };
  }
}

/**
 * The rows in which every named column holds something, column by column, as numbers of words: ten million rows of a
 * file with few different values take a hundred bytes each at most. `mayBeEmpty` names columns of which an empty cell is
 * kept, for who reads it to refuse.
 */
export async function completeRows(
  path: string,
  named: readonly (string | undefined)[],
  mayBeEmpty: readonly string[] = [],
): Promise<Rows> {
  const asked = [...new Set(named.filter((name) => name !== undefined))];
  const filled = asked.filter((name) => !mayBeEmpty.includes(name));
  const mustHold = asked.map((name) => filled.includes(name));
  const columns = asked.map(() => new Column());
  const lines = new GrowingNumbers(Int32Array);
  const words = new Int32Array(asked.length);
  let dropped = 0;
  const file = await readTable(
    path,
    asked.map((name) => [name]),
    [],
    (row) => {
      for (let at = 0; at < asked.length; at++) {
        const column = columns[at]!;
        words[at] = row.numberOf(at, column.words);
        const text = column.words.texts[words[at]!]!;
        if (mustHold[at] && (text === '' || text === 'NA')) {
          dropped++;
          return;
        }
      }
      const { line } = row;
      for (let at = 0; at < asked.length; at++) columns[at]!.keep(words[at]!, line, row.lineOf(at), row.columnOf(at));
      lines.push(line);
    },
  );
  if (lines.size === 0) {
    throw new Refusal(
      `${file.name}: every row has an empty cell in ${filled.join(', ')}. Fill them in, or name other columns.`,
    );
  }
  if (dropped > 0) console.error(`${file.name}: left out ${dropped} rows with an empty cell in ${filled.join(', ')}.`);
  return { ...file, columns: new Map(asked.map((name, at) => [name, columns[at]!])), lines: lines.values, dropped };
}

export function cellRefusal(rows: Rows, column: string, row: number, message: string): Refusal {
  const at = rows.columns.get(column)!.place(row, rows.name, rows.lines[row]!);
  return new Refusal([{ at, what: 'cell-unusable', words: {}, message }]);
}

/** The words that complete rows hold; a word of a row that was left out counts for nothing. */
function usedWords({ words, word }: Column): { readonly texts: readonly string[]; readonly used: Uint8Array } {
  const used = new Uint8Array(words.texts.length);
  const { values } = word;
  for (let i = 0; i < values.length; i++) used[values[i]!] = 1;
  return { texts: words.texts, used };
}

export function numbersOf(rows: Rows, column: string): Float64Array {
  return valuesOf(rows, column, (text) => {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    const hint = /^\d{4}-\d{2}-\d{2}/.test(text)
      ? 'This is a date: give the number of days since the start instead.'
      : /^-?\d+,\d+$/.test(text)
        ? `Write it with a point: ${text.replace(',', '.')}.`
        : 'Write a number, or leave the cell empty.';
    return `"${text}" is not a number. ${hint}`;
  });
}

/** What each cell stands for; `read` gives the value of a text, or says what is wrong with it. */
export function valuesOf(rows: Rows, column: string, read: (text: string) => number | string): Float64Array {
  const cells = rows.columns.get(column)!;
  const { texts, used } = usedWords(cells);
  const meanings = texts.map((text, at) => (used[at] === 1 ? read(text) : 0));
  const word = cells.word.values;
  if (meanings.some((meaning) => typeof meaning === 'string')) {
    const row = word.findIndex((at) => typeof meanings[at] === 'string');
    throw cellRefusal(rows, column, row, `column ${column}: ${meanings[word[row]!]!}`);
  }
  const numbers = Float64Array.from(meanings as number[]);
  const values = new Float64Array(word.length);
  for (let i = 0; i < word.length; i++) values[i] = numbers[word[i]!]!;
  return values;
}

/** What stands in each cell. */
export function textsOf(rows: Rows, column: string): string[] {
  const { words, word } = rows.columns.get(column)!;
  return Array.from(word.values, (at) => words.texts[at]!);
}

export function groupsOf(rows: Rows, column: string): Groups {
  const cells = rows.columns.get(column)!;
  const { texts, used } = usedWords(cells);
  const those = texts.filter((_, at) => used[at] === 1);
  // Numbers in the order of their size, as a reader expects 2 before 10.
  const numeric = those.every((text) => Number.isFinite(Number(text)));
  const { codes: ofThose, names } = accept(readGroups(numeric ? those.map(Number) : those, { column }), rows);
  const groupOfWord = new Int32Array(texts.length);
  for (let at = 0, next = 0; at < texts.length; at++) if (used[at] === 1) groupOfWord[at] = ofThose[next++]!;
  return { codes: cells.word.values.map((word) => groupOfWord[word]!), names };
}

export function covariatesOf(rows: Rows, column: string): Covariate[] {
  const cells = rows.columns.get(column)!;
  const isWord = cells.words.texts.map((text) => !Number.isFinite(Number(text)));
  const { values } = cells.word;
  let words = 0;
  for (let i = 0; i < values.length; i++) if (isWord[values[i]!]) words++;
  // One word among many numbers is a mistake, not a category.
  return words <= values.length / 2
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
