import { day } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { answers } from './answer-counts.ts';
import { contribute, contributeMany } from './contribute.ts';
import { draft, forgetEverybody, given, person } from './given-for-tests.ts';
import { keptId } from './kept-id.ts';
import { firstWork } from './first-work-counts.ts';
import { refreshAggregates } from './refresh-aggregates.ts';
import { withdraw } from './withdraw.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

const on = day('2026-11-26');
const town = { town: 'example-town', example: true };

test('everything of these contributors goes, and only of these; two ids and a day stay', async () => {
  const words = [{ question: 'helped', text: 'Fatma' }];
  await contributeMany(
    database,
    [1, 2, 3].map((of) => given({ of, followed: true, words })),
  );
  await refreshAggregates(database, new Date());
  expect(await withdraw(database, [person(1), person(2), person(99)], on)).toBe(2);
  for (const table of ['contribution', 'contribution_words', 'member']) {
    const { rows } = await database.pool.query(`SELECT owner_id FROM ${table}`);
    expect(rows, table).toEqual([{ owner_id: person(3) }]);
  }
  const { rows } = await database.pool.query('SELECT * FROM withdrawal ORDER BY owner_id');
  expect(rows).toEqual(
    [1, 2].map((of) => ({ owner_id: person(of), id: keptId(person(of), draft(1)), withdrawn_on: '2026-11-26' })),
  );

  await refreshAggregates(database, new Date());
  expect((await answers(database, { ...town, by: [] })).answered).toEqual([
    { question: 'life', people: 1, crowded: 0 },
  ]);
  expect((await firstWork(database, { ...town, by: [] })).histories).toMatchObject([{ people: 1 }]);
});

test('what came and went between two counts was never counted', async () => {
  await contribute(database, given());
  await withdraw(database, [person(1)], on);
  await refreshAggregates(database, new Date());
  expect((await answers(database, { ...town, by: [] })).values).toEqual([]);
  expect((await database.pool.query('SELECT FROM recount')).rowCount).toBe(0);
});

test('what is on its way in while somebody withdraws goes as well, and its retry finds that it was withdrawn', async () => {
  await contribute(database, given({ id: draft(1) }));
  const client = await database.pool.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO contribution SELECT owner_id, $1, month, received_on, arrived, instrument_version, turn, followed, crowded, example,
       instrument, language, town, door, age_band, gender, answers FROM contribution`,
    [keptId(person(1), draft(2))],
  );
  const withdrawing = withdraw(database, [person(1)], on);
  await waitUntilSomebodyWaits();
  await client.query('COMMIT');
  client.release();
  expect(await withdrawing).toBe(2);
  expect(await contribute(database, given({ id: draft(2) }))).toBe('withdrawn');
});

async function waitUntilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rowCount } = await database.pool.query('SELECT FROM pg_locks WHERE NOT granted');
    if (rowCount! > 0) return;
  }
}

test('nothing to withdraw', async () => {
  expect(await withdraw(database, [], on)).toBe(0);
  expect(await withdraw(database, [person(5)], on)).toBe(0);
});
