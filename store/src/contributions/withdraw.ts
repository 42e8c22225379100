import { isoDay, type Day } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/**
 * Take back everything these contributors gave: contributions, own words, barrier reports, and what was kept to follow them.
 * Of each a tombstone stays, two ids and a day, so that a device that was offline and sends it again does not bring it back.
 * The counts follow at the next refresh, as far as their months are still counted. Returns how many contributions and reports went.
 */
export async function withdraw(database: Database, contributors: readonly string[], on: Day): Promise<number> {
  if (contributors.length === 0) return 0;
  return database.write(async (transaction) => {
    // What is on its way in at this moment is let in first, so that it goes too; what comes later finds its tombstone.
    await sql`LOCK TABLE contribution, barrier_report IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
    // Marks for counting have ids of their own: those made when something came in may be waiting under its id.
    const { rows } = await sql<{ count: number }>`
      WITH theirs AS MATERIALIZED (
        SELECT unnest(${contributors}::uuid[]) AS owner_id
      ), words AS (
        DELETE FROM contribution_words USING theirs WHERE contribution_words.owner_id = theirs.owner_id
      ), followed AS (
        DELETE FROM member USING theirs WHERE member.owner_id = theirs.owner_id
        RETURNING member.owner_id, instrument, last_month AS month, town
      ), gone AS (
        DELETE FROM contribution USING theirs WHERE contribution.owner_id = theirs.owner_id
        RETURNING contribution.owner_id, id, month, town
      ), reports AS (
        DELETE FROM barrier_report USING theirs WHERE barrier_report.owner_id = theirs.owner_id
        RETURNING barrier_report.owner_id, id, month, town
      ), everything AS (
        SELECT * FROM gone UNION ALL SELECT * FROM reports
      ), stones AS (
        INSERT INTO withdrawal (owner_id, id, withdrawn_on)
        SELECT owner_id, id, ${isoDay(on)}::date FROM everything ON CONFLICT DO NOTHING
      ), marks AS (
        INSERT INTO recount (owner_id, id, month, town, member_town)
        SELECT owner_id, md5('withdrawn ' || id)::uuid, month, town, NULL FROM everything
        UNION ALL SELECT owner_id, md5('not followed ' || owner_id || instrument)::uuid, month, town, town FROM followed
        ON CONFLICT DO NOTHING
      )
      SELECT count(*) AS count FROM everything`.execute(transaction);
    return rows[0]!.count;
  });
}
