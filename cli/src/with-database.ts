import { databaseSettings, openDatabase, type Database } from '@meedoen/store';
import { projectFolder } from './project-folder.ts';

/** Open the database for one piece of work and close it after, however that ends. */
export async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({
    ...databaseSettings(process.env, projectFolder),
    say: (sentence) => console.error(sentence),
  });
  try {
    await work(database);
  } finally {
    await database.stop();
  }
}
