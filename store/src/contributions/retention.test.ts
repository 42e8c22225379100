import { day } from '@meedoen/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { answers } from './answer-counts.ts';
import { contributeMany, type GivenContribution } from './contribute.ts';
import { firstWork } from './first-work-counts.ts';
import { draft, forgetEverybody, given, person } from './given-for-tests.ts';
import { heard } from './heard-counts.ts';
import { refreshAggregates } from './refresh-aggregates.ts';
import { applyRetention, defaultRetention, retentionOf } from './retention.ts';
import { withdraw } from './withdraw.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());
beforeEach(() => forgetEverybody(database));

const town = { town: 'example-town', example: false };
const real = (different: Parameters<typeof given>[0]): GivenContribution => ({ ...given(different), example: false });
const words = [{ question: 'helped', text: 'Fatma' }];

test('what was kept long enough goes, its counts stay, and counting everything again leaves them', async () => {
  await contributeMany(database, [
    real({ of: 1, id: draft(1), month: '2026-12', followed: true, words }),
    real({ of: 2, id: draft(2), month: '2027-01', followed: true, words }),
    real({ of: 2, id: draft(3), month: '2029-06', followed: true, words }),
    real({ of: 3, id: draft(4), month: '2026-12', words: [] }),
  ]);
  // Not counted before: retention has to count first what it lets go.
  expect(await applyRetention(database, day('2030-01-15'))).toEqual({
    words: 2,
    contributions: 2,
    barrierReports: 0,
    followed: 0,
    withdrawals: 0,
  });
  const counts = async (): Promise<unknown> => [
    await answers(database, { ...town, by: ['month'] }),
    await heard(database, { ...town, year: 2026 }),
    await firstWork(database, { ...town, by: [] }),
  ];
  const kept = await counts();
  expect(kept).toMatchObject([
    {
      answered: [
        { month: '2026-12', people: 2 },
        { month: '2027-01', people: 1 },
        { month: '2029-06', people: 1 },
      ],
    },
    [{ contributors: 2 }],
    { histories: [{ people: 1 }, { people: 1 }] },
  ]);

  // Person 1 was last heard five years and a month before.
  expect(await applyRetention(database, day('2032-01-15'))).toMatchObject({ followed: 1, contributions: 1, words: 1 });
  expect(await counts()).toEqual(kept);
  await refreshAggregates(database, new Date(), { whole: true });
  expect(await counts()).toEqual(kept);
  expect(await firstWork(database, { ...town, town: 'all', by: [] })).toEqual(
    await firstWork(database, { ...town, by: [] }),
  );
});

test('months that are still kept go on being counted, and closed ones do not', async () => {
  await contributeMany(database, [real({ id: draft(1), month: '2031-03' })]);
  await applyRetention(database, day('2032-01-15'));
  // Somebody's outbox was offline for years; somebody else withdraws.
  await contributeMany(database, [real({ of: 2, month: '2020-03' }), real({ of: 3, month: '2031-03' })]);
  await withdraw(database, [person(1)], day('2032-01-16'));
  await refreshAggregates(database, new Date());
  expect((await answers(database, { ...town, by: ['month'] })).answered).toEqual([
    { month: '2031-03', question: 'life', people: 1, crowded: 0 },
  ]);
});

test('tombstones go when no device would still send what was withdrawn', async () => {
  await contributeMany(database, [real({ of: 1 }), real({ of: 2, id: draft(2) })]);
  await withdraw(database, [person(1)], day('2030-01-10'));
  await withdraw(database, [person(2)], day('2031-06-10'));
  expect(await applyRetention(database, day('2032-03-01'))).toMatchObject({ withdrawals: 1 });
});

test('an operator may choose other periods', () => {
  expect(retentionOf({})).toEqual(defaultRetention);
  expect(retentionOf({ MEEDOEN_KEEP_WORDS: ' 6 ', MEEDOEN_KEEP_FOLLOWED: '48' })).toEqual({
    ...defaultRetention,
    words: 6,
    followed: 48,
  });
  expect(() => retentionOf({ MEEDOEN_KEEP_WORDS: '1 year' })).toThrow(
    'MEEDOEN_KEEP_WORDS says "1 year". Write a whole number of months from 1 to 1200, or leave it out for 12.',
  );
});

test('the synthetic people of the example are kept, and counted in closed months too', async () => {
  await applyRetention(database, day('2032-01-15'));
  await contributeMany(database, [
    given({ of: 1, month: '2020-03', followed: true, words }),
    real({ of: 2, month: '2020-03' }),
  ]);
  expect(await applyRetention(database, day('2032-01-16'))).toMatchObject({ contributions: 1, words: 0, followed: 0 });
  const synthetic = { town: 'example-town', example: true };
  for (const whole of [false, true]) {
    await refreshAggregates(database, new Date(), { whole });
    expect((await answers(database, { ...synthetic, by: ['month'] })).answered).toMatchObject([
      { month: '2020-03', people: 1 },
    ]);
    expect(await heard(database, { ...synthetic, year: 2020 })).toMatchObject([{ contributors: 1 }]);
    expect((await answers(database, { ...town, by: [] })).answered).toEqual([]);
  }
});
