import { isoDay, parseDay, type Day } from '@meedoen/units';
import type { FactRow, FactTable } from '../fact-table.ts';
import type { FactValue, Situation } from '../situation.ts';

/** What stands in a column where the fact is unknown. */
export const unknownCode = -2147483648;

/**
 * Facts of many people, a column per fact id and a row per person: a choice as its place in the table's `choices`,
 * a boolean as 0 or 1, a date as a Day, a whole number as itself; `unknownCode` where it is not known.
 * A fact without a column is unknown for everybody.
 */
export type Columns = Readonly<Record<string, Int32Array>>;

/** The columns of a list of situations. A number that is not whole throws a RangeError: columns hold whole numbers. */
export function columnsOf(table: FactTable, situations: readonly Situation[]): Columns {
  const columns: Record<string, Int32Array> = {};
  for (const row of table.facts) {
    columns[row.id] = Int32Array.from(situations, ({ facts }) => codeOf(row, facts[row.id]));
  }
  return columns;
}

/** The situation in one row. */
export function situationAt(table: FactTable, columns: Columns, row: number): Situation {
  const facts: Record<string, FactValue> = {};
  for (const fact of table.facts) {
    const code = columns[fact.id]?.[row] ?? unknownCode;
    if (code !== unknownCode) facts[fact.id] = valueOf(fact, code);
  }
  return { facts };
}

function codeOf(row: FactRow, value: FactValue | null | undefined): number {
  if (value === undefined || value === null) return unknownCode;
  switch (row.type) {
    case 'choice':
      return row.choices.indexOf(String(value));
    case 'boolean':
      return Number(value);
    case 'date': {
      const parsed = parseDay(value);
      return parsed.ok ? parsed.value : refuse(row.id, value);
    }
    case 'number':
      return Number.isInteger(value) ? Number(value) : refuse(row.id, value);
  }
}

function refuse(fact: string, value: FactValue): never {
  throw new RangeError(`${fact}: ${value} does not fit in a column.`);
}

/** The value behind a known code. */
export function valueOf(row: FactRow, code: number): FactValue {
  switch (row.type) {
    case 'choice':
      return row.choices[code] ?? '';
    case 'boolean':
      return code === 1;
    case 'date':
      return isoDay(code as Day);
    case 'number':
      return code;
  }
}

const earliest = -700_000;
const latest = 2_800_000;

/** One column per fact of the table, in its order, each checked; broken columns throw a RangeError that says where. */
export function checkedColumns(table: FactTable, columns: Columns, rows: number): readonly Int32Array[] {
  for (const id of Object.keys(columns)) {
    if (!table.facts.some((fact) => fact.id === id)) throw new RangeError(`There is no fact "${id}".`);
  }
  const nothing = new Int32Array(rows).fill(unknownCode);
  return table.facts.map((fact) => {
    const column = columns[fact.id];
    if (!column) return nothing;
    if (column.length !== rows)
      throw new RangeError(`Column "${fact.id}" has ${column.length} rows instead of ${rows}.`);
    const [least, most] = rangeOf(fact);
    for (let row = 0; row < rows; row += 1) {
      const code = column[row] ?? unknownCode;
      if (code !== unknownCode && (code < least || code > most)) {
        throw new RangeError(`Column "${fact.id}", row ${row}: ${code} is not between ${least} and ${most}.`);
      }
    }
    return column;
  });
}

function rangeOf(fact: FactRow): readonly [number, number] {
  switch (fact.type) {
    case 'choice':
      return [0, fact.choices.length - 1];
    case 'boolean':
      return [0, 1];
    case 'date':
      return [earliest, latest];
    case 'number':
      return [unknownCode + 1, -(unknownCode + 1)];
  }
}
