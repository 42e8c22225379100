import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { diskGuard, dropBallastIfNeeded, layBallast } from './disk-guard.ts';

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meedoen-disk-'));
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('below 256 MB writing stops and reading goes on; with room again, writing starts by itself', async () => {
  let free = 255;
  const database = connect(
    { connectionString: server.urlOf(await server.freshDatabase()) },
    { random: Math.random, embedded: null, freeDiskInMegabytes: async () => free },
  );
  const write = (id: string): Promise<unknown> =>
    database.write((transaction) => transaction.insertInto('topic').values({ id }).execute());

  await expect(write('one')).rejects.toMatchObject({ code: 'disk_full', isPassing: true, retryAfterInSeconds: 60 });
  expect(await database.read((kysely) => kysely.selectFrom('topic').selectAll().execute())).toEqual([]);
  expect(await database.health()).toMatchObject({
    state: 'read only',
    freeDiskInMegabytes: 255,
    message: 'The disk has 255 MB left. Free some space; below 256 MB nothing is written.',
  });

  free = 256;
  await new Promise((resolve) => setTimeout(resolve, 1010));
  await write('two');
  expect(await database.health()).toMatchObject({ state: 'ready', message: null });
  await database.stop();
});

test('the file system is asked at most once a second', async () => {
  let asked = 0;
  let now = 0;
  const guard = diskGuard({ free: async () => ++asked * 1000, now: () => now });
  await Promise.all([guard.checkRoomToWrite(), guard.checkRoomToWrite()]);
  now = 999;
  await guard.checkRoomToWrite();
  expect(asked).toBe(1);
  now = 1000;
  await guard.checkRoomToWrite();
  expect(asked).toBe(2);
});

test('the ballast takes real room, and is given back when the disk is full', async () => {
  const noise = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(7);
  await layBallast(folder, noise, { writesNeedInMegabytes: 1, ballastInMegabytes: 2 });
  const [name] = await readdir(folder);
  expect((await stat(join(folder, name!))).blocks * 512).toBeGreaterThanOrEqual(2 * 1024 * 1024);
  expect(await dropBallastIfNeeded(folder, { writesNeedInMegabytes: 1, ballastInMegabytes: 2 })).toBe(false);
  expect(await dropBallastIfNeeded(folder, { writesNeedInMegabytes: 1, ballastInMegabytes: 1e12 })).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});
