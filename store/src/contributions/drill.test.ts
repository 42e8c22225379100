import { readFile } from 'node:fs/promises';
import { day, month } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { contribute } from './contribute.ts';
import { draft, forgetEverybody, given, person } from './given-for-tests.ts';
import { keptId } from './kept-id.ts';
import { refreshAggregates } from './refresh-aggregates.ts';
import { reportBarrier } from './report-barrier.ts';
import { withdraw } from './withdraw.ts';

// A court asks for all that the server holds of one person. The answer must be what store/README.md says, and no more.

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

/** Every row of every table, that holds the id of the contributor anywhere. */
async function everythingOf(contributor: string): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const found = new Map<string, Record<string, unknown>[]>();
  for (const { name } of tables) {
    const { rows } = await database.pool.query<Record<string, unknown>>(
      `SELECT * FROM ${name} t WHERE position($1 IN t::text) > 0`,
      [contributor],
    );
    if (rows.length > 0) found.set(name, rows);
  }
  return found;
}

/** The table in the README: `| contribution | owner_id, id, … | why |`. */
async function documented(): Promise<Record<string, string[]>> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split('## What the server holds of one person')[1]!.split('\n## ')[0]!;
  return Object.fromEntries(
    [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, table, columns]) => [
      table!,
      columns!.split(',').map((column) => column.trim()),
    ]),
  );
}

async function giveEverything(): Promise<void> {
  await contribute(
    database,
    given({
      id: draft(1),
      month: '2026-10',
      followed: true,
      words: [{ question: 'helped', text: 'Fatma' }],
      answers: [['work', 'paid']],
    }),
  );
  await reportBarrier(database, {
    contributor: person(1),
    report: {
      id: draft(3),
      month: month('2026-11'),
      town: 'example-town',
      about: { right: 'work-permit', article: 'artikel 2a', version: day('2026-01-01') },
      placeKind: 'employer',
      saying: 'not-allowed',
    },
    crowded: false,
    receivedOn: day('2026-11-25'),
    example: true,
  });
}

test('what is held of one person is what the README says, column by column, and nothing else', async () => {
  await giveEverything();
  const held = await everythingOf(person(1));
  await withdraw(database, [person(1)], day('2026-11-26'));
  const afterwards = await everythingOf(person(1));
  const columns = Object.fromEntries([...held, ...afterwards].map(([table, [row]]) => [table, Object.keys(row!)]));
  expect(columns).toEqual(await documented());
});

test('after withdrawal and a count, two ids and a day are held', async () => {
  await giveEverything();
  await withdraw(database, [person(1)], day('2026-11-26'));
  await refreshAggregates(database, new Date());
  const held = await everythingOf(person(1));
  expect([...held.keys()]).toEqual(['withdrawal']);
  expect(Object.keys(held.get('withdrawal')![0]!)).toEqual(['owner_id', 'id', 'withdrawn_on']);
});

test('nothing of it is finer than a day, and nothing joins it to what the person gives under another key', async () => {
  await giveEverything();
  const rows = [...(await everythingOf(person(1))).values()].flat();
  const values = rows.flatMap((row) => Object.entries(row)).filter(([, value]) => value !== null);
  for (const [column, value] of values) {
    // No moments: a check-in and a vote of the same minute would be of one person.
    expect(value, column).not.toBeInstanceOf(Date);
    // Nor the ids of drafts, in which a millisecond is written (UUID version 7).
    expect(String(value), column).not.toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(String(value), column).not.toContain(draft(1));
  }
  // Ids are what a join would go by. There are the contributor's, which is made of the key of this purpose alone, and those of
  // rows, which are made of it: no other table holds one of them, as everything that holds the contributor has been found.
  const ids = new Set(values.map(([, value]) => String(value)).filter((value) => /^[0-9a-f]{8}-/.test(value)));
  ids.delete(person(1));
  expect(ids).toEqual(new Set([1, 3].map((number) => keptId(person(1), draft(number)))));
  const own = new Set((await everythingOf(person(1))).keys());
  for (const id of ids) for (const table of (await everythingOf(id)).keys()) expect(own).toContain(table);
});

test('the pages can keep and withdraw, and can neither change nor read what somebody answered', async () => {
  const pages = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(database), as: 'application' });
  expect(await contribute(pages, given({ followed: true, words: [{ question: 'helped', text: 'Fatma' }] }))).toBe(
    'kept',
  );
  expect(await contribute(pages, given({ followed: true }))).toBe('already');
  for (const forbidden of [
    'SELECT answers FROM contribution',
    'SELECT * FROM contribution',
    'SELECT door FROM contribution',
    "UPDATE contribution SET month = '2026-10-01'",
    'SELECT saying FROM barrier_report',
    'UPDATE barrier_report SET crowded = true',
    "UPDATE contribution_words SET words = 'x'",
    'UPDATE answer_count SET counts = codes',
    'DELETE FROM withdrawal',
    "UPDATE barrier_answer SET answer = 'x'",
  ]) {
    await expect(pages.pool.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' });
  }
  expect(await withdraw(pages, [person(1)], day('2026-11-26'))).toBe(1);
  await pages.stop();
});
