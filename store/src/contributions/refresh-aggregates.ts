import type pg from 'pg';
import type { Database } from '../database.ts';
import { inLongTransaction } from '../long-transaction.ts';
import { withRetry } from '../retry.ts';
import { countAnswers } from './answer-counts.ts';
import { countBarriers } from './barrier-counts.ts';
import { countFirstWork } from './first-work-counts.ts';
import { countHeard } from './heard-counts.ts';

export type RefreshReport = {
  /** Months whose counts were made again. */
  months: number;
  /** Towns of which anything was counted again; null: all. */
  towns: number | null;
};

/**
 * Bring the counts up to date, in the database alone: what is counted never passes through this process. What came or went
 * since the last time is found by its marks, and of those towns and months the counts are made again; `whole` makes all of
 * them again. Readers see the old counts of a month until the new ones are there. Two at once take turns.
 */
export async function refreshAggregates(
  database: Database,
  now: Date,
  { whole = false }: { whole?: boolean } = {},
): Promise<RefreshReport> {
  await database.checkRoomToWrite();
  return withRetry(
    () =>
      inLongTransaction(database, async (client) => {
        const { rows } = await client.query<{ open_from: string }>(
          'SELECT open_from FROM counting WHERE id = 1 FOR UPDATE',
        );
        const openFrom = rows[0]!.open_from;
        const report = whole ? await countAll(database, client, openFrom) : await countChanged(client, openFrom);
        await client.query('UPDATE counting SET counted_at = $1 WHERE id = 1', [now]);
        return report;
      }),
    database.retry,
  );
}

/** When the counts were last brought up to date; null before the first time. */
export async function countedAt(database: Database): Promise<Date | null> {
  const row = await database.read((kysely) => kysely.selectFrom('counting').select('counted_at').executeTakeFirst());
  return row?.counted_at ?? null;
}

/** In the caller's transaction, which holds the row of `counting`. */
export async function countChanged(client: pg.ClientBase, openFrom: string): Promise<RefreshReport> {
  // Marks that come in while we count stay for the next time.
  const { rows: changed } = await client.query<{ month: string; towns: string[]; member_towns: string[] }>(
    `WITH mark AS (DELETE FROM recount RETURNING month, town, member_town)
     SELECT month, array_agg(DISTINCT town) AS towns,
       coalesce(array_agg(DISTINCT member_town) FILTER (WHERE member_town IS NOT NULL), '{}') AS member_towns
     FROM mark GROUP BY month ORDER BY month`,
  );
  const years = new Map<number, Set<string>>();
  for (const { month, towns } of changed) {
    const closed = month < openFrom;
    await countAnswers(client, month, towns, closed);
    await countBarriers(client, month, towns, closed);
    const year = Number(month.slice(0, 4));
    years.set(year, (years.get(year) ?? new Set()).union(new Set(towns)));
  }
  for (const [year, towns] of years) await countHeard(client, year, [...towns], `${year}` < openFrom.slice(0, 4));
  const memberTowns = new Set(changed.flatMap(({ member_towns }) => member_towns));
  // Who says their town only now was counted under "not said" until now.
  if (memberTowns.size > 0) await countFirstWork(client, [...memberTowns, 'not-said']);
  const towns = new Set(changed.flatMap(({ towns: some }) => some)).union(memberTowns);
  return { months: changed.length, towns: towns.size };
}

/** Month by month, two at a time: one statement keeps one core busy, and a month is little enough for memory. */
async function countAll(database: Database, client: pg.ClientBase, openFrom: string): Promise<RefreshReport> {
  await client.query('DELETE FROM recount');
  const { rows: months } = await client.query<{ month: string }>(
    `WITH RECURSIVE next AS (
       (SELECT month FROM contribution ORDER BY month LIMIT 1)
       UNION ALL
       SELECT (SELECT c.month FROM contribution c WHERE c.month > next.month ORDER BY c.month LIMIT 1)
       FROM next WHERE next.month IS NOT NULL
     )
     SELECT month FROM next WHERE month IS NOT NULL
     UNION SELECT month FROM answer_count
     UNION SELECT month FROM barrier_report
     UNION SELECT month FROM barrier_count
     ORDER BY month`,
  );
  const years = [...new Set(months.map(({ month }) => Number(month.slice(0, 4))))];
  const tasks: ((worker: pg.ClientBase) => Promise<void>)[] = [
    (worker) => countFirstWork(worker, null),
    ...years.map((year) => (worker: pg.ClientBase) => countHeard(worker, year, null, `${year}` < openFrom.slice(0, 4))),
    ...months.map(({ month }) => async (worker: pg.ClientBase) => {
      await countAnswers(worker, month, null, month < openFrom);
      await countBarriers(worker, month, null, month < openFrom);
    }),
  ];
  const worker = async (): Promise<void> => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await inLongTransaction(database, task);
  };
  await Promise.all([worker(), worker()]);
  return { months: months.length, towns: null };
}
