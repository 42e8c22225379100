import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from './database.ts';
import { doIfDue } from './regular-task.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

const at = (time: string): Date => new Date(`2026-11-25T${time}Z`);

test('done the first time, and again when its time has come', async () => {
  const task = { id: 'count', everyMinutes: 3, work: async () => {} };
  expect(await doIfDue(database, task, at('12:00:00'))).toBe(true);
  expect(await doIfDue(database, task, at('12:02:59'))).toBe(false);
  expect(await doIfDue(database, task, at('12:03:00'))).toBe(true);
});

test('of several processes at the same moment one does it', async () => {
  const others = [1, 2].map(() =>
    connect({ connectionString: server.urlOf(database) }, { random: Math.random, embedded: null }),
  );
  let done = 0;
  const { promise: allAsked, resolve: goOn } = Promise.withResolvers<void>();
  const task = { id: 'keep', everyMinutes: 60, work: () => (done++, allAsked) };
  let answered = 0;
  const asked = [database, ...others].map(async (one) => {
    const did = await doIfDue(one, task, at('12:00:00'));
    if (++answered === 2) goOn();
    return did;
  });
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  expect(done).toBe(1);
  await Promise.all(others.map((one) => one.stop()));
});

test('what failed is tried again', async () => {
  const failing = { id: 'fails', everyMinutes: 60, work: () => Promise.reject(new Error('no')) };
  await expect(doIfDue(database, failing, at('12:00:00'))).rejects.toThrow('no');
  expect(await doIfDue(database, { ...failing, work: async () => {} }, at('12:00:01'))).toBe(true);
});
