import { join } from 'node:path';
import type { PublishedShare } from '@meedoen/board';
import { derivable } from '@meedoen/board/testing';
import {
  exampleContributions,
  knowledgeFolder,
  loadExampleParameters,
  plantedStartOfWork,
  type ExampleDoor,
} from '@meedoen/knowledge';
import { strictest } from '@meedoen/publication';
import { day, month, monthsLater } from '@meedoen/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contribute } from '../contributions/contribute.ts';
import { firstWork } from '../contributions/first-work-counts.ts';
import { given, profileForTests } from '../contributions/given-for-tests.ts';
import { refreshAggregates } from '../contributions/refresh-aggregates.ts';
import { reportBarrier } from '../contributions/report-barrier.ts';
import type { Database } from '../database.ts';
import { loadExamplePeople, removeExamplePeople } from '../example-people.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { releaseBoards } from './release-boards.ts';
import { boardOf, boardReports, boardTowns, ledgerOf } from './released-boards.ts';

let server: TestServer;
let database: Database;
const parameters = loadExampleParameters(join(knowledgeFolder(), 'example-town'));
const country = { town: 'all', example: true };

beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
  await loadExamplePeople(database, exampleContributions(parameters), 'test', new Date(0));
  await releaseBoards(database, { on: day('2026-11-10') });
});
afterAll(async () => {
  await database.stop();
  await server.stop();
});

describe('the example people', () => {
  test('every example town has a board, and so has the country', async () => {
    const towns = (await boardTowns(database)).map(({ town }) => town);
    expect(towns).toEqual(['all', 'example-bridge', 'example-harbour', 'example-town', 'example-village']);
    const board = await boardOf(database, { town: 'example-town', example: true });
    expect(board).toMatchObject({ town: 'example-town', example: true, releasedOn: '2026-11-10' });
    expect(await boardOf(database, { town: 'example-town', example: false })).toBeNull();
  });

  test('the planted shares who found work, and who left, lie within the published intervals, door by door', async () => {
    const board = (await boardOf(database, country))!;
    const slice = board.firstWork!.slices.door!;
    let checked = 0;
    let missed = 0;
    for (const curve of slice.curves) {
      const door = parameters.doors.find(({ id }) => id === curve.group);
      if (!door) continue;
      for (const { months, work, left } of curve.points) {
        const truth = planted(door, months);
        for (const [share, real] of [
          [work, truth.work],
          [left, truth.left],
        ] as const) {
          if (share === null) continue;
          checked++;
          if (!within(share, real)) missed++;
        }
      }
    }
    expect(checked).toBeGreaterThan(4);
    // Of twenty intervals of 95 % one may miss.
    expect(missed).toBeLessThanOrEqual(Math.ceil(checked / 20));
  });

  test('people of temporary protection wait months shorter than people of asylum, also when alike, as was planted', async () => {
    const { gaps, reference } = (await boardOf(database, country))!.equalAccess!;
    expect(reference.door).toBe('asylum');
    const alike = gaps.find(({ door }) => door === 'temporary-protection')!.alike;
    expect(alike.ok && alike.value.upper).toBeLessThan(-4);
  });

  test('no table lets a small number of the example town be narrowed to fewer than ten values', async () => {
    for (const town of ['example-town', 'example-village', 'all']) {
      const of = { town, example: true };
      const board = (await boardOf(database, of))!;
      if (board.firstWork === null) continue;
      const all = await Promise.all(
        ([[], ['door'], ['cohort'], ['programme']] as const).map((by) => firstWork(database, { ...of, by })),
      );
      const [everyone, door, cohort, programme] = all.map(({ histories }, at) =>
        histories.map((one) => ({
          ...one,
          group: String([0, one.door, one.cohort, one.programme][at] ?? (at === 1 ? 'not-said' : 'none')),
        })),
      ) as [never, never, never, never];
      const found = derivable(
        await ledgerOf(database, of),
        '2026-2',
        { everyone, door, cohort, programme },
        board.firstWork,
      );
      const small = [...found.values()].filter(({ people }) => people > 0 && people < strictest.fewest);
      for (const { lower, upper } of small) expect(upper - lower).toBeGreaterThanOrEqual(strictest.width);
      // What the test takes for true is what was counted: it lies between.
      for (const { people, lower, upper } of found.values()) {
        expect(people).toBeGreaterThanOrEqual(lower - 1e-6);
        expect(people).toBeLessThanOrEqual(upper + 1e-6);
      }
    }
  });

  test('every release carries its reports, all audited', async () => {
    const [release] = await boardReports(database, { town: 'example-town', example: true });
    expect(release!.reports.length).toBeGreaterThan(100);
    for (const { audit } of release!.reports) {
      expect(audit.passed).toBe(true);
      if (audit.narrowest !== null) expect(audit.narrowest).toBeGreaterThanOrEqual(strictest.width);
    }
  });
});

test('a release without something new is none; two at once are one', async () => {
  const again = await releaseBoards(database, { on: day('2026-11-20') });
  expect(again.every(({ outcome }) => outcome === 'nothing-new')).toBe(true);

  const town = 'example-harbour';
  await database.kysely.deleteFrom('board_release').where('owner_id', '=', town).execute();
  await database.kysely.deleteFrom('published_table').where('owner_id', '=', town).execute();
  const both = await Promise.all([1, 2].map(() => releaseBoards(database, { on: day('2026-11-10'), towns: [town] })));
  expect(both.map(([report]) => report!.outcome).sort()).toEqual(['nothing-new', 'released']);
  const { releases } = await ledgerOf(database, { town, example: true });
  expect(new Set(releases.map(({ id }) => id)).size).toBe(releases.length);
});

test('barriers: each person once for each right, whatever they were told and where; this month and the crowd wait', async () => {
  const town = 'example-quay';
  const report = (of: number, at: string, saying: string, crowded = false) =>
    reportBarrier(database, {
      contributor: `bbbbbbbb-0000-8000-8000-${String(of).padStart(12, '0')}`,
      report: {
        id: `01a205b3-d000-7000-8000-${String(of).padStart(6, '0')}${at.replace('-', '')}`,
        month: month(at),
        town,
        about: { right: 'paid-work', article: null, version: null },
        placeKind: 'employer',
        saying,
      },
      crowded,
      receivedOn: day('2026-11-01'),
      example: true,
    });
  for (let of = 0; of < 22; of++) await report(of, '2026-10', of % 2 === 0 ? 'wait' : 'not-allowed');
  for (let of = 0; of < 40; of++) await report(of, '2026-11', 'wait');
  for (let of = 50; of < 90; of++) await report(of, '2026-10', 'wait', true);
  await contribute(database, { ...given({ profile: { ...profileForTests, town } }), receivedOn: day('2026-11-01') });
  await refreshAggregates(database, new Date(0));
  await releaseBoards(database, { on: day('2026-11-10'), towns: [town] });
  const board = await boardOf(database, { town, example: true });
  expect(board!.barriers).toEqual([{ month: '2026-10', counts: [{ value: 'right:paid-work', people: 20 }] }]);
});

test('who takes the example people out takes their boards along', async () => {
  await removeExamplePeople(database);
  expect(await boardTowns(database)).toEqual([]);
});

/** The planted shares, over all towns and months of arrival that could be followed so long. Points are at the end of a month. */
function planted(door: ExampleDoor, months: number): { work: number; left: number } {
  const arrivals = Array.from({ length: parameters.months - months }, (_, at) =>
    monthsLater(parameters.firstMonth, at),
  );
  const people = parameters.towns.reduce((sum, town) => sum + town.people, 0);
  return parameters.towns.reduce(
    (sum, town) => {
      const truth = plantedStartOfWork(parameters, town, door, arrivals, months - 1);
      const weight = town.people / people;
      return { work: sum.work + weight * truth.work[months - 1]!, left: sum.left + weight * truth.left[months - 1]! };
    },
    { work: 0, left: 0 },
  );
}

function within({ lower, upper }: PublishedShare, truth: number): boolean {
  return truth >= lower && truth <= upper;
}
