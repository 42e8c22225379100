import { isoDay, type Day } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Somebody in one conversation: an id made of their key for this conversation, and what they told of themselves. */
export type Participant = { conversation: string; contributor: string };

/** Join, or say another side. Refused when the conversation is not open, or is not there. */
export async function join(
  database: Database,
  who: Participant & { side: string | null; language: string; crowded: boolean; on: Day },
): Promise<'joined' | 'closed' | 'unknown-side'> {
  const { conversation, contributor, side, language, crowded } = who;
  const on = isoDay(who.on);
  return database.write(async (transaction) => {
    const { rows } = await sql<{ open: boolean; known: boolean; joined: boolean }>`
      WITH asked AS (
        SELECT id, example, ${on}::date BETWEEN opens_on AND closes_on AS open,
          ${side}::text IS NULL OR ${side}::text = ANY (sides) AS known
        FROM conversation WHERE id = ${conversation}
      ), joined AS (
        INSERT INTO participant (owner_id, contributor, side, language, crowded, joined_on, example)
        SELECT id, ${contributor}::uuid, ${side}::text, ${language}, ${crowded}::boolean, ${on}::date, example
        FROM asked WHERE open AND known
        ON CONFLICT (owner_id, contributor) DO UPDATE SET side = excluded.side, language = excluded.language
        RETURNING owner_id
      )
      SELECT open, known, EXISTS (SELECT FROM joined) AS joined FROM asked`.execute(transaction);
    const [row] = rows;
    if (row === undefined || !row.open) return 'closed';
    return row.known ? 'joined' : 'unknown-side';
  });
}

/** The side of a participant and the statements they voted on; what they voted stands on their device alone. Null: did not join. */
export async function participant(
  database: Database,
  { conversation, contributor }: Participant,
): Promise<{ side: string | null; votedOn: readonly string[] } | null> {
  return database.read(async (kysely) => {
    const row = await kysely
      .selectFrom('participant')
      .select('side')
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .executeTakeFirst();
    if (row === undefined) return null;
    const votes = await kysely
      .selectFrom('vote')
      .select('statement_id')
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .execute();
    return { side: row.side, votedOn: votes.map(({ statement_id }) => statement_id) };
  });
}

/**
 * Leave a conversation: the votes and what one told of oneself go. A statement that others could vote on stays, without its
 * author; the words of one that was not accepted go too. Gives how many votes were taken back.
 */
export async function leave(database: Database, { conversation, contributor }: Participant): Promise<number> {
  return database.write(async (transaction) => {
    // A vote on its way in holds the row of its participant; it is let in first, so that it goes too.
    await transaction
      .selectFrom('participant')
      .select('contributor')
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .forUpdate()
      .execute();
    const votes = await transaction
      .deleteFrom('vote')
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .executeTakeFirst();
    await transaction
      .updateTable('statement')
      .set({ words: '–', state: 'refused' })
      .where('owner_id', '=', conversation)
      .where('author', '=', contributor)
      .where('state', '<>', 'accepted')
      .execute();
    await transaction
      .updateTable('statement')
      .set({ author: null })
      .where('owner_id', '=', conversation)
      .where('author', '=', contributor)
      .execute();
    await transaction
      .deleteFrom('participant')
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .execute();
    return Number(votes.numDeletedRows);
  });
}
