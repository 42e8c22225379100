// Registers from outside the law: tables with one row a person, asked by the parameter that bears the name of their key.
import { formatDecimal } from '@meedoen/units';
import type { Json } from './json.ts';
import type { LawFile } from './law-file.ts';
import { fromJson, isDecimal, toJson, type Value } from './value.ts';

/**
 * A table of facts from outside the law. A row answers for the inputs named as its fields, when its key equals the
 * parameter of that name. A source bound to one law answers only that law; the others answer every law, also where an
 * input names another law as its source. What a row leaves out it does not know; `null` says that there is none.
 */
export type DataSource = {
  readonly name: string;
  /** The field, and the parameter, by which a row is found. */
  readonly key: string;
  /** The one law it answers; null = every law. */
  readonly law: string | null;
  readonly rows: readonly Readonly<Record<string, Json>>[];
};

/** The same with values as laws compute with; an empty cell (undefined) is null by the rules up to schema v0.5.6. */
export type ValueSource = Omit<DataSource, 'rows'> & {
  readonly rows: readonly ReadonlyMap<string, Value | undefined>[];
};

export function valueSource({ rows, ...source }: DataSource): ValueSource {
  return {
    ...source,
    rows: rows.map((row) => new Map(Object.entries(row).map(([field, value]) => [field, fromJson(value)]))),
  };
}

export type Found = { readonly value: Value; readonly source: string };

type Table = {
  readonly name: string;
  readonly key: string;
  readonly law: string | null;
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Value | undefined>>;
};

/** Data sources, ready to be asked; the first that has an answer gives it. */
export class DataSources {
  readonly #tables: readonly Table[];

  constructor(sources: readonly ValueSource[]) {
    this.#tables = sources.map(tableOf);
  }

  /** What the sources say about a field, for the person whom the parameters name; undefined if they do not say. */
  find(
    { id: law, profile }: Pick<LawFile, 'id' | 'profile'>,
    field: string,
    parameters: ReadonlyMap<string, Value>,
    boundOnly = false,
  ): Found | undefined {
    if (this.#tables.length === 0) return undefined;
    const name = field.toLowerCase();
    for (const table of this.#tables) {
      if (table.law === null ? boundOnly : table.law !== law) continue;
      const key = parameters.get(table.key);
      if (key === undefined) continue;
      const row = table.rows.get(keyText(key));
      if (!row?.has(name)) continue;
      const value = row.get(name);
      if (value !== undefined) return { value, source: table.name };
      if (profile === 'base') return { value: null, source: table.name };
    }
    return undefined;
  }
}

function tableOf({ name, key, law, rows }: ValueSource): Table {
  const byKey = new Map<string, ReadonlyMap<string, Value | undefined>>();
  for (const row of rows) {
    const fields = new Map([...row].map(([field, value]) => [field.toLowerCase(), value]));
    const id = fields.get(key.toLowerCase());
    if (id !== undefined && id !== null) byKey.set(keyText(id), fields);
  }
  return { name, key, law, rows: byKey };
}

/** A key as text: the number 7 and the text "7" name the same row. */
function keyText(value: Value): string {
  if (value === null || typeof value !== 'object') return String(value);
  return isDecimal(value) ? formatDecimal(value) : JSON.stringify(toJson(value));
}
