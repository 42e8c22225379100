import { day } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { contribute, contributeMany } from './contribute.ts';
import { draft, forgetEverybody, given, person, profileForTests } from './given-for-tests.ts';
import { withdraw } from './withdraw.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

const count = async (table: string): Promise<number> =>
  (await database.pool.query<{ count: number }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count;

test('the same contribution is kept once', async () => {
  expect(await contribute(database, given())).toBe('kept');
  expect(await contribute(database, given())).toBe('already');
  expect(await contribute(database, given({ id: draft(1).toUpperCase() }))).toBe('already');
  expect(await count('contribution')).toBe(1);
});

test('the same contribution of two people is two contributions', async () => {
  expect(await contribute(database, given({ of: 1 }))).toBe('kept');
  expect(await contribute(database, given({ of: 2 }))).toBe('kept');
});

test('sent by four connections at the same moment, twenty times over, each is kept once', async () => {
  const others = [1, 2, 3].map(() =>
    connect({ connectionString: server.urlOf(database) }, { random: Math.random, embedded: null }),
  );
  const followed = {
    followed: true,
    answers: [['work', 'paid'] as const],
    words: [{ question: 'helped', text: 'Fatma' }],
  };
  for (let id = 1; id <= 20; id++) {
    const results = await Promise.all(
      [database, ...others].map((one) => contribute(one, given({ ...followed, id: draft(id) }))),
    );
    expect(results.sort()).toEqual(['already', 'already', 'already', 'kept']);
  }
  expect(await count('contribution')).toBe(20);
  expect(await count('contribution_words')).toBe(20);
  expect(await count('member')).toBe(1);
  // The first one alone met answers without a code, with four at once.
  expect(await count('answer_code')).toBe(1);
  await Promise.all(others.map((one) => one.stop()));
});

test('a queue that was offline: the result of each in its order, doubles within it and overlap with another queue', async () => {
  await contribute(database, given({ id: draft(2) }));
  await contribute(database, given({ of: 9, id: draft(9) }));
  await withdraw(database, [person(9)], day('2026-11-25'));
  expect(
    await contributeMany(database, [
      given({ id: draft(1) }),
      given({ id: draft(2) }),
      given({ of: 9, id: draft(9) }),
      given({ id: draft(3) }),
      given({ id: draft(1) }),
    ]),
  ).toEqual(['kept', 'already', 'withdrawn', 'kept', 'already']);

  const queue = (from: number): ReturnType<typeof given>[] =>
    Array.from({ length: 300 }, (_, i) =>
      given({ of: (from + i) % 400, id: draft(1000), answers: [['life', String(i % 11)]] }),
    );
  const results = (
    await Promise.all([contributeMany(database, queue(0)), contributeMany(database, queue(200).reverse())])
  ).flat();
  expect(results.filter((one) => one === 'kept')).toHaveLength(400);
});

test('thousands at once are kept in parts, each once', async () => {
  const many = Array.from({ length: 1_203 }, (_, i) => given({ of: i, followed: i % 2 === 0 }));
  expect(new Set(await contributeMany(database, many))).toEqual(new Set(['kept']));
  expect(new Set(await contributeMany(database, many))).toEqual(new Set(['already']));
  expect(await count('contribution')).toBe(1_203);
  expect(await count('member')).toBe(602);
});

test('what was withdrawn does not come back, and another one may come', async () => {
  await contribute(database, given({ id: draft(1) }));
  expect(await withdraw(database, [person(1)], day('2026-11-26'))).toBe(1);
  expect(await contribute(database, given({ id: draft(1) }))).toBe('withdrawn');
  expect(await contribute(database, given({ id: draft(2) }))).toBe('kept');
});

test('contradicting answers of one month are both kept, in the order they came', async () => {
  await contribute(database, given({ id: draft(1), answers: [['life', '7']] }));
  await contribute(database, given({ id: draft(2), answers: [['life', '3']] }));
  const { rows } = await database.pool.query(
    `SELECT turn, question, value FROM contribution, unnest(answers) AS code JOIN answer_code c ON c.id = code ORDER BY turn`,
  );
  expect(rows).toEqual([
    { turn: 0, question: 'life', value: '7' },
    { turn: 1, question: 'life', value: '3' },
  ]);
});

test('words of every script come back as they were', async () => {
  const text = 'ትምህርቲ 🙂 مكتبة \\ "quoted" \n{2,3} ’';
  await contribute(
    database,
    given({
      words: [
        { question: 'helped', text },
        { question: 'helped', text: '[]' },
      ],
    }),
  );
  const { rows } = await database.pool.query('SELECT question, words FROM contribution_words ORDER BY position');
  expect(rows).toEqual([
    { question: 'helped', words: text },
    { question: 'helped', words: '[]' },
  ]);
});

test.each(['half a \ud83d', 'a \u0000 null'])(
  'words that cannot be stored are refused, and nothing is kept: %j',
  async (text) => {
    const words = [{ question: 'helped', text }];
    await expect(contributeMany(database, [given({ id: draft(2) }), given({ words })])).rejects.toMatchObject({
      code: 'text_refused',
    });
    expect(await count('contribution')).toBe(0);
  },
);

test('what was not said is counted as not said', async () => {
  const nothing = { town: null, door: null, arrived: null, ageBand: null, gender: null };
  await contribute(database, given({ profile: nothing, followed: true, answers: [] }));
  const { rows } = await database.pool.query('SELECT town, door, arrived, age_band, gender, answers FROM contribution');
  expect(rows).toEqual([
    { town: 'not-said', door: 'not-said', arrived: null, age_band: 'not-said', gender: 'not-said', answers: [] },
  ]);
});

test('nobody is followed who did not agree to it', async () => {
  await contribute(database, given({ followed: false }));
  expect(await count('member')).toBe(0);
});

test('of who is followed the earliest work and the last month heard are known, in whatever order months come in', async () => {
  const months = [
    given({
      id: draft(1),
      month: '2026-05',
      followed: true,
      answers: [
        ['work', 'looking'],
        ['still-here', 'here'],
      ],
    }),
    given({
      id: draft(2),
      month: '2026-08',
      followed: true,
      answers: [
        ['work', 'paid'],
        ['work-began', '2026-07'],
      ],
    }),
    given({
      id: draft(3),
      month: '2026-09',
      followed: true,
      answers: [
        ['work', 'paid'],
        ['work-began', '2026-06'],
      ],
      programme: 'evening-lessons',
    }),
    given({
      id: draft(4),
      month: '2026-11',
      followed: true,
      answers: [['still-here', 'left-country']],
      profile: { ...profileForTests, town: 'example-village' },
    }),
  ];
  const expected = {
    town: 'example-town',
    programme: 'evening-lessons',
    first_month: '2026-05-01',
    last_month: '2026-11-01',
    // Two answers about one job contradict each other: both are kept, and the earliest month counts.
    first_work_month: '2026-06-01',
    left_month: '2026-11-01',
    here_month: '2026-05-01',
  };
  for (const one of months) await contribute(database, one);
  const facts = 'town, programme, first_month, last_month, first_work_month, left_month, here_month';
  expect((await database.pool.query(`SELECT ${facts} FROM member`)).rows).toEqual([expected]);

  const { town: _, ...whenever } = expected;
  await forgetEverybody(database);
  for (const one of [...months].reverse()) await contribute(database, one);
  expect((await database.pool.query(`SELECT ${facts} FROM member`)).rows[0]).toMatchObject(whenever);
  await forgetEverybody(database);
  await contributeMany(database, months);
  expect((await database.pool.query(`SELECT ${facts} FROM member`)).rows).toEqual([expected]);
});

test('the moment in the id of a draft is not kept', async () => {
  await contribute(database, given());
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM contribution');
  expect(rows[0]!.id.slice(0, 8)).not.toBe(draft(1).slice(0, 8));
  expect(rows[0]!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
});
