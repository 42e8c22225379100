import type { Database } from './database.ts';

export type BackupReport = {
  file: string;
  schemaVersion: number;
  /** When the backup was made. */
  madeAt: Date;
  /** Rows of each table. */
  rows: Readonly<Record<string, number>>;
  bytes: number;
};

/** Write all data, as of one moment, into a single new file. Refuses to overwrite an existing file. */
export async function backup(_database: Database, _file: string): Promise<BackupReport> {
  throw new Error('not built yet');
}

/**
 * Replace all data by those of a backup, in one transaction. A file that is newer, broken, cut off or not ours is
 * refused before anything is touched. Migrates first, so that an empty database will do.
 */
export async function restore(_database: Database, _file: string): Promise<BackupReport> {
  throw new Error('not built yet');
}
