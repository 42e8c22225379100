import { join, resolve } from 'node:path';
import type { DatabaseOptions } from './database.ts';
import { StoreRefusal } from './refusal.ts';

/** What the environment says about the database, ready for `openDatabase`. */
export type DatabaseSettings = Pick<DatabaseOptions, 'dataFolder' | 'databaseUrl' | 'mayLiveElsewhere'>;

/**
 * Read `MEEDOEN_DATA` and `DATABASE_URL` from an environment the caller passes in; the store itself never looks at
 * `process.env`. Without either, data lives in `.meedoen` of the project folder.
 */
export function databaseSettings(
  environment: Readonly<Record<string, string | undefined>>,
  projectFolder: string,
): DatabaseSettings {
  const named = environment['MEEDOEN_DATA']?.trim() ?? '';
  const databaseUrl = environment['DATABASE_URL']?.trim() ?? '';
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new StoreRefusal(
      'setting_refused',
      'DATABASE_URL is not the address of a PostgreSQL server. Write it as postgres://user:password@host:5432/name, ' +
        'or leave it out to use the embedded database.',
    );
  }
  return {
    dataFolder: named === '' ? join(projectFolder, '.meedoen') : resolve(named),
    mayLiveElsewhere: named === '',
    ...(databaseUrl === '' ? {} : { databaseUrl }),
  };
}
