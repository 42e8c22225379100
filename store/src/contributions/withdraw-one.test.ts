import { day } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { contribute } from './contribute.ts';
import { draft, forgetEverybody, given, person } from './given-for-tests.ts';
import { withdrawOne } from './withdraw-one.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

const on = day('2026-12-01');
const count = async (table: string): Promise<number> =>
  (await database.pool.query<{ count: number }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count;
const member = async () =>
  (await database.pool.query('SELECT first_month, last_month, first_work_month, left_month, here_month FROM member'))
    .rows;

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

test('of who is followed, what is known is what the months that are left tell', async () => {
  const months = [
    given({
      id: draft(1),
      month: '2026-05',
      followed: true,
      answers: [
        ['still-here', 'here'],
        ['work', 'looking'],
      ],
    }),
    given({
      id: draft(2),
      month: '2026-08',
      followed: true,
      answers: [
        ['work', 'paid'],
        ['work-began', '2025-12'],
      ],
    }),
    given({
      id: draft(3),
      month: '2026-09',
      followed: true,
      answers: [
        ['work', 'looking'],
        ['work-ended', '2026-09'],
      ],
    }),
    given({ id: draft(4), month: '2026-11', followed: true, answers: [['still-here', 'left-country']] }),
  ];
  // What is made again after a month went is what it would have been without that month.
  for (const without of [0, 1, 2, 3]) {
    await forgetEverybody(database);
    for (const one of months.filter((_, at) => at !== without)) await contribute(database, one);
    const expected = await member();
    await forgetEverybody(database);
    for (const one of months) await contribute(database, one);
    await withdrawOne(database, { contributor: person(1), id: draft(without + 1), on });
    expect(await member(), `without month ${without + 1}`).toEqual(expected);
  }
  for (const id of [1, 2, 3, 4]) await withdrawOne(database, { contributor: person(1), id: draft(id), on });
  expect(await count('member')).toBe(0);
});
