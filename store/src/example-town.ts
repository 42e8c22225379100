import type { ExampleTown } from '@meedoen/knowledge';
import type { Database } from './database.ts';

export type LoadReport = { organizations: number; services: number; locations: number };

/** Put the example town into the database, in place of any example that is there. May be repeated. */
export async function loadExampleTown(_database: Database, _town: ExampleTown): Promise<LoadReport> {
  throw new Error('not built yet');
}

/** Take every record marked as example out of the database. */
export async function removeExampleTown(_database: Database): Promise<LoadReport> {
  throw new Error('not built yet');
}
