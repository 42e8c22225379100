import { accessSync, constants } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { columnsAsked, type Needed } from './columns-asked.ts';
import type { Row, TableFile } from './read-table.ts';
import { Refusal } from './refusal.ts';

/**
 * The rows of a Parquet file as {@link readCsv} gives those of a CSV file: every value as the text it would have there,
 * an empty one as nothing. A place is the number of the row and of the column. DuckDB reads the file, in pieces; numbers
 * come as they are, and the different texts of a column are numbered first, so that no text is made per cell.
 *
 * Refuses a file that is missing or no Parquet, and a needed column that is not there.
 */
export async function readParquet(
  path: string,
  needed: Needed,
  optional: readonly string[],
  onRow: (row: Row) => void,
): Promise<TableFile> {
  const connection = await connect(path);
  try {
    const source = `read_parquet('${path.replaceAll("'", "''")}')`;
    const file = await columnsOf(connection, source, path);
    const names = file.map(({ name }) => name);
    const asked = columnsAsked(names, needed, optional, (message) => new Refusal(`${path}: ${message}`));
    const columns = new Map<string, Column>();
    for (const [name, at] of asked.places) columns.set(name, await columnOf(connection, source, file, at));
    const all = [...columns.values()];
    const stream = await connection.stream(`SELECT ${all.map(({ sql }) => sql).join(', ')} FROM ${source}`);

    let at = 0;
    let before = 0;
    const neededColumns = asked.neededNames.map((name) => columns.get(name)!);
    const text = ({ textOf, values }: Column): string => textOf(values[at]!);
    const row: Row = {
      get line() {
        return before + at + 1;
      },
      cell: (column) => text(columns.get(column)!),
      numberOf: (index, words) => {
        const { textOf, values, known } = neededColumns[index]!;
        const value = values[at]!;
        let word = known.get(value);
        if (word === undefined) {
          const cell = textOf(value);
          word = words.numberOf(cell, 0, cell.length);
          known.set(value, word);
        }
        return word;
      },
      lineOf: () => before + at + 1,
      columnOf: (index) => neededColumns[index]!.column,
      optional: (column) => (columns.has(column) ? text(columns.get(column)!) : undefined),
      problem: (column, message) => ({
        at: { file: path, line: before + at + 1, column: columns.get(column)!.column },
        what: 'cell-unusable',
        words: {},
        message,
      }),
    };
    for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
      for (const [index, column] of all.entries()) column.values = chunk.getColumnValues(index) as (number | null)[];
      for (at = 0; at < chunk.rowCount; at++) onRow(row);
      before += chunk.rowCount;
    }
    if (before === 0) throw new Refusal(`${path}: there are no rows. Give at least one.`);
    return { name: path };
  } finally {
    connection.closeSync();
  }
}

type Column = {
  /** Its number in the file, from 1. */
  readonly column: number;
  /** What to select: its values as numbers, or the numbers of its texts. */
  readonly sql: string;
  readonly textOf: (value: number | null) => string;
  /** The number of each value among the words of the reader, once it was asked. */
  readonly known: Map<number | null, number>;
  /** What each row of this piece holds. */
  values: readonly (number | null)[];
};

type InFile = { readonly name: string; readonly type: string };

async function columnOf(
  connection: DuckDBConnection,
  source: string,
  file: readonly InFile[],
  at: number,
): Promise<Column> {
  const { name, type } = file[at]!;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const column = { column: at + 1, known: new Map<number | null, number>(), values: [] };
  if (numbers.test(type) && (await fitsNumbers(connection, source, quoted))) {
    return { ...column, sql: `${quoted}::DOUBLE`, textOf: (value) => (value === null ? '' : String(value)) };
  }
  const text = `coalesce(trim(${quoted}::VARCHAR), '')`;
  const texts = `texts_of_${at}`;
  await connection.run(`CREATE TYPE ${texts} AS ENUM (SELECT DISTINCT ${text} AS text FROM ${source} ORDER BY text)`);
  const range = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${texts}))::VARCHAR`);
  const known = range.getColumns()[0]?.map(String) ?? [];
  return { ...column, sql: `enum_code((${text})::${texts})::INTEGER`, textOf: (code) => known[code!]! };
}

const numbers = /^(U?(TINY|SMALL|BIG)?INT(EGER)?|DOUBLE|FLOAT)$/;

/** Whole numbers beyond 2⁵³ would change on their way: they are kept as texts. */
async function fitsNumbers(connection: DuckDBConnection, source: string, quoted: string): Promise<boolean> {
  const range = await connection.runAndReadAll(
    `SELECT coalesce(max(abs(${quoted}::DOUBLE)) <= ${Number.MAX_SAFE_INTEGER}, true) FROM ${source}`,
  );
  return range.getRows()[0]![0] === true;
}

async function connect(path: string): Promise<DuckDBConnection> {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new Refusal(
      `${path}: there is no such file, or it cannot be read. Check the name and the folder you are in.`,
    );
  }
  const duckdb = await import('@duckdb/node-api').catch(() => {
    throw new Refusal(
      `${path}: reading Parquet asks for DuckDB, which npm has no build of for this machine. Give a CSV file.`,
    );
  });
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '2', autoload_known_extensions: 'false' });
  return instance.connect();
}

async function columnsOf(connection: DuckDBConnection, source: string, path: string): Promise<InFile[]> {
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    return described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  } catch (problem) {
    const [reason] = String((problem as Error).message).split('\n');
    throw new Refusal(`${path}: this is no Parquet file that can be read (${reason}). Check that it is whole.`);
  }
}
