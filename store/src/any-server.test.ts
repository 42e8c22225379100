import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  backup,
  helpFor,
  loadExampleTown,
  migrate,
  migrationState,
  openDatabase,
  removeExampleTown,
  restore,
  type Database,
} from './index.ts';
import { testTown } from './test-town.ts';
import { testServerAt, type TestServer } from './testing.ts';

/**
 * The whole of the store on a PostgreSQL of your own, 15 or newer:
 *
 *     MEEDOEN_TEST_DATABASE_URL=postgres://user@host/postgres npx vitest run --project store
 *
 * The user may create databases; those that the test makes, it removes.
 */
const url = process.env['MEEDOEN_TEST_DATABASE_URL'];
const whyNot =
  url === undefined || url === '' ? ' (skipped: set MEEDOEN_TEST_DATABASE_URL to try a server of your own)' : '';

describe.skipIf(whyNot !== '')(`a server by its address${whyNot}`, () => {
  let server: TestServer;
  let empty: Database;
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    server = testServerAt(url!);
    empty = await server.emptyDatabase();
    database = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(empty) });
    folder = await mkdtemp(join(tmpdir(), 'meedoen-server-'));
  });
  afterAll(async () => {
    await database.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('migrates, also by three at once', async () => {
    const reports = await Promise.all([1, 2, 3].map(() => migrate(database)));
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual((await migrationState(database)).applied);
  });

  test('loads the town, answers, makes a backup, loses all and gets it back', async () => {
    await loadExampleTown(database, testTown);
    const before = await helpFor(database, { topic: 'language', languages: ['ar'] });
    expect(before.map(({ name }) => name)).toEqual(['Taalcafé', 'Spreekuur']);
    const file = join(folder, 'backup');
    await backup(database, file);
    await removeExampleTown(database);
    expect(await helpFor(database, { topic: 'language' })).toEqual([]);
    await restore(database, file);
    expect(await helpFor(database, { topic: 'language', languages: ['ar'] })).toEqual(before);
  });

  test('a fresh copy of the template for each test', async () => {
    const copy = await server.freshDatabase();
    expect((await migrationState(copy)).waiting).toEqual([]);
  });

  test('is well', async () => {
    expect(await database.health()).toMatchObject({
      state: 'ready',
      kind: 'server',
      freeDiskInMegabytes: null,
      restarts: 0,
    });
  });
});
