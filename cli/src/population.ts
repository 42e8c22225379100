import {
  checkFact,
  columnsOf,
  contradictionFinder,
  unknownCode,
  type Columns,
  type Corpus,
  type FactRow,
} from '@meedoen/rights';
import type { Parsed, Problem } from '@meedoen/units';
import { otherSeparator, type ColumnRefusal } from './columns-asked.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { didYouMean } from './nearest.ts';
import { readTable, type Row, type TableFile } from './read-table.ts';
import { mostProblems, refuseAll } from './refusal.ts';
import { today } from './today.ts';
import { WordsInCells } from './words-in-cells.ts';

/** Many people, a row each or a row for several alike. */
export type Population = TableFile & {
  readonly rows: number;
  readonly columns: Columns;
  /** How many people a row stands for. */
  readonly count: (row: number) => number;
  /** What the file calls a row, or its place, counted from 1. */
  readonly person: (row: number) => string;
};

const countColumn = 'count';
const idColumn = 'id';

/**
 * The people of a CSV or Parquet file (`-` is stdin): a column per fact id. An empty cell was not asked, `null` was asked
 * and is not known. `count` says how many people a row stands for, `id` what to call it. Every cell is checked as a fact
 * of a situation is; faults are refused with file, line and column.
 */
export async function readPopulation({ facts: table }: Corpus, path: string): Promise<Population> {
  const ids = table.facts.map(({ id }) => id);
  const known = new Set([...ids, countColumn, idColumn]);
  let columns: FactColumn[] = [];
  let contradiction: (codes: ArrayLike<number>) => Problem | null = () => null;
  let codes = new Int32Array(0);
  let hasCount = false;
  let hasId = false;

  const choose = (names: readonly string[], refusal: ColumnRefusal): readonly (readonly string[])[] => {
    const separator = otherSeparator(names);
    if (separator !== null) throw refusal(separator, 0);
    const strange = names.findIndex((name) => !known.has(name));
    if (strange >= 0) {
      const named = names[strange]!;
      throw refusal(
        `there is no fact "${named}".${didYouMean(named, [...known])} A column bears the id of a fact; "${countColumn}" is how many people a row stands for, "${idColumn}" what to call it.`,
        strange,
      );
    }
    const facts = names.filter((name) => name !== countColumn && name !== idColumn);
    if (facts.length === 0) throw refusal('no column is a fact. Give at least "document".', 0);
    columns = facts.map((id) => new FactColumn(table.facts.find((fact) => fact.id === id)!));
    contradiction = contradictionFinder(table, facts);
    codes = new Int32Array(facts.length);
    hasCount = names.includes(countColumn);
    hasId = names.includes(idColumn);
    return [...facts, ...names.filter((name) => !facts.includes(name))].map((name) => [name]);
  };

  const problems: Problem[] = [];
  const counts = new GrowingNumbers(Float64Array);
  const names: string[] = [];
  const onRow = (row: Row): void => {
    const before = problems.length;
    columns.forEach((column, at) => {
      const word = row.numberOf(at, column.words);
      const code = column.codeOf(word);
      if (code.ok) codes[at] = code.value;
      else problems.push(row.problem(column.fact.id, code.problem.message));
    });
    if (problems.length === before) {
      const found = contradiction(codes);
      if (found) problems.push(row.problem(String(found.words['fact']), found.message));
    }
    if (hasCount) {
      const text = row.cell(countColumn);
      const count = Number(text);
      if (text === '' || !Number.isFinite(count) || count < 0)
        problems.push(row.problem(countColumn, `"${text}" is no number of people: write 1, 250 or 12.5.`));
      counts.push(count);
    }
    if (hasId) names.push(row.cell(idColumn));
    if (problems.length > mostProblems) refuseAll(problems);
    columns.forEach((column, at) => column.codes.push(codes[at]!));
  };
  const file = await readTable(path, choose, [], onRow);
  refuseAll(problems);
  const people = counts.values;
  return {
    ...file,
    rows: columns[0]!.codes.size,
    columns: Object.fromEntries(columns.map(({ fact, codes: all }) => [fact.id, all.values])),
    count: hasCount ? (row) => people[row]! : () => 1,
    person: hasId ? (row) => names[row]! : (row) => String(row + 1),
  };
}

/** The cells of one fact; what a text stands for is found out once. */
class FactColumn {
  readonly fact: FactRow;
  readonly words = new WordsInCells();
  readonly codes: GrowingNumbers<Int32Array> = new GrowingNumbers(Int32Array);
  readonly #meanings: Parsed<number>[] = [];
  readonly #today = today();

  constructor(fact: FactRow) {
    this.fact = fact;
  }

  codeOf(word: number): Parsed<number> {
    return (this.#meanings[word] ??= this.#read(this.words.texts[word]!));
  }

  #read(text: string): Parsed<number> {
    if (text === '') return { ok: true, value: unknownCode };
    const { fact } = this;
    const checked = checkFact(fact, valueIn(fact, text), this.#today);
    if (!checked.ok) {
      const { message } = checked.problem;
      return {
        ok: false,
        problem: { ...checked.problem, message: `"${text}": ${message}${didYouMean(text, fact.choices)}` },
      };
    }
    const { value } = checked;
    if (value === null) return { ok: true, value: unknownCode };
    if (fact.type === 'number' && !Number.isInteger(value)) {
      const message = `"${text}": "${fact.id}" is a whole number in a population. Round it.`;
      return { ok: false, problem: { what: 'fact-number', words: { fact: fact.id }, message } };
    }
    const column = columnsOf({ facts: [fact], contradictions: [] }, [{ facts: { [fact.id]: value } }])[fact.id]!;
    return { ok: true, value: column[0]! };
  }
}

/** The text of a cell as a situation.json would have it. */
function valueIn({ type }: FactRow, text: string): unknown {
  if (text === 'null') return null;
  // Spreadsheets write TRUE.
  if (type === 'boolean') return { true: true, false: false }[text.toLowerCase()] ?? text;
  return type === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
