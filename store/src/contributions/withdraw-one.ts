import { isoDay, type Day } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { keptId } from './kept-id.ts';

/**
 * Take back one contribution or one barrier report, by the id of its draft. Its tombstone is set even when it never came: a
 * device that was offline may still send it. What is kept to follow the person is made again from the months that are left.
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
    const { rows } = await sql<{ count: number; followed_by: string | null }>`
      WITH words AS (
        DELETE FROM contribution_words WHERE owner_id = ${owner} AND contribution_id = ${kept}
      ), gone AS (
        DELETE FROM contribution WHERE owner_id = ${owner} AND id = ${kept} RETURNING month, town, followed, instrument
      ), report AS (
        DELETE FROM barrier_report WHERE owner_id = ${owner} AND id = ${kept} RETURNING month, town
      ), stone AS (
        INSERT INTO withdrawal (owner_id, id, withdrawn_on) VALUES (${owner}, ${kept}, ${isoDay(on)}::date) ON CONFLICT DO NOTHING
      ), marks AS (
        INSERT INTO recount (owner_id, id, month, town, member_town)
        SELECT ${owner}::uuid, md5('withdrawn ' || ${kept})::uuid, gone.month, gone.town, member.town
        FROM gone LEFT JOIN member ON gone.followed AND member.owner_id = ${owner} AND member.instrument = gone.instrument
        UNION ALL SELECT ${owner}::uuid, md5('withdrawn ' || ${kept})::uuid, month, town, NULL FROM report
        ON CONFLICT DO NOTHING
      )
      SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM report) AS count,
        (SELECT instrument FROM gone WHERE followed) AS followed_by`.execute(transaction);
    const { count, followed_by: instrument } = rows[0]!;
    if (instrument !== null) {
      await followAgain(owner, instrument).execute(transaction);
      await sql`
        DELETE FROM member WHERE owner_id = ${owner} AND instrument = ${instrument} AND NOT EXISTS (
          SELECT FROM contribution WHERE owner_id = ${owner} AND instrument = ${instrument} AND followed)`.execute(
        transaction,
      );
    }
    return count > 0 ? 1 : 0;
  });
}

/** The row of who is followed, from the months that are left; the reading of a month is that of `milestones`. */
function followAgain(owner: string, instrument: string) {
  const said = (question: string) => sql`max(c.value) FILTER (WHERE c.question = ${question})`;
  const monthSaid = (question: string) =>
    sql`max(to_date(c.value, 'YYYY-MM')) FILTER (WHERE c.question = ${question} AND c.value <= to_char(b.month, 'YYYY-MM'))`;
  return sql`
    WITH told AS (
      SELECT b.month, b.arrived, ${said('work')} AS work, ${said('still-here')} AS here, ${monthSaid('work-began')} AS began,
        ${monthSaid('work-ended')} AS ended
      FROM contribution b LEFT JOIN answer_code c ON c.id = ANY (b.answers)
      WHERE b.owner_id = ${owner} AND b.instrument = ${instrument} AND b.followed
      GROUP BY b.owner_id, b.id
    ), worked AS (
      SELECT *, CASE WHEN work = 'paid' THEN coalesce(began, month)
                     WHEN work = 'unpaid' THEN NULL
                     WHEN ended IS NOT NULL THEN coalesce(began, ended) END AS since FROM told
    ), left_over AS (
      SELECT min(month) AS first_month, max(month) AS last_month,
        min(CASE WHEN since IS NOT NULL THEN greatest(since, arrived) END) AS first_work_month,
        max(month) FILTER (WHERE here IN ('moved-town', 'left-country')) AS left_month,
        max(month) FILTER (WHERE here = 'here') AS here_month
      FROM worked HAVING count(*) > 0
    )
    UPDATE member SET first_month = l.first_month, last_month = l.last_month, first_work_month = l.first_work_month,
      left_month = l.left_month, here_month = l.here_month
    FROM left_over l WHERE member.owner_id = ${owner} AND member.instrument = ${instrument}`;
}
