import { heard, contribute, retentionOf, type Database } from '@meedoen/store';
import { startTestServer, type TestServer } from '@meedoen/store/testing';
import { day, month } from '@meedoen/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRegularTasks } from './regular-tasks.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

const retention = retentionOf({});

test('what came in is counted soon after the start, and stopping waits until it is done', async () => {
  await contribute(database, {
    contributor: 'aaaaaaaa-0000-8000-8000-000000000001',
    contribution: {
      id: '01a205b3-d000-7000-8000-000000000001',
      month: month('2026-11'),
      instrument: 'monthly',
      instrumentVersion: 1,
      language: 'ar',
      profile: { town: 'GM0344', door: 'asylum', arrived: null, ageBand: null, gender: null },
      followed: false,
      answers: [{ question: 'life', value: '7' }],
      words: [],
    },
    crowded: false,
    receivedOn: day('2026-11-25'),
    example: false,
  });
  const said: string[] = [];
  await startRegularTasks(database, { retention, say: (sentence) => said.push(sentence) }).stop();
  expect(await heard(database, { town: 'GM0344', example: false, year: 2026 })).toMatchObject([{ contributors: 1 }]);
  const { rows } = await database.pool.query('SELECT id FROM regular_task WHERE done_at IS NOT NULL ORDER BY id');
  expect(rows.map(({ id }: { id: string }) => id)).toEqual([
    'count',
    'let go what was kept long enough',
    'release the boards',
    'release the conversations',
  ]);
  expect(said).toEqual([]);
});

test('a task that fails is said, and the others go on', async () => {
  const broken = await server.freshDatabase();
  await broken.pool.query('DROP TABLE heard_count');
  await broken.pool.query('DROP TABLE recount');
  const said: string[] = [];
  await startRegularTasks(broken, { retention, say: (sentence) => said.push(sentence) }).stop();
  expect(said).toEqual([
    'The task "count" failed and is tried again: relation "recount" does not exist',
    'The task "let go what was kept long enough" failed and is tried again: relation "recount" does not exist',
  ]);
});
