import type { Month } from '@meedoen/units';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { keptMonth, monthKept } from './kept-month.ts';

const named = 'about, subject, place_kind, saying, crowded, example';

/** Count the barriers of a month again, of some towns or (null) of all, and of the country; who reports the same twice counts once. */
export async function countBarriers(
  client: pg.ClientBase,
  month: string,
  towns: readonly string[] | null,
  closed: boolean,
): Promise<void> {
  await client.query(
    `DELETE FROM barrier_count WHERE month = $1 AND ($2::text[] IS NULL OR owner_id = ANY ($2) OR owner_id = 'all')
       AND (example OR NOT $3::boolean)`,
    [month, towns, closed],
  );
  await client.query(
    `INSERT INTO barrier_count (owner_id, month, ${named}, contributors)
     SELECT town, $1::date, ${named}, count(DISTINCT owner_id) FROM barrier_report
     WHERE month = $1 AND ($2::text[] IS NULL OR town = ANY ($2)) AND (example OR NOT $3::boolean) GROUP BY town, ${named}`,
    [month, towns, closed],
  );
  await client.query(
    `INSERT INTO barrier_count (owner_id, month, ${named}, contributors)
     SELECT 'all', $1::date, ${named}, sum(contributors) FROM barrier_count
     WHERE month = $1 AND owner_id <> 'all' AND (example OR NOT $2::boolean) GROUP BY ${named}`,
    [month, closed],
  );
}

/** People who named a barrier in a month; `crowded` more came from addresses that sent many. */
export type BarrierCount = {
  month: Month;
  about: 'right' | 'theme';
  /** The id of the right, or of the theme. */
  subject: string;
  /** What kind of place said so: 'municipality', 'bank', 'employer' … */
  placeKind: string;
  /** What they were told, as the choices of the page name it. */
  saying: string;
  people: number;
  crowded: number;
};

export type BarriersQuestion = { town: string; example: boolean; from?: Month; to?: Month };

/**
 * Barriers that people reported, of a town or of 'all'. Unrounded counts; what is published of them goes through the engine
 * `publication` first.
 */
export async function barriers(
  database: Database,
  { town, example, from, to }: BarriersQuestion,
): Promise<readonly BarrierCount[]> {
  const { rows } = await database.read(() =>
    database.pool.query<Omit<BarrierCount, 'month'> & { month: string }>(
      `SELECT month, about, subject, place_kind AS "placeKind", saying,
         coalesce(sum(contributors) FILTER (WHERE NOT crowded), 0)::integer AS people,
         coalesce(sum(contributors) FILTER (WHERE crowded), 0)::integer AS crowded
       FROM barrier_count
       WHERE owner_id = $1 AND example = $2 AND month >= $3::date AND month <= $4::date
       GROUP BY month, about, subject, place_kind, saying ORDER BY month, about, subject, place_kind, saying`,
      [town, example, from ? keptMonth(from) : '-infinity', to ? keptMonth(to) : 'infinity'],
    ),
  );
  return rows.map((row) => ({ ...row, month: monthKept(row.month) }));
}
