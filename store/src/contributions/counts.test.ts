import { day, month } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { answers } from './answer-counts.ts';
import { barriers } from './barrier-counts.ts';
import { contribute, contributeMany, type GivenContribution } from './contribute.ts';
import { firstWork } from './first-work-counts.ts';
import { draft, forgetEverybody, given, person, profileForTests } from './given-for-tests.ts';
import { heard } from './heard-counts.ts';
import { countedAt, refreshAggregates } from './refresh-aggregates.ts';
import { reportBarrier, type BarrierReport } from './report-barrier.ts';
import { withdraw } from './withdraw.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

const now = new Date('2026-11-25T12:00:00Z');
const town = { town: 'example-town', example: true };
const refresh = (whole = false): Promise<unknown> => refreshAggregates(database, now, { whole });
const village = { ...profileForTests, town: 'example-village' };

test('answers are counted by value, door and month, and summed over what is not asked for', async () => {
  const family = { ...profileForTests, door: 'family' as const };
  await contributeMany(database, [
    given({
      of: 1,
      month: '2026-10',
      answers: [
        ['life', '7'],
        ['work', 'paid'],
      ],
    }),
    given({ of: 2, month: '2026-10', answers: [['life', '7']] }),
    given({ of: 3, month: '2026-10', answers: [['life', '3']], profile: family }),
    given({ of: 4, month: '2026-11', answers: [['life', '7']], profile: { ...family, door: null } }),
    given({ of: 5, month: '2026-11', answers: [['life', '9']], profile: village }),
  ]);
  await refresh();
  const life = { ...town, questions: ['life'] };
  expect((await answers(database, { ...life, by: [] })).values).toEqual([
    { question: 'life', value: '3', people: 1, crowded: 0 },
    { question: 'life', value: '7', people: 3, crowded: 0 },
  ]);
  expect((await answers(database, { ...life, by: ['door', 'month'] })).values).toEqual([
    { door: 'asylum', month: '2026-10', question: 'life', value: '7', people: 2, crowded: 0 },
    { door: 'family', month: '2026-10', question: 'life', value: '3', people: 1, crowded: 0 },
    { door: null, month: '2026-11', question: 'life', value: '7', people: 1, crowded: 0 },
  ]);
  expect((await answers(database, { ...life, by: ['month'], to: month('2026-10') })).answered).toEqual([
    { month: '2026-10', question: 'life', people: 3, crowded: 0 },
  ]);
  expect((await answers(database, { ...town, by: [], from: month('2026-11') })).values).toEqual([
    { question: 'life', value: '7', people: 1, crowded: 0 },
  ]);
  expect((await answers(database, { ...town, town: 'all', by: [], questions: ['life'] })).answered).toEqual([
    { question: 'life', people: 5, crowded: 0 },
  ]);
  expect((await answers(database, { ...life, example: false, by: [] })).values).toEqual([]);
});

test('where several values may be chosen, the base is people and not choices', async () => {
  await contributeMany(database, [
    given({
      of: 1,
      answers: [
        ['stood-in-way', 'childcare'],
        ['stood-in-way', 'travel'],
        ['stood-in-way', 'waiting'],
      ],
    }),
    given({
      of: 2,
      answers: [
        ['stood-in-way', 'childcare'],
        ['stood-in-way', 'travel'],
      ],
    }),
    given({ of: 3, answers: [['stood-in-way', 'nothing']] }),
    given({
      of: 4,
      answers: [
        ['stood-in-way', 'travel'],
        ['stood-in-way', 'travel'],
      ],
    }),
  ]);
  await refresh();
  const { values, answered } = await answers(database, { ...town, by: [] });
  expect(values.map(({ value, people }) => [value, people])).toEqual([
    ['childcare', 2],
    ['nothing', 1],
    ['travel', 3],
    ['waiting', 1],
  ]);
  expect(answered).toEqual([{ question: 'stood-in-way', people: 4, crowded: 0 }]);
});

test('of several contributions for a month the last one counts; in two towns they count in each', async () => {
  await contribute(database, given({ id: draft(1), answers: [['life', '2']] }));
  await contribute(database, given({ id: draft(2), answers: [['life', '5']] }));
  await contribute(database, given({ id: draft(3), answers: [['life', '8']], profile: village }));
  await refresh();
  const valuesOf = async (where: string): Promise<string[]> =>
    (await answers(database, { ...town, town: where, by: [] })).values.map(({ value }) => value);
  expect(await valuesOf('example-town')).toEqual(['5']);
  expect(await valuesOf('example-village')).toEqual(['8']);
});

test('what came from a crowded address is counted apart', async () => {
  await contributeMany(database, [
    given({ of: 1 }),
    given({ of: 2, crowded: true, followed: true }),
    given({ of: 3, crowded: true }),
  ]);
  await refresh();
  expect((await answers(database, { ...town, by: [] })).values).toEqual([
    { question: 'life', value: '7', people: 1, crowded: 2 },
  ]);
  expect(await heard(database, { ...town, year: 2026 })).toEqual([
    {
      language: 'ar',
      door: 'asylum',
      ageBand: '25-34',
      gender: 'woman',
      contributors: 1,
      contributions: 1,
      crowded: 2,
    },
  ]);
  expect(await firstWork(database, { ...town, by: [] })).toMatchObject({ histories: [], crowded: 1 });
});

const here = ['still-here', 'here'] as const;
const followedFor = (
  of: number,
  months: readonly (readonly [string, ...(readonly (readonly [string, string])[])])[],
  profile = profileForTests,
): GivenContribution[] =>
  months.map(([inMonth, ...said], i) =>
    given({ of, id: draft(i), month: inMonth, followed: true, answers: [here, ...said], profile }),
  );

test('first paid work: late entry, work, leaving, silence, and those who have no place on the clock', async () => {
  const later = { ...profileForTests, arrived: month('2026-08'), door: 'family' as const };
  await contributeMany(database, [
    // Arrived in January, heard from March (2) to October, began to work in June (5): observed from 2 to the end of 5.
    ...followedFor(1, [['2026-03'], ['2026-10', ['work', 'paid'], ['work-began', '2026-06']]]),
    // Heard from March to May (4), and then no more.
    ...followedFor(2, [['2026-03'], ['2026-05']]),
    // Heard from August, the month of arrival (0); left in October (2).
    ...followedFor(3, [['2026-08']], later),
    given({
      of: 3,
      id: draft(9),
      month: '2026-10',
      followed: true,
      answers: [['still-here', 'left-country']],
      profile: later,
    }),
    // Left, and came back: not left. Work in the month first heard counts as seen.
    given({
      of: 4,
      id: draft(1),
      month: '2026-09',
      followed: true,
      answers: [
        ['still-here', 'moved-town'],
        ['work', 'paid'],
      ],
      profile: later,
    }),
    ...followedFor(4, [['2026-11']], later),
    // Worked before we first heard them.
    ...followedFor(5, [['2026-10', ['work', 'paid'], ['work-began', '2026-04']]]),
    // Does not say when they arrived.
    ...followedFor(6, [['2026-10']], { ...profileForTests, arrived: null }),
    // Is not followed.
    given({ of: 7, answers: [['work', 'paid']] }),
  ]);
  await refresh();
  expect(await firstWork(database, { ...town, by: ['door', 'cohort'] })).toEqual({
    histories: [
      { door: 'asylum', cohort: '2026-1', entry: 2, exit: 5, cause: 'none', people: 1 },
      { door: 'asylum', cohort: '2026-1', entry: 2, exit: 6, cause: 'work', people: 1 },
      { door: 'family', cohort: '2026-2', entry: 0, exit: 2, cause: 'work', people: 1 },
      { door: 'family', cohort: '2026-2', entry: 1, exit: 3, cause: 'left', people: 1 },
    ],
    workedBefore: 1,
    arrivalNotSaid: 1,
    crowded: 0,
  });
  const { histories } = await firstWork(database, { ...town, town: 'all', by: [] });
  expect(histories.reduce((sum, { people }) => sum + people, 0)).toBe(4);
});

test('first paid work of who came in by a programme', async () => {
  await contributeMany(database, [
    given({ of: 1, followed: true, programme: 'evening-lessons' }),
    given({ of: 2, followed: true }),
  ]);
  await refresh();
  expect((await firstWork(database, { ...town, by: ['programme'] })).histories).toEqual([
    { programme: 'evening-lessons', entry: 10, exit: 11, cause: 'none', people: 1 },
    { programme: null, entry: 10, exit: 11, cause: 'none', people: 1 },
  ]);
});

test('who was heard: a followed person once a year, others once a month', async () => {
  await contributeMany(database, [
    given({ of: 1, id: draft(1), month: '2026-10' }),
    given({ of: 1, id: draft(2), month: '2026-11' }),
    given({ of: 2, month: '2025-12' }),
    given({ of: 3, language: 'ti', profile: { ...profileForTests, gender: null, ageBand: null, door: null } }),
  ]);
  await refresh();
  expect(await heard(database, { ...town, year: 2026 })).toEqual([
    {
      language: 'ar',
      door: 'asylum',
      ageBand: '25-34',
      gender: 'woman',
      contributors: 1,
      contributions: 2,
      crowded: 0,
    },
    { language: 'ti', door: null, ageBand: null, gender: null, contributors: 1, contributions: 1, crowded: 0 },
  ]);
});

const refused: BarrierReport = {
  id: draft(1),
  month: month('2026-11'),
  town: 'example-town',
  about: { right: 'work-permit', article: 'artikel 2a', version: day('2026-01-01') },
  placeKind: 'employer',
  saying: 'not-allowed',
};
const report = (of: number, different: Partial<BarrierReport> = {}, crowded = false) =>
  reportBarrier(database, {
    contributor: person(of),
    report: { ...refused, ...different },
    crowded,
    receivedOn: day('2026-11-25'),
    example: true,
  });

test('a barrier is kept once, counted once a person, and goes when it is withdrawn', async () => {
  expect(await report(1)).toBe('kept');
  expect(await report(1)).toBe('already');
  expect(await report(1, { id: draft(2) })).toBe('kept');
  expect(await report(2)).toBe('kept');
  expect(await report(3, {}, true)).toBe('kept');
  expect(await report(4, { about: { theme: 'childcare' }, town: null, placeKind: 'school', saying: 'no-place' })).toBe(
    'kept',
  );
  await refresh();
  const named = {
    month: '2026-11',
    about: 'right',
    subject: 'work-permit',
    placeKind: 'employer',
    saying: 'not-allowed',
  };
  expect(await barriers(database, town)).toEqual([{ ...named, people: 2, crowded: 1 }]);
  expect(await barriers(database, { ...town, town: 'all', from: month('2026-11'), to: month('2026-11') })).toEqual([
    { ...named, people: 2, crowded: 1 },
    {
      month: '2026-11',
      about: 'theme',
      subject: 'childcare',
      placeKind: 'school',
      saying: 'no-place',
      people: 1,
      crowded: 0,
    },
  ]);
  expect(await barriers(database, { ...town, from: month('2026-12') })).toEqual([]);

  expect(await withdraw(database, [person(1)], day('2026-11-26'))).toBe(2);
  expect(await report(1)).toBe('withdrawn');
  await refresh();
  expect(await barriers(database, town)).toEqual([{ ...named, people: 1, crowded: 1 }]);
});

test('counting what changed gives what counting everything gives', async () => {
  // A plain generator of numbers, the same in every run.
  let state = 7;
  const chance = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  const towns = ['example-town', 'example-village', null];
  const doors = ['asylum', 'family', null] as const;
  for (let round = 0; round < 12; round++) {
    const some = Array.from({ length: 40 }, () => {
      const of = chance(30);
      return given({
        of,
        id: draft(chance(8)),
        month: `2026-${String(1 + chance(11)).padStart(2, '0')}`,
        followed: of % 2 === 0,
        crowded: chance(9) === 0,
        language: chance(2) === 0 ? 'ar' : 'ti',
        profile: {
          ...profileForTests,
          town: towns[chance(3)]!,
          door: doors[chance(3)]!,
          arrived: chance(4) === 0 ? null : month('2026-02'),
        },
        answers: [
          ['life', String(chance(11))],
          ['work', chance(3) === 0 ? 'paid' : 'looking'],
          ['still-here', chance(8) === 0 ? 'left-country' : 'here'],
          ['helped', 'coach'],
          ...(chance(2) === 0 ? [['helped', 'family'] as const] : []),
        ],
      });
    });
    await contributeMany(database, some);
    for (const of of [chance(30), chance(30)]) await report(of, { id: draft(chance(5)), town: towns[chance(3)]! });
    if (round % 3 === 2) await withdraw(database, [person(chance(30)), person(chance(30))], day('2026-11-26'));
    await refresh();
  }
  const changed = await everyCount();
  await refresh(true);
  expect(await everyCount()).toEqual(changed);
  expect(changed.every((rows) => rows.length > 3)).toBe(true);
});

async function everyCount(): Promise<unknown[][]> {
  const tables = ['answer_count', 'first_work_count', 'heard_count', 'barrier_count'];
  return Promise.all(
    tables.map(async (table) => (await database.pool.query(`SELECT t::text FROM ${table} t ORDER BY t::text`)).rows),
  );
}

test('the counts say when they were made, and nothing new is nothing to do', async () => {
  await contribute(database, given());
  expect(await refreshAggregates(database, now)).toEqual({ months: 1, towns: 1 });
  expect(await countedAt(database)).toEqual(now);
  expect(await refreshAggregates(database, now)).toEqual({ months: 0, towns: 0 });
});

test('two who count at the same moment take turns', async () => {
  await contributeMany(
    database,
    Array.from({ length: 50 }, (_, of) => given({ of, followed: true })),
  );
  await Promise.all([refresh(), refresh(true), refresh()]);
  expect((await answers(database, { ...town, by: [] })).answered).toEqual([
    { question: 'life', people: 50, crowded: 0 },
  ]);
});
