import { createHash } from 'node:crypto';
import { equalAccess, releaseBoard } from '@meedoen/board';
import type { BoardCounts, BoardRelease, GroupedHistory, MonthOfBarriers } from '@meedoen/board';
import type { ReleaseLedger } from '@meedoen/publication';
import { dayParts, isoDay, monthOf, monthsLater, type Day, type Month } from '@meedoen/units';
import { answers } from '../contributions/answer-counts.ts';
import { firstWork, type FirstWorkQuestion } from '../contributions/first-work-counts.ts';
import { heard } from '../contributions/heard-counts.ts';
import { keptMonth, monthKept } from '../contributions/kept-month.ts';
import { notSaid } from '../contributions/not-said.ts';
import type { Database } from '../database.ts';
import { composedHistories } from './composed-histories.ts';
import { boardOf, ledgerOf } from './released-boards.ts';

/** Up to which month after arrival waits of people behind different doors are compared. */
const comparedUpTo = 24;

export type BoardReport = {
  town: string;
  example: boolean;
  /** `nothing-new`: no month, year or half-year was added since the last release. */
  outcome: 'released' | 'nothing-new';
  tables: number;
  cells: number;
  hidden: number;
  withheld: number;
};

/**
 * Release the next board of every town that has counts, and of the country: counts, audited tables, and the board made of these, in
 * one transaction a town. Months and years that are over only. May be repeated: without something new nothing is released, and of two at
 * once one finds the other's. For who owns the tables; the pages may only read.
 */
export async function releaseBoards(
  database: Database,
  { on, towns }: { on: Day; towns?: readonly string[] },
): Promise<readonly BoardReport[]> {
  const { rows } = await database.read(() =>
    database.pool.query<{ town: string; example: boolean }>(
      `SELECT town, example FROM (
         SELECT owner_id AS town, example FROM answer_count UNION SELECT owner_id, example FROM barrier_count
       ) AS counted
       WHERE town <> $1 AND ($2::text[] IS NULL OR town = ANY ($2)) ORDER BY town, example`,
      [notSaid, towns ?? null],
    ),
  );
  const reports: BoardReport[] = [];
  for (const { town, example } of rows) reports.push(await releaseOne(database, town, example, on));
  return reports;
}

async function releaseOne(database: Database, town: string, example: boolean, on: Day): Promise<BoardReport> {
  const previous = await boardOf(database, { town, example });
  const nothing = { town, example, outcome: 'nothing-new', tables: 0, cells: 0, hidden: 0, withheld: 0 } as const;
  // Nothing is told by less than a month.
  if (previous !== null && previous.releasedOn.slice(0, 7) >= monthOf(on)) return nothing;
  const ledger = await ledgerOf(database, { town, example });
  const counts = await countsOf(database, town, example, on);
  const release = releaseBoard(counts, {
    releasedOn: on,
    previous,
    ledger,
    hash,
    equalAccess: town === 'all' ? equalAccess(await composedHistories(database, example), comparedUpTo) : null,
  });
  if (release.reports.length === 0 || !(await keep(database, town, example, on, release, ledger))) return nothing;
  return {
    town,
    example,
    outcome: 'released',
    tables: release.reports.length,
    cells: release.reports.reduce((sum, { cells }) => sum + cells.all, 0),
    hidden: release.reports.reduce((sum, { cells }) => sum + cells.hidden, 0),
    withheld: release.withheld.length,
  };
}

/** False when another release of this town came first. */
async function keep(
  database: Database,
  town: string,
  example: boolean,
  on: Day,
  { board, reports, withheld, ledger }: BoardRelease,
  before: ReleaseLedger,
): Promise<boolean> {
  const owner = { owner_id: town, example };
  const fresh = ledger.releases.slice(before.releases.length);
  return database.write(async (transaction) => {
    // The places in the ledger that we mean to take are the lock: who finds one taken was overtaken.
    const taken = await transaction
      .insertInto('published_table')
      .values(
        fresh.map((entry, at) => ({ ...owner, position: before.releases.length + at, entry: JSON.stringify(entry) })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('position')
      .execute();
    if (taken.length === 0) return false;
    if (taken.length < fresh.length) throw new RangeError(`The ledger of ${town} has a hole.`);
    await transaction
      .insertInto('board_release')
      .values({
        ...owner,
        released_on: isoDay(on),
        board: JSON.stringify(board),
        reports: JSON.stringify(reports),
        withheld: JSON.stringify(withheld),
      })
      .execute();
    return true;
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function countsOf(database: Database, town: string, example: boolean, on: Day): Promise<BoardCounts> {
  const of = (by: FirstWorkQuestion['by']): ReturnType<typeof firstWork> => firstWork(database, { town, example, by });
  const grouped = (
    { histories }: Awaited<ReturnType<typeof firstWork>>,
    by: 'door' | 'cohort' | 'programme',
  ): GroupedHistory[] =>
    histories.map(({ entry, exit, cause, people, ...group }) => ({
      entry,
      exit,
      cause,
      people,
      group: group[by] ?? (by === 'programme' ? 'none' : notSaid),
    }));
  const [all, door, cohort, programme] = [
    await of([]),
    await of(['door']),
    await of(['cohort']),
    await of(['programme']),
  ];
  const lastMonth = monthsLater(monthOf(on), -1);
  const { values, answered } = await answers(database, { town, example, to: lastMonth, by: ['month'] });
  const valuesOf = new Map<string, { value: string; people: number }[]>();
  for (const { question, month, value, people } of values) {
    const key = `${question} ${month}`;
    valuesOf.set(key, [...(valuesOf.get(key) ?? []), { value, people }]);
  }
  const { rows: years } = await database.read(() =>
    database.pool.query<{ year: number }>(
      'SELECT DISTINCT year FROM heard_count WHERE owner_id = $1 AND example = $2 AND year < $3 ORDER BY year',
      [town, example, dayParts(on).year],
    ),
  );
  const heardOf: { year: number; rows: BoardCounts['heard'][number]['rows'] }[] = [];
  for (const { year } of years) {
    const counted = await heard(database, { town, example, year });
    heardOf.push({
      year,
      rows: counted
        .filter(({ contributors }) => contributors > 0)
        .map(({ language, door: by, ageBand, gender, contributors }) => ({
          language,
          door: by ?? notSaid,
          ageBand: ageBand ?? notSaid,
          gender: gender ?? notSaid,
          people: contributors,
        })),
    });
  }
  return {
    town,
    example,
    firstWork: {
      everyone: all.histories.map(({ entry, exit, cause, people }) => ({ group: 'all', entry, exit, cause, people })),
      door: grouped(door, 'door'),
      cohort: grouped(cohort, 'cohort'),
      programme: grouped(programme, 'programme'),
    },
    workedBefore: all.workedBefore,
    arrivalNotSaid: all.arrivalNotSaid,
    answers: answered
      .filter(({ people }) => people > 0)
      .map(({ question, month, people }) => ({
        question,
        month: month!,
        answered: people,
        values: (valuesOf.get(`${question} ${month!}`) ?? []).filter((one) => one.people > 0),
      })),
    barriers: await barriersOf(database, town, example, on),
    heard: heardOf,
  };
}

/**
 * Who reported what, a person once for each right or theme of a month, wherever and whatever they were told: so a cell of ten is
 * ten people. Reports from crowded addresses do not count. Months that are over only.
 */
async function barriersOf(database: Database, town: string, example: boolean, on: Day): Promise<MonthOfBarriers[]> {
  const { rows } = await database.read(() =>
    database.pool.query<{ month: string; value: string; people: number }>(
      `SELECT month, about || ':' || subject AS value, count(DISTINCT owner_id)::integer AS people
       FROM barrier_report
       WHERE ($1 = 'all' OR town = $1) AND example = $2 AND NOT crowded AND month < $3::date
       GROUP BY month, about, subject ORDER BY month, about, subject`,
      [town, example, keptMonth(monthOf(on))],
    ),
  );
  const months = new Map<Month, { value: string; people: number }[]>();
  for (const { month, value, people } of rows) {
    const kept = monthKept(month);
    months.set(kept, [...(months.get(kept) ?? []), { value, people }]);
  }
  return [...months].map(([month, values]) => ({ month, values }));
}
