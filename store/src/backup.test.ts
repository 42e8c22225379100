import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headerBytes, headerText, type BackupHeader } from './backup-file.ts';
import { backup, restore } from './backup.ts';
import type { Database } from './database.ts';
import { loadExampleTown } from './example-town.ts';
import { migrateBack, ourMigrations } from './migrate.ts';
import { testTown } from './test-town.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let folder: string;
let town: Database;
let good: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'meedoen-backup-'));
  town = await server.freshDatabase();
  await loadExampleTown(town, testTown);
  good = join(folder, 'good');
  await backup(town, good);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every row of every table, as text. */
async function everything(database: Database): Promise<Record<string, string[]>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'schema_%' ORDER BY 1",
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: string }>(`SELECT x::text AS row FROM ${name} x ORDER BY 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

test('what comes back is what went in, in an empty database as in a full one', async () => {
  const before = await everything(town);
  const empty = await server.emptyDatabase();
  const report = await restore(empty, good);
  expect(report).toMatchObject({
    file: good,
    schemaVersion: (await ourMigrations()).length,
    rows: { organization: 2, service: 3, topic: 3, schedule: 1 },
  });
  expect(report.bytes).toBe((await stat(good)).size);
  expect(await everything(empty)).toEqual(before);

  const other = await server.freshDatabase();
  await other.pool.query("INSERT INTO topic (id) VALUES ('gone-afterwards')");
  await restore(other, good);
  expect(await everything(other)).toEqual(before);
});

test('a backup is not readable by others, and its content can be read without us', async () => {
  expect((await stat(good)).mode & 0o777).toBe(0o600);
  const lines = gunzipSync((await readFile(good)).subarray(headerBytes))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines[0]).toMatchObject({ table: expect.any(String) as string });
  expect(lines.at(-1)).toEqual({ end: true });
});

test('values of every kind survive: accents, quotes, null, empty text, long text, backslashes', async () => {
  const database = await server.freshDatabase();
  const description = 'é ትግርኛ "\'\\ \n\t {NULL,"x"} ' + 'x'.repeat(200_000);
  await database.pool.query(
    `INSERT INTO organization VALUES ('01a205b3-d000-7000-8000-000000000001', 'NULL', $1, NULL, '', '{"a": {"b": "\\\\ \\" é"}}', '0001-01-01', false)`,
    [description],
  );
  const file = join(folder, 'odd');
  await backup(database, file);
  const copy = await server.emptyDatabase();
  await restore(copy, file);
  expect(await everything(copy)).toEqual(await everything(database));
});

test('a backup is of one moment, though others write', async () => {
  const database = await server.freshDatabase();
  let writing = true;
  const writer = (async () => {
    // An organisation and its telephone, always together.
    for (let i = 0; writing; i++) {
      const id = `01a205b3-d000-7000-8000-${String(i).padStart(12, '0')}`;
      await database.write(async (transaction) => {
        await transaction
          .insertInto('organization')
          .values({
            id,
            name: 'x',
            description: '',
            email: null,
            website: null,
            translations: '{}',
            checked_on: '2026-11-23',
            example: false,
          })
          .execute();
        await transaction
          .insertInto('phone')
          .values({ id, organization_id: id, number: '1', type: '', description: '', example: false })
          .execute();
      });
    }
  })();
  for (let i = 0; i < 5; i++) {
    const { rows } = await backup(database, join(folder, `moment-${i}`));
    expect(rows['phone']).toBe(rows['organization']);
  }
  writing = false;
  await writer;
});

test('a backup of an older Meedoen is migrated as it comes in', async () => {
  const older = await server.freshDatabase();
  await older.pool.query("INSERT INTO topic (id) VALUES ('work')");
  await migrateBack(older, 1);
  const file = join(folder, 'older');
  expect(await backup(older, file)).toMatchObject({ schemaVersion: 1, rows: { topic: 1 } });
  const newer = await server.freshDatabase();
  await loadExampleTown(newer, testTown);
  await restore(newer, file);
  expect(await everything(newer)).toMatchObject({ topic: ['(work)'], organization: [], schedule: [] });
  await loadExampleTown(newer, testTown);
});

test('a backup never overwrites, and leaves no half file', async () => {
  await expect(backup(town, good)).rejects.toThrow(/is there already\. Choose a new name/);
  await expect(backup(town, join(folder, 'no', 'such', 'folder'))).rejects.toMatchObject({ code: 'backup_refused' });
  await expect(backup(await server.emptyDatabase(), join(folder, 'nothing'))).rejects.toMatchObject({
    code: 'migration_needed',
  });
  expect((await readdir(folder)).filter((name) => name.includes('unfinished') || name === 'nothing')).toEqual([]);
});

describe('a file that is not whole is refused, and the old data stay', () => {
  let database: Database;
  let before: Record<string, string[]>;
  let content: Buffer;
  beforeAll(async () => {
    database = await server.freshDatabase();
    await database.pool.query("INSERT INTO topic (id) VALUES ('old-data')");
    before = await everything(database);
    content = await readFile(good);
  });

  async function refusalOf(spoil: (file: string) => Promise<unknown>): Promise<unknown> {
    const file = join(folder, 'spoilt');
    await copyFile(good, file);
    await spoil(file);
    const problem = await restore(database, file).then(
      () => null,
      (refusal: unknown) => refusal,
    );
    expect(await everything(database)).toEqual(before);
    return problem;
  }

  /** A whole file, made by a program that lies in its header or content. */
  const forged = (change: (header: BackupHeader) => Partial<BackupHeader>) => async (file: string) => {
    const header = JSON.parse(content.subarray(0, headerBytes).toString().split('\n')[2]!) as BackupHeader;
    await writeFile(
      file,
      Buffer.concat([Buffer.from(headerText({ ...header, ...change(header) })), content.subarray(headerBytes)]),
    );
  };

  test.each([
    { story: 'no file', spoil: (file: string) => rm(file), code: 'backup_refused', says: /There is no file/ },
    {
      story: 'a folder',
      spoil: async (file: string) => {
        await rm(file);
        const { mkdir } = await import('node:fs/promises');
        await mkdir(file);
      },
      code: 'backup_refused',
      says: /is not a file/,
      clean: true,
    },
    { story: 'an empty file', spoil: (file: string) => truncate(file), code: 'backup_refused', says: /is empty/ },
    {
      story: 'a picture',
      spoil: (file: string) => writeFile(file, Buffer.from('89504e470d0a1a0a', 'hex')),
      code: 'backup_refused',
      says: /is not a backup of Meedoen/,
    },
    {
      story: 'another magic word',
      spoil: (file: string) => patch(file, 0, 'N'),
      code: 'backup_refused',
      says: /is not a backup of Meedoen/,
    },
    {
      story: 'a newer format',
      spoil: (file: string) => patch(file, 15, '2'),
      code: 'backup_newer',
      says: /newer Meedoen/,
    },
    {
      story: 'newer tables',
      spoil: forged(({ schemaVersion }) => ({ schemaVersion: schemaVersion + 1 })),
      code: 'backup_newer',
      says: /its tables are at version (\d+), this Meedoen knows (?!\1)\d+/,
    },
    {
      story: 'cut in the header',
      spoil: (file: string) => truncate(file, 100),
      code: 'backup_broken',
      says: /its first part has changed/,
    },
    {
      story: 'without its last byte',
      spoil: async (file: string) => truncate(file, content.length - 1),
      code: 'backup_broken',
      says: /the last 1 bytes are missing/,
    },
    {
      story: 'only a header',
      spoil: (file: string) => truncate(file, headerBytes),
      code: 'backup_broken',
      says: /bytes are missing/,
    },
    {
      story: 'a byte too many',
      spoil: (file: string) => patch(file, content.length, '!'),
      code: 'backup_broken',
      says: /1 bytes were added/,
    },
    {
      story: 'other numbers of rows',
      spoil: forged(({ rows }) => ({ rows: { ...rows, topic: 4 } })),
      code: 'backup_broken',
      says: /its numbers of rows do not agree/,
    },
    {
      story: 'another sum',
      spoil: forged(() => ({ contentSha256: createHash('sha256').digest('hex') })),
      code: 'backup_broken',
      says: /its content has changed/,
    },
  ])('$story', async ({ spoil, code, says }) => {
    const problem = await refusalOf(spoil);
    await rm(join(folder, 'spoilt'), { recursive: true, force: true });
    expect(problem).toMatchObject({ name: 'StoreRefusal', code, message: expect.stringMatching(says) as string });
  });

  test('any one flipped bit, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat({ max: 400 }),
          fc.nat({ max: headerBytes - 1 }),
          fc.integer({ min: headerBytes, max: content.length - 1 }),
        ),
        fc.nat({ max: 7 }),
        async (at, bit) => {
          const problem = await refusalOf((file) => patch(file, at, Buffer.from([content[at]! ^ (1 << bit)])));
          expect(problem).toMatchObject({ name: 'StoreRefusal' });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a row that the tables refuse rolls everything back', async () => {
    const liar = await server.freshDatabase();
    await liar.pool.query('ALTER TABLE topic DROP CONSTRAINT topic_id_check');
    await liar.pool.query("INSERT INTO topic (id) VALUES ('NOT A TOPIC')");
    const file = join(folder, 'refused-row');
    await backup(liar, file);
    await expect(restore(database, file)).rejects.toThrow(/topic_id_check/);
    expect(await everything(database)).toEqual(before);
  });
});

test('killed half way, restoring leaves the old data untouched', async () => {
  const large = await server.freshDatabase();
  await large.pool.query(
    "INSERT INTO topic (id) SELECT 'topic-' || translate(i::text, '0123456789', 'abcdefghij') FROM generate_series(1, 60000) AS i",
  );
  const file = join(folder, 'large');
  await backup(large, file);
  const database = await server.freshDatabase();
  await database.pool.query("INSERT INTO topic (id) VALUES ('old-data')");

  const script = `
    import { openDatabase, restore } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const database = await openDatabase({ dataFolder: '/nowhere', databaseUrl: process.argv[1] });
    await restore(database, process.argv[2]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, server.urlOf(database), file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<[number | null, string | null]>((resolve) => child.once('exit', (...how) => resolve(how)));
  // Kill it when rows are going in.
  for (let seen = 0; seen === 0;) {
    const { rows } = await database.pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE \'INSERT INTO "topic"%\'',
    );
    seen = rows[0]!.n;
    if (child.exitCode !== null) throw new Error('It was finished before we could kill it.');
  }
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect((await everything(database))['topic']).toEqual(['(old-data)']);

  // And the same file still does its work.
  await restore(database, file);
  expect((await everything(database))['topic']).toHaveLength(60_000);
});

async function patch(file: string, at: number, bytes: string | Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.from(bytes as string), 0, undefined, at);
  await handle.close();
}
