import type { MonthAtRisk } from '@meedoen/board';
import { monthOf, type Day } from '@meedoen/units';
import { keptMonth, monthKept } from '../contributions/kept-month.ts';
import { inLongTransaction } from '../long-transaction.ts';
import { notSaid } from '../contributions/not-said.ts';
import type { Database } from '../database.ts';

/**
 * People who were followed and had no paid work yet, month by month, counted by what is held equal, and how many began; of months
 * that are over. Observed as in the counts of first paid work: from the first month heard to the last one, to work, or to leaving.
 * One pass over the members of these towns, in the database; for a release, never for a page.
 */
export async function monthsAtRisk(
  database: Database,
  { towns, example, on }: { towns: readonly string[]; example: boolean; on: Day },
): Promise<readonly MonthAtRisk[]> {
  return inLongTransaction(database, async (client) => {
    const { rows } = await client.query<Omit<MonthAtRisk, 'month'> & { month: string }>(
      `SELECT town, month::date::text AS month, coalesce(door, $4) AS door,
         CASE WHEN since <= 0 THEN '0' WHEN since <= 6 THEN '1-6' WHEN since <= 12 THEN '7-12'
           WHEN since <= 24 THEN '13-24' ELSE '25-plus' END AS since,
         coalesce(age_band, $4) AS "ageBand", coalesce(gender, $4) AS gender,
         count(*)::integer AS people, count(*) FILTER (WHERE month = first_work_month)::integer AS starts
       FROM (
         SELECT m.*, month, (extract(year FROM month) - extract(year FROM arrived)) * 12
           + extract(month FROM month) - extract(month FROM arrived) AS since
         FROM (
           SELECT *, CASE WHEN left_month > coalesce(here_month, '-infinity') THEN left_month END AS gone_month
           FROM member
           WHERE town = ANY ($1) AND example = $2 AND NOT crowded AND arrived IS NOT NULL
             AND NOT coalesce(first_work_month < first_month, false)
         ) AS m, LATERAL generate_series(
           greatest(first_month, arrived)::timestamp,
           least(first_work_month, coalesce(gone_month, last_month), ($3::date - 1))::timestamp, interval '1 month'
         ) AS month
       ) AS at
       GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
      [towns, example, keptMonth(monthOf(on)), notSaid],
    );
    return rows.map((row) => ({ ...row, month: monthKept(row.month) }));
  });
}
