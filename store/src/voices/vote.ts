import { isoDay, type Day } from '@meedoen/units';
import type { Vote } from '@meedoen/voices';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Participant } from './participants.ts';

export type GivenVote = Participant & {
  statement: string;
  vote: Vote;
  /** The chance with which the statement was shown, or null when somebody went to it themselves. */
  shownChance: number | null;
  on: Day;
};

/**
 * Keep a vote; given again, the last counts. `closed`: the conversation is not open or not there; `not-joined`: who votes does
 * not take part, or left; `unknown-statement`: nobody may vote on it (yet).
 */
export async function castVote(
  database: Database,
  { conversation, contributor, statement, vote, shownChance, on }: GivenVote,
): Promise<'kept' | 'closed' | 'not-joined' | 'unknown-statement'> {
  const day = isoDay(on);
  const shownBy = shownChance === null ? 'chosen' : 'equal-voice';
  return database.write(async (transaction) => {
    // The pages may not read votes, so what is written is named twice: `excluded.value` would be reading it.
    const { rows } = await sql<{ open: boolean; joined: boolean; accepted: boolean }>`
      WITH open AS (
        SELECT id, example FROM conversation WHERE id = ${conversation} AND ${day}::date BETWEEN opens_on AND closes_on
      ), joined AS (
        SELECT contributor FROM participant WHERE owner_id = ${conversation} AND contributor = ${contributor} FOR KEY SHARE
      ), accepted AS (
        SELECT id FROM statement WHERE owner_id = ${conversation} AND id = ${statement} AND state = 'accepted'
      ), kept AS (
        INSERT INTO vote (owner_id, contributor, statement_id, value, shown_by, shown_chance, voted_on, example)
        SELECT open.id, joined.contributor, accepted.id, ${vote}::smallint, ${shownBy}, ${shownChance}::real, ${day}::date, open.example
        FROM open, joined, accepted
        ON CONFLICT (owner_id, contributor, statement_id) DO UPDATE
        SET value = ${vote}::smallint, shown_by = ${shownBy}, shown_chance = ${shownChance}::real, voted_on = ${day}::date
      )
      SELECT EXISTS (SELECT FROM open) AS open, EXISTS (SELECT FROM joined) AS joined,
        EXISTS (SELECT FROM accepted) AS accepted`.execute(transaction);
    const { open, joined, accepted } = rows[0]!;
    if (!open) return 'closed';
    if (!joined) return 'not-joined';
    return accepted ? 'kept' : 'unknown-statement';
  });
}
