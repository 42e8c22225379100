import { isoDay, type Day, type Month } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Contributed } from './contribute.ts';
import { keptId } from './kept-id.ts';
import { keptMonth } from './kept-month.ts';
import { orNotSaid } from './not-said.ts';

/** "This is not what I was told", "I was refused". (nl: melding van een belemmering) */
export type BarrierReport = {
  /** UUIDv7, made with the draft: a retry is the same report. */
  id: string;
  month: Month;
  /** The town as contributions name it; null is not said. */
  town: string | null;
  /** About a right of `knowledge`, or a theme that stood in the way. */
  about: { right: string; article: string | null; version: Day | null } | { theme: string };
  /** What kind of place said it: 'municipality', 'bank', 'employer' … never which one. */
  placeKind: string;
  /** What they were told, by the id of the choice. */
  saying: string;
};

/**
 * Keep one report, once. `article` and `version` are of the rule that the person was shown, so that the town can see which.
 * The same keys and the same withdrawal as contributions.
 */
export async function reportBarrier(
  database: Database,
  {
    contributor,
    report,
    crowded,
    receivedOn,
    example,
  }: { contributor: string; report: BarrierReport; crowded: boolean; receivedOn: Day; example: boolean },
): Promise<Contributed> {
  const id = keptId(contributor.toLowerCase(), report.id);
  const { about } = report;
  const right = 'right' in about ? about : null;
  const version = right?.version ?? null;
  return database.write(async (transaction) => {
    const { rows } = await sql<{ kept: boolean; withdrawn: boolean }>`
      WITH withdrawn AS MATERIALIZED (
        SELECT FROM withdrawal WHERE owner_id = ${contributor} AND id = ${id}
      ), kept AS (
        INSERT INTO barrier_report (
          owner_id, id, month, received_on, crowded, example, town, about, subject, place_kind, saying, article, version)
        SELECT ${contributor}::uuid, ${id}::uuid, ${keptMonth(report.month)}::date, ${isoDay(receivedOn)}::date, ${crowded}::boolean,
          ${example}::boolean, ${orNotSaid(report.town)}, ${right === null ? 'theme' : 'right'},
          ${'right' in about ? about.right : about.theme}, ${report.placeKind}, ${report.saying}, ${right?.article ?? null},
          ${version === null ? null : isoDay(version)}::date
        WHERE NOT EXISTS (SELECT FROM withdrawn)
        ON CONFLICT DO NOTHING
        RETURNING owner_id, id, month, town
      ), to_count AS (
        INSERT INTO recount (owner_id, id, month, town, member_town) SELECT owner_id, id, month, town, NULL FROM kept
        ON CONFLICT DO NOTHING
      )
      SELECT EXISTS (SELECT FROM kept) AS kept, EXISTS (SELECT FROM withdrawn) AS withdrawn`.execute(transaction);
    return rows[0]!.withdrawn ? 'withdrawn' : rows[0]!.kept ? 'kept' : 'already';
  });
}
