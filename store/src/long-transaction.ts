import type pg from 'pg';
import type { Database } from './database.ts';

/** A transaction without the time limits of ordinary work, and with the memory that sorting a month of a country needs. */
export async function inLongTransaction<T>(
  database: Database,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await client.query("SET LOCAL work_mem = '64MB'");
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (problem) {
    await client.query('ROLLBACK').catch(() => (broken = true));
    throw problem;
  } finally {
    client.release(broken);
  }
}
