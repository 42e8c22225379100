// A million people over four years: how long until their counts are made, all of them or those of a few minutes, and how long does
// a board of the largest town wait for them? And check-ins at a steady rate, with and without kills of the database.
// The first takes some minutes and 4 GB of disk in the temporary folder; MEEDOEN_BENCH_PEOPLE makes it smaller.
import {
  answers,
  barriers,
  firstWork,
  heard,
  migrate,
  openDatabase,
  refreshAggregates,
  type Database,
} from '@meedoen/store';
import { month } from '@meedoen/units';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../scripts/bench.ts';
import { runLoad, type LoadReport } from './contribution-load.ts';
import { makeContributions } from './contribution-rows.ts';

const people = Number(process.env['MEEDOEN_BENCH_PEOPLE'] ?? 1_000_000);
const many = people.toLocaleString('en');

let open: Promise<{ database: Database; folder: string }> | null = null;

function population(): Promise<{ database: Database; folder: string }> {
  open ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meedoen-bench-'));
    // Started by root, PostgreSQL runs as somebody else, who has to pass here.
    await chmod(folder, 0o755);
    const database = await openDatabase({ dataFolder: folder });
    await migrate(database);
    await makeContributions(database, { people, months: 48, seed: 1 });
    return { database, folder };
  })();
  return open;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

/** Check-ins of some minutes, as `contribute` marks them: which towns and months to count again. */
async function marksOf(database: Database, checkIns: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO recount SELECT owner_id, id, month, town, CASE WHEN followed THEN town END
     FROM (SELECT * FROM contribution WHERE month = '2026-06-01' ORDER BY id LIMIT $1) AS latest`,
    [checkIns],
  );
}

async function readBoard(database: Database): Promise<void> {
  // Town 1 is the largest: one in seven people.
  const town = { town: 'GM0001', example: false };
  await answers(database, { ...town, questions: ['life', 'stood-in-way'], by: ['month'] });
  await firstWork(database, { ...town, by: ['door'] });
  await heard(database, { ...town, year: 2026 });
  await barriers(database, { ...town, from: month('2026-01') });
}

let quiet: Promise<LoadReport> | null = null;
let killed: Promise<LoadReport> | null = null;
const withoutKills = (): Promise<LoadReport> => (quiet ??= runLoad({ rate: 300, seconds: 60, kills: 0 }));
const withKills = (): Promise<LoadReport> => (killed ??= runLoad({ rate: 300, seconds: 60, kills: 20 }));

export const benches: readonly Bench[] = [
  {
    name: `counts of everything: ${many} people, 48 months, 8 answers a month`,
    unit: 's',
    goal: 'at most 60 on two cores',
    measure: async () => {
      const { database } = await population();
      return seconds(() => refreshAggregates(database, new Date(), { whole: true }));
    },
  },
  {
    name: 'counts after 1,000 check-ins in all towns',
    unit: 's',
    goal: 'seconds',
    measure: async () => {
      const { database } = await population();
      await marksOf(database, 1000);
      return seconds(() => refreshAggregates(database, new Date()));
    },
  },
  {
    name: 'reading the counts of a board of the largest town, median of 21',
    unit: 'ms',
    goal: 'at most 20',
    measure: async () => {
      const { database, folder } = await population();
      const took: number[] = [];
      for (let i = 0; i < 21; i++) took.push(1000 * (await seconds(() => readBoard(database))));
      await database.stop();
      await rm(folder, { recursive: true, force: true });
      return took.sort((a, b) => a - b)[10]!;
    },
  },
  {
    name: '300 check-ins a second for 60 s: 99 of 100 are acknowledged within',
    unit: 'ms',
    goal: 'at most 250',
    measure: async () => (await withoutKills()).milliseconds.p99,
  },
  {
    name: 'the same with 20 times kill -9 of the database: lost or doubled',
    unit: 'check-ins',
    goal: '0',
    measure: async () => {
      const { lost, doubled, sent, acknowledged } = await withKills();
      return lost + doubled + (sent - acknowledged);
    },
  },
  {
    name: '… and 99 of 100 are acknowledged within',
    unit: 'ms',
    goal: 'a restart or two',
    measure: async () => (await withKills()).milliseconds.p99,
  },
];
