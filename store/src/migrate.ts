import type { Database } from './database.ts';

export type MigrationReport = {
  /** Names of the migrations that this call applied, in order; empty when there was nothing to do. */
  applied: readonly string[];
  /** The last migration the database has now. */
  schemaVersion: number;
};

export type MigrationState = {
  applied: readonly string[];
  waiting: readonly string[];
  schemaVersion: number;
};

/** Bring the database to the shape this code knows. Safe to call by several processes at once. */
export async function migrate(_database: Database): Promise<MigrationReport> {
  throw new Error('not built yet');
}

/** What has been applied and what waits; refuses a changed, missing or newer migration like `migrate`. */
export async function migrationState(_database: Database): Promise<MigrationState> {
  throw new Error('not built yet');
}
