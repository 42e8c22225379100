import { error } from '@sveltejs/kit';
import type { Database } from '@meedoen/store';
import { fromDatabase, type Store } from '../database.ts';

/** Do something for staff in the database. Without an answer the page is 503: nothing here can be half true. */
export async function inDatabase<T>(work: (store: Store, database: Database) => Promise<T>): Promise<T> {
  const done = await fromDatabase(async (store, database) => ({ value: await work(store, database) }));
  if (done === null) error(503, 'The database does not answer.');
  return done.value;
}
