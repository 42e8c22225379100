import { isoDay, type Day } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { keptId } from './kept-id.ts';

/**
 * Take back one contribution or one barrier report, by the id of its draft. Its tombstone is set even when it never came: a
 * device that was offline may still send it. Who was followed leaves the curves with it, and comes back with the next month
 * they give: the application may not read what the other months say, so it cannot tell which of it rested on this one.
 * Returns 1 when something went, 0 when there was nothing.
 */
export async function withdrawOne(
  database: Database,
  { contributor, id, on }: { contributor: string; id: string; on: Day },
): Promise<0 | 1> {
  const owner = contributor.toLowerCase();
  const kept = keptId(owner, id);
  return database.write(async (transaction) => {
    // As in `withdraw`: what is on its way in at this moment is let in first, so that it goes too.
    await sql`LOCK TABLE contribution, barrier_report IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
    const { rows } = await sql<{ count: number }>`
      WITH words AS (
        DELETE FROM contribution_words WHERE owner_id = ${owner} AND contribution_id = ${kept}
      ), gone AS (
        DELETE FROM contribution WHERE owner_id = ${owner} AND id = ${kept} RETURNING month, town, instrument
      ), followed AS (
        DELETE FROM member USING gone WHERE member.owner_id = ${owner} AND member.instrument = gone.instrument
        RETURNING member.town, last_month AS month
      ), report AS (
        DELETE FROM barrier_report WHERE owner_id = ${owner} AND id = ${kept} RETURNING month, town
      ), stone AS (
        INSERT INTO withdrawal (owner_id, id, withdrawn_on) VALUES (${owner}, ${kept}, ${isoDay(on)}::date) ON CONFLICT DO NOTHING
      ), marks AS (
        INSERT INTO recount (owner_id, id, month, town, member_town)
        SELECT ${owner}::uuid, md5('withdrawn ' || ${kept})::uuid, month, town, NULL
        FROM (SELECT month, town FROM gone UNION ALL SELECT month, town FROM report) AS either
        UNION ALL SELECT ${owner}::uuid, md5('not followed ' || ${kept})::uuid, month, town, town FROM followed
        ON CONFLICT DO NOTHING
      )
      SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM report) AS count`.execute(transaction);
    return rows[0]!.count > 0 ? 1 : 0;
  });
}
