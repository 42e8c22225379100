import type { ComposedHistory } from '@meedoen/board';
import { inLongTransaction } from '../long-transaction.ts';
import type { Database } from '../database.ts';

function months(column: string): string {
  return `greatest(0, (extract(year FROM ${column}) - extract(year FROM arrived)) * 12
    + extract(month FROM ${column}) - extract(month FROM arrived))::integer`;
}

/**
 * Ways to first paid work of all followed people, counted by what the comparison of doors holds equal. Entry and exit as in the counts of
 * first paid work. One pass over the members, in the database; for a release, never for a page.
 */
export async function composedHistories(database: Database, example: boolean): Promise<readonly ComposedHistory[]> {
  return inLongTransaction(database, async (client) => {
    const { rows } = await client.query<ComposedHistory>(
      `SELECT door, extract(year FROM arrived)::integer::text AS arrived, age_band AS "ageBand", gender, entry,
         1 + CASE cause WHEN 'work' THEN work WHEN 'left' THEN gone ELSE last END AS exit, cause, count(*)::integer AS people
       FROM (
         SELECT *, CASE WHEN work <= coalesce(gone, work) THEN 'work' WHEN gone IS NOT NULL THEN 'left' ELSE 'none' END AS cause
         FROM (
           SELECT door, arrived, age_band, gender, ${months('first_month')} AS entry, ${months('last_month')} AS last,
             CASE WHEN first_work_month IS NOT NULL THEN ${months('first_work_month')} END AS work,
             CASE WHEN left_month > coalesce(here_month, '-infinity') THEN ${months('left_month')} END AS gone
           FROM member WHERE arrived IS NOT NULL AND NOT crowded AND example = $1
         ) AS clock
         WHERE NOT coalesce(work < entry, false)
       ) AS history
       GROUP BY door, arrived, age_band, gender, entry, exit, cause
       ORDER BY door, arrived, age_band, gender, entry, exit, cause`,
      [example],
    );
    const together = new Map<string, ComposedHistory>();
    for (const row of rows) {
      const key = JSON.stringify({ ...row, people: 0 });
      together.set(key, { ...row, people: row.people + (together.get(key)?.people ?? 0) });
    }
    return [...together.values()];
  });
}
