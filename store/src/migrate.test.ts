import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { migrate, migrateBack, migrationState, ourMigrations, waitingAfter } from './migrate.ts';
import type { Migration } from './migration-files.ts';
import { connect } from './database.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let ours: readonly Migration[];
beforeAll(async () => {
  server = await startTestServer();
  ours = await ourMigrations();
});
afterAll(() => server.stop());

const names = (): string[] => ours.map(({ name }) => name);

/** The shape of a database, in words. */
async function shape(database: Database): Promise<unknown> {
  const { rows } = await database.pool.query(
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2, 3`,
  );
  return rows;
}

test('an empty database gets every migration, and a second call finds nothing to do', async () => {
  const database = await server.emptyDatabase();
  expect(await migrationState(database)).toEqual({ applied: [], waiting: names(), schemaVersion: 0 });
  expect(await migrate(database)).toEqual({ applied: names(), schemaVersion: ours.length });
  expect(await migrate(database)).toEqual({ applied: [], schemaVersion: ours.length });
  expect(await migrationState(database)).toEqual({ applied: names(), waiting: [], schemaVersion: ours.length });
});

test('three migrators at once apply each migration once', async () => {
  const database = await server.emptyDatabase();
  const others = [1, 2].map(() =>
    connect({ connectionString: server.urlOf(database) }, { random: Math.random, embedded: null }),
  );
  const reports = await Promise.all([database, ...others].map((one) => migrate(one)));
  expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(names());
  expect(reports.map(({ schemaVersion }) => schemaVersion)).toEqual([ours.length, ours.length, ours.length]);
  await Promise.all(others.map((one) => one.stop()));
});

test('the way back undoes each migration, and forward again gives the same shape, with data in it', async () => {
  const database = await server.freshDatabase();
  const whole = await shape(database);
  for (const { number } of [...ours].reverse()) {
    await migrateBack(database, number - 1);
    const before = await shape(database);
    await migrate(database, ours.slice(0, number));
    await database.pool.query("INSERT INTO topic (id) VALUES ('work') ON CONFLICT DO NOTHING");
    await migrateBack(database, number - 1);
    expect(await shape(database)).toEqual(before);
  }
  await migrate(database);
  expect(await shape(database)).toEqual(whole);
});

test('a migration that fails half way leaves nothing behind', async () => {
  const database = await server.freshDatabase();
  const before = await shape(database);
  const next: Migration = {
    number: ours.length + 1,
    name: `${String(ours.length + 1).padStart(4, '0')}-broken`,
    checksum: 'x',
    steps: [
      { sql: 'CREATE TABLE half (id uuid, PRIMARY KEY (id))', line: 1 },
      { sql: 'CREATE TABLE half (id uuid)', line: 4 },
    ],
    back: [],
  };
  await expect(migrate(database, [...ours, next])).rejects.toThrow(/already exists/);
  expect(await shape(database)).toEqual(before);
  expect((await migrationState(database)).waiting).toEqual([]);
});

describe('what cannot be ours is refused with what to do', () => {
  const known: Migration[] = [1, 2, 3].map((number) => ({
    number,
    name: `000${number}-a`,
    checksum: `sum ${number}`,
    steps: [],
    back: [],
  }));
  const one = (number: number): { number: number; name: string; checksum: string } => ({
    number,
    name: `000${number}-a`,
    checksum: `sum ${number}`,
  });

  test.each([
    {
      story: 'a newer database',
      applied: [1, 2, 3, 4].map(one),
      code: 'database_newer',
      says: /newer Meedoen: it has the migration 0004-a, and this version knows up to 0003-a/,
    },
    {
      story: 'an applied file that changed',
      applied: [one(1), { ...one(2), checksum: 'other' }],
      code: 'migration_changed',
      says: /0002-a\.sql has changed since it was applied\. Put it back/,
    },
    {
      story: 'an applied file that is gone',
      applied: [one(1), { ...one(2), name: '0002-b' }],
      code: 'migration_changed',
      says: /0002-b, which is missing/,
    },
    {
      story: 'a file that came in late',
      applied: [one(1), one(3)],
      code: 'migration_changed',
      says: /0002-a\.sql came in before/,
    },
  ])('$story', ({ applied, code, says }) => {
    expect(() => waitingAfter(applied, known)).toThrow(says);
    expect(() => waitingAfter(applied, known)).toThrow(expect.objectContaining({ code }));
  });

  test('and in a real database', async () => {
    const database = await server.freshDatabase();
    await database.pool.query("INSERT INTO schema_migration VALUES (9999, '9999-future', 'x', '2030-01-01')");
    await expect(migrate(database)).rejects.toMatchObject({ code: 'database_newer' });
    await expect(migrationState(database)).rejects.toMatchObject({ code: 'database_newer' });
  });
});
