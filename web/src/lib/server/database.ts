import type { Database } from '@meedoen/store';
import { log } from './log.ts';
import { dataFolder, databaseUrl } from './settings.ts';

/** The room that speaks SQL; entered only when there is a database, because pages are read without one too. */
export type Store = typeof import('@meedoen/store');
let opened: { database: Database; store: Store } | null = null;

/** Called once, before the first request. Without a database the pages are read all the same. */
export async function connect(): Promise<void> {
  if (databaseUrl === null) {
    log('database_absent', { advice: 'Set MEEDOEN_DATABASE to show help nearby.' });
    return;
  }
  try {
    const store = await import('@meedoen/store');
    const database = await store.openDatabase({
      dataFolder,
      databaseUrl,
      as: 'application',
      say: (sentence) => log('database', { sentence }),
    });
    opened = { database, store };
  } catch (problem) {
    log('database_down', { reason: problem instanceof Error ? problem.name : 'unknown' });
  }
}

export async function disconnect(): Promise<void> {
  await opened?.database.stop();
  opened = null;
}

/** Ask the database; null when it does not answer, so that a page can say so and show the rest. */
export async function fromDatabase<T>(question: (store: Store, database: Database) => Promise<T>): Promise<T | null> {
  if (!opened) await connectAgain();
  if (!opened) return null;
  try {
    return await question(opened.store, opened.database);
  } catch (problem) {
    log('database_failed', { reason: problem instanceof Error ? problem.name : 'unknown' });
    return null;
  }
}

/** At most one attempt in ten seconds: a database that comes up later is found, one that stays away is not hammered. */
let lastAttempt = 0;
async function connectAgain(): Promise<void> {
  if (databaseUrl === null || Date.now() - lastAttempt < 10_000) return;
  lastAttempt = Date.now();
  await connect();
}

export async function databaseState(): Promise<'ready' | 'read only' | 'down' | 'absent'> {
  if (databaseUrl === null) return 'absent';
  if (!opened) await connectAgain();
  return opened ? (await opened.database.health()).state : 'down';
}
