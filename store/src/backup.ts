import { createHash } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { closeToApplication } from './application-role.ts';
import {
  broken,
  bytesOf,
  headerBytes,
  headerText,
  linesOf,
  readHeader,
  type BackupHeader,
  type RowLine,
  type TableLine,
} from './backup-file.ts';
import type { Database } from './database.ts';
import {
  appliedMigrations,
  backTo,
  forward,
  locked,
  makeBookkeeping,
  migrate,
  ourMigrations,
  waitingAfter,
} from './migrate.ts';
import { StoreRefusal } from './refusal.ts';
import { asRefusal } from './retry.ts';
import { dataTables, quoted, type TableShape } from './table-shapes.ts';

export type BackupReport = {
  file: string;
  schemaVersion: number;
  /** When the backup was made. */
  madeAt: Date;
  /** Rows of each table. */
  rows: Readonly<Record<string, number>>;
  bytes: number;
};

const rowsAtATime = 500;

/** Write all data, as of one moment, into a single new file. Refuses to overwrite an existing file. */
export async function backup(database: Database, file: string): Promise<BackupReport> {
  const target = resolve(file);
  const taken = new StoreRefusal(
    'backup_refused',
    `${target} is there already. Choose a new name: a backup never overwrites another.`,
  );
  if (
    await stat(target).then(
      () => true,
      () => false,
    )
  )
    throw taken;

  const unfinished = `${target}.${process.pid}.unfinished`;
  const handle = await open(unfinished, 'wx', 0o600).catch((cause: Error) => {
    throw new StoreRefusal(
      'backup_refused',
      `No file can be made in ${dirname(target)} (${cause.message}). Choose a folder you may write in.`,
      { cause },
    );
  });
  try {
    const header = await inSnapshot(database, async (client, schemaVersion) => {
      const rows: Record<string, number> = {};
      const hash = createHash('sha256');
      let contentBytes = 0;
      const gzip = bytesOf(contentOf(client, rows)).pipe(createGzip());
      for await (const part of gzip as AsyncIterable<Buffer>) {
        hash.update(part);
        await handle.write(part, 0, part.length, headerBytes + contentBytes);
        contentBytes += part.length;
      }
      return { schemaVersion, madeAt: new Date().toISOString(), rows, contentBytes, contentSha256: hash.digest('hex') };
    });
    await handle.write(headerText(header), 0);
    await handle.sync();
    await handle.close();
    await giveName(unfinished, target, taken);
    return reportOf(target, header);
  } catch (problem) {
    await handle.close().catch(() => {});
    await rm(unfinished, { force: true });
    if ((problem as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new StoreRefusal(
        'disk_full',
        `The disk of ${dirname(target)} is full. Choose another disk for the backup.`,
        { cause: problem },
      );
    }
    throw asRefusal(problem);
  }
}

/**
 * Replace all data by those of a backup, in one transaction. A file that is newer, broken, cut off or not ours is
 * refused before anything is touched. Migrates first, so that an empty database will do; a backup of an older Meedoen
 * is loaded into the tables of its time and then migrated, in the same transaction.
 */
export async function restore(database: Database, file: string): Promise<BackupReport> {
  const source = resolve(file);
  const header = await readHeader(source);
  const known = await ourMigrations();
  const newest = known.at(-1)?.number ?? 0;
  if (header.schemaVersion > newest) {
    throw new StoreRefusal(
      'backup_newer',
      `${source} was made by a newer Meedoen (its tables are at version ${header.schemaVersion}, this Meedoen knows ${newest}). Nothing was changed. Update Meedoen first.`,
    );
  }
  await checkContent(source, header);

  await migrate(database);
  await makeBookkeeping(database);
  await locked(database, async (client) => {
    await backTo(client, header.schemaVersion, known);
    const tables = await dataTables(client);
    // Readers go on reading the old data until we commit; writers wait.
    if (tables.length > 0)
      await client.query(`LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(', ')} IN EXCLUSIVE MODE`);
    for (const { name } of [...tables].reverse()) await client.query(`DELETE FROM ${quoted(name)}`);
    const loaded = await load(client, tables, source, header);
    // The file may have changed since we looked.
    if (JSON.stringify(sorted(loaded)) !== JSON.stringify(sorted(header.rows)))
      throw broken(source, 'its numbers of rows do not agree');
    for (const migration of waitingAfter(await appliedMigrations(client), known)) await forward(client, migration);
    // Tables that were made anew are the owner's alone.
    await closeToApplication(client);
  });
  return reportOf(source, header);
}

/** Read the whole file once, as restoring will. */
async function checkContent(file: string, header: BackupHeader): Promise<void> {
  const rows: Record<string, number> = {};
  let table: TableLine | null = null;
  for await (const line of linesOf(file, header)) {
    if (isTableLine(line)) {
      table = line;
      if (rows[table.table] !== undefined) throw broken(file, `it holds the table ${table.table} twice`);
      rows[table.table] = 0;
    } else if (table === null || line.length !== table.columns.length) {
      throw broken(file, 'a row does not fit its table');
    } else {
      rows[table.table]! += 1;
    }
  }
  if (JSON.stringify(sorted(rows)) !== JSON.stringify(sorted(header.rows)))
    throw broken(file, 'its numbers of rows do not agree');
}

async function* contentOf(client: pg.ClientBase, rows: Record<string, number>): AsyncGenerator<string> {
  for (const { name, columns, key } of await dataTables(client)) {
    rows[name] = 0;
    yield `${JSON.stringify({ table: name, columns: columns.map((column) => column.name) } satisfies TableLine)}\n`;
    const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ');
    const order = key.length === 0 ? '' : ` ORDER BY ${key.map(quoted).join(', ')}`;
    await client.query(`DECLARE rows_of_backup NO SCROLL CURSOR FOR SELECT ${values} FROM ${quoted(name)}${order}`);
    for (;;) {
      const { rows: some } = await client.query<(string | null)[]>({
        text: `FETCH ${rowsAtATime} FROM rows_of_backup`,
        rowMode: 'array',
      });
      if (some.length === 0) break;
      rows[name] += some.length;
      yield some.map((row) => `${JSON.stringify(row)}\n`).join('');
    }
    await client.query('CLOSE rows_of_backup');
  }
  yield `${JSON.stringify({ end: true })}\n`;
}

async function load(
  client: pg.ClientBase,
  tables: readonly TableShape[],
  file: string,
  header: BackupHeader,
): Promise<Record<string, number>> {
  const loaded: Record<string, number> = {};
  let into: { line: TableLine; insert: string } | null = null;
  let waiting: RowLine[] = [];

  const flush = async (): Promise<void> => {
    if (into === null || waiting.length === 0) return;
    const columns = into.line.columns.map((_, i) => waiting.map((row) => row[i]!));
    await client.query(into.insert, columns);
    loaded[into.line.table]! += waiting.length;
    waiting = [];
  };

  for await (const line of linesOf(file, header)) {
    if (isTableLine(line)) {
      await flush();
      into = { line, insert: insertInto(line, tables, file) };
      loaded[line.table] = 0;
    } else {
      waiting.push(line);
      if (waiting.length === rowsAtATime) await flush();
    }
  }
  await flush();
  return loaded;
}

/** One statement for many rows, whatever their number: each column comes as an array of texts. */
function insertInto(line: TableLine, tables: readonly TableShape[], file: string): string {
  const table = tables.find(({ name }) => name === line.table);
  if (table === undefined) throw broken(file, `it holds a table "${line.table}", which its version did not have`);
  const types = line.columns.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined)
      throw broken(file, `it holds a column "${line.table}.${name}", which its version did not have`);
    return column.type;
  });
  const names = line.columns.map(quoted).join(', ');
  const values = line.columns.map((name, i) => `${quoted(name)}::${types[i]}`).join(', ');
  const arrays = line.columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
  return `INSERT INTO ${quoted(line.table)} (${names}) SELECT ${values} FROM unnest(${arrays}) AS given (${names})`;
}

/** Work on the data as they are at one moment, while others go on writing. */
async function inSnapshot<T>(
  database: Database,
  work: (client: pg.ClientBase, schemaVersion: number) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let failed = false;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0');
    // A slow disk on our side is no reason to be thrown out.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await client.query("SET LOCAL timezone = 'UTC'");
    const applied = await appliedMigrations(client);
    if (applied.length === 0)
      throw new StoreRefusal(
        'migration_needed',
        'This database has no tables of Meedoen yet, so there is nothing to keep. Run "meedoen db migrate" first.',
      );
    const result = await work(client, applied.at(-1)!.number);
    await client.query('COMMIT');
    return result;
  } catch (problem) {
    failed = true;
    throw problem;
  } finally {
    // An open snapshot in a pool would be somebody else's surprise.
    client.release(failed);
  }
}

async function giveName(unfinished: string, target: string, taken: StoreRefusal): Promise<void> {
  try {
    await link(unfinished, target);
    await rm(unfinished);
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw taken;
    // Some file systems, such as that of a USB stick, have no second names.
    await rename(unfinished, target);
  }
  const folder = await open(dirname(target), 'r');
  await folder.sync().catch(() => {});
  await folder.close();
}

function reportOf(file: string, header: BackupHeader): BackupReport {
  return {
    file,
    schemaVersion: header.schemaVersion,
    madeAt: new Date(header.madeAt),
    rows: header.rows,
    bytes: headerBytes + header.contentBytes,
  };
}

function isTableLine(line: TableLine | RowLine): line is TableLine {
  return 'table' in line;
}

function sorted(rows: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
}
