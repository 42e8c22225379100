import { day, month } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { contribute } from './contribute.ts';
import { draft, forgetEverybody, given, person } from './given-for-tests.ts';
import { reportBarrier } from './report-barrier.ts';
import { withdrawOne } from './withdraw-one.ts';

let server: TestServer;
let owner: Database;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  owner = await server.freshDatabase();
  // As the pages do it: with the role that may not read what somebody answered.
  database = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(owner), as: 'application' });
});
afterAll(async () => {
  await database.stop();
  await server.stop();
});
beforeEach(() => forgetEverybody(owner));

const on = day('2026-12-01');
const count = async (table: string): Promise<number> =>
  (await owner.pool.query<{ count: number }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count;

test('one month goes with its words, and does not come back; the others stay', async () => {
  const words = [{ question: 'helped', text: 'Fatma' }];
  await contribute(database, given({ id: draft(1), words }));
  await contribute(database, given({ id: draft(2), month: '2026-10' }));
  expect(await withdrawOne(database, { contributor: person(1), id: draft(1), on })).toBe(1);
  expect(await withdrawOne(database, { contributor: person(1), id: draft(1), on })).toBe(0);
  expect(await contribute(database, given({ id: draft(1), words }))).toBe('withdrawn');
  expect([await count('contribution'), await count('contribution_words')]).toEqual([1, 0]);
});

test('taken back before it came: a queue that was offline does not bring it in', async () => {
  expect(await withdrawOne(database, { contributor: person(1), id: draft(1), on })).toBe(0);
  expect(await contribute(database, given({ id: draft(1) }))).toBe('withdrawn');
});

test('who was followed leaves the curves with a month, and comes back with the next one they give', async () => {
  const followed = (id: number, month: string) => given({ id: draft(id), month, followed: true });
  await contribute(database, followed(1, '2026-09'));
  await contribute(database, followed(2, '2026-10'));
  await withdrawOne(database, { contributor: person(1), id: draft(1), on });
  expect([await count('contribution'), await count('member')]).toEqual([1, 0]);
  await contribute(database, followed(3, '2026-11'));
  expect(await count('member')).toBe(1);
});

test('a report of a barrier goes by itself', async () => {
  const report = {
    id: draft(7),
    month: month('2026-11'),
    town: 'example-town',
    about: { theme: 'waiting' },
    placeKind: 'bank',
    saying: 'wait',
  };
  const sent = { contributor: person(1), report, crowded: false, receivedOn: on, example: true };
  await contribute(database, given({ id: draft(1) }));
  await reportBarrier(database, sent);
  expect(await withdrawOne(database, { contributor: person(1), id: draft(7), on })).toBe(1);
  expect(await reportBarrier(database, sent)).toBe('withdrawn');
  expect([await count('barrier_report'), await count('contribution')]).toEqual([0, 1]);
});
