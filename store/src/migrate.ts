import type pg from 'pg';
import { closeToApplication } from './application-role.ts';
import type { Database } from './database.ts';
import { inLongTransaction } from './long-transaction.ts';
import { migrationsFolder, readMigrations, type Migration } from './migration-files.ts';
import { StoreRefusal } from './refusal.ts';
import { withRetry } from './retry.ts';

export type MigrationReport = {
  /** Names of the migrations that this call applied, in order; empty when there was nothing to do. */
  applied: readonly string[];
  /** The last migration the database has now; 0 when it has none. */
  schemaVersion: number;
};

export type MigrationState = {
  applied: readonly string[];
  waiting: readonly string[];
  schemaVersion: number;
};

type Applied = { number: number; name: string; checksum: string };

/**
 * Bring the database to the shape this code knows. Safe to call by several processes at once: each takes the one row
 * of `schema_lock` for the length of a migration (a row and not an advisory lock, which poolers and some distributed
 * servers do not keep), and sees what the others did meanwhile.
 */
export async function migrate(database: Database, migrations?: readonly Migration[]): Promise<MigrationReport> {
  const known = migrations ?? (await ourMigrations());
  await makeBookkeeping(database);
  const done: string[] = [];
  for (;;) {
    const next = await locked(database, async (client) => {
      const applied = await appliedMigrations(client);
      const waiting = waitingAfter(applied, known)[0];
      if (waiting !== undefined) await forward(client, waiting);
      else await closeToApplication(client);
      return { waiting, schemaVersion: waiting?.number ?? applied.at(-1)?.number ?? 0 };
    });
    if (next.waiting === undefined) return { applied: done, schemaVersion: next.schemaVersion };
    done.push(next.waiting.name);
  }
}

/** Undo every migration after `number`, by its way back. What only newer tables hold is lost: make a backup first. */
export async function migrateBack(
  database: Database,
  number: number,
  migrations?: readonly Migration[],
): Promise<MigrationReport> {
  const known = migrations ?? (await ourMigrations());
  await makeBookkeeping(database);
  return locked(database, async (client) => {
    const undone = await backTo(client, number, known);
    await closeToApplication(client);
    return { applied: undone, schemaVersion: (await appliedMigrations(client)).at(-1)?.number ?? 0 };
  });
}

/** What has been applied and what waits; refuses a changed, missing or newer migration like `migrate`. */
export async function migrationState(database: Database, migrations?: readonly Migration[]): Promise<MigrationState> {
  const known = migrations ?? (await ourMigrations());
  const applied = await appliedMigrations(database.pool);
  return {
    applied: applied.map(({ name }) => name),
    waiting: waitingAfter(applied, known).map(({ name }) => name),
    schemaVersion: applied.at(-1)?.number ?? 0,
  };
}

export async function ourMigrations(): Promise<readonly Migration[]> {
  return readMigrations(await migrationsFolder());
}

/** The migrations that are still to come, after a look whether those applied are the ones we know. */
export function waitingAfter(applied: readonly Applied[], known: readonly Migration[]): readonly Migration[] {
  const last = known.at(-1)?.number ?? 0;
  for (const one of applied) {
    const ours = known.find(({ number }) => number === one.number);
    if (one.number > last) {
      throw new StoreRefusal(
        'database_newer',
        `This database was made by a newer Meedoen: it has the migration ${one.name}, and this version knows up to ${known.at(-1)?.name ?? 'none'}. ` +
          'Update Meedoen, or restore a backup of before the update into an empty database.',
      );
    }
    if (ours === undefined || ours.name !== one.name) {
      throw new StoreRefusal(
        'migration_changed',
        `The database has the migration ${one.name}, which is missing in store/migrations. Put the file back as it was (git log -- store/migrations).`,
      );
    }
    if (ours.checksum !== one.checksum) {
      throw new StoreRefusal(
        'migration_changed',
        `store/migrations/${one.name}.sql has changed since it was applied. Put it back as it was (git log -- store/migrations) and write the change as a new migration.`,
      );
    }
  }
  const waiting = known.filter(({ number }) => !applied.some((one) => one.number === number));
  const late = waiting.find(({ number }) => number < (applied.at(-1)?.number ?? 0));
  if (late !== undefined) {
    throw new StoreRefusal(
      'migration_changed',
      `store/migrations/${late.name}.sql came in before migrations that this database already has. Give it the next free number.`,
    );
  }
  return waiting;
}

export async function forward(client: pg.ClientBase, migration: Migration): Promise<void> {
  for (const step of migration.steps) await client.query(step.sql);
  await client.query('INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)', [
    migration.number,
    migration.name,
    migration.checksum,
    new Date(),
  ]);
}

/** Undo, in the caller's transaction, all migrations after `number`; the names of those undone. */
export async function backTo(client: pg.ClientBase, number: number, known: readonly Migration[]): Promise<string[]> {
  const applied = await appliedMigrations(client);
  waitingAfter(applied, known);
  const undone: string[] = [];
  for (const one of [...applied].reverse()) {
    if (one.number <= number) break;
    for (const step of known.find((ours) => ours.number === one.number)!.back) await client.query(step.sql);
    await client.query('DELETE FROM schema_migration WHERE number = $1', [one.number]);
    undone.push(one.name);
  }
  return undone;
}

export async function appliedMigrations(client: pg.ClientBase | pg.Pool): Promise<Applied[]> {
  const there = await client.query<{ name: string | null }>("SELECT to_regclass('schema_migration')::text AS name");
  if (there.rows[0]!.name === null) return [];
  const { rows } = await client.query<Applied>('SELECT number, name, checksum FROM schema_migration ORDER BY number');
  return rows;
}

/** The two tables that migrations themselves need; several processes may come here at once. */
export async function makeBookkeeping(database: Database): Promise<void> {
  const steps = [
    'CREATE TABLE IF NOT EXISTS schema_lock (id integer NOT NULL CHECK (id = 1), PRIMARY KEY (id))',
    `CREATE TABLE IF NOT EXISTS schema_migration (
       number integer NOT NULL, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL, PRIMARY KEY (number))`,
    'INSERT INTO schema_lock (id) VALUES (1) ON CONFLICT DO NOTHING',
  ];
  for (const step of steps) {
    for (let attempt = 1; ; attempt++) {
      try {
        await database.pool.query(step);
        break;
      } catch (problem) {
        // IF NOT EXISTS does not keep two from making the same table at the same moment; the second time it is there.
        const { code } = problem as { code?: string };
        if (attempt === 5 || !['23505', '42P07', '42710'].includes(code ?? '')) throw problem;
      }
    }
  }
}

/** A transaction that holds the lock on the shape of the database, without the time limit of ordinary work. */
export async function locked<T>(database: Database, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  await database.checkRoomToWrite();
  return withRetry(
    () =>
      inLongTransaction(database, async (client) => {
        await client.query('SELECT id FROM schema_lock WHERE id = 1 FOR UPDATE');
        return work(client);
      }),
    database.retry,
  );
}
