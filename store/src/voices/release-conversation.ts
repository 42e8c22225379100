import { addWeeks, day, isoDay, type Day } from '@meedoen/units';
import { releaseConversation as nextRelease, type ConversationRelease, type Vote } from '@meedoen/voices';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { conversation, conversations, type Conversation } from './conversations.ts';

/** What a conversation shows now; null before the first release. */
export async function releaseOf(database: Database, id: string): Promise<ConversationRelease | null> {
  const row = await database.read((kysely) =>
    kysely.selectFrom('conversation_release').select('release').where('owner_id', '=', id).executeTakeFirst(),
  );
  return row?.release ?? null;
}

/**
 * Bring what conversations show up to date, and write down which answers are owed since today. For who owns the tables: the
 * pages cannot read votes. Conversations that closed are done once more, on the days after.
 */
export async function releaseConversations(database: Database, on: Day): Promise<number> {
  let moved = 0;
  for (const one of await conversations(database)) {
    const closedLongAgo = isoDay(addWeeks(day(one.closesOn), 1)) < isoDay(on);
    if (one.opensOn > isoDay(on) || closedLongAgo) continue;
    if (await releaseNow(database, one, on)) moved++;
  }
  return moved;
}

/** The same for one conversation; false when everything stayed as it was, or there is no such conversation. */
export async function releaseConversation(database: Database, id: string, on: Day): Promise<boolean> {
  const found = await conversation(database, id);
  return found !== null && releaseNow(database, found, on);
}

async function releaseNow(database: Database, one: Conversation, on: Day): Promise<boolean> {
  const { id, example } = one;
  return database.write(async (transaction) => {
    // One at a time: steps are counted from the release before.
    await transaction.selectFrom('conversation').select('id').where('id', '=', id).forUpdate().execute();
    const before =
      (
        await transaction
          .selectFrom('conversation_release')
          .select('release')
          .where('owner_id', '=', id)
          .executeTakeFirst()
      )?.release ?? null;
    const statements = await transaction
      .selectFrom('statement')
      .select('id')
      .where('owner_id', '=', id)
      .where('state', '=', 'accepted')
      .orderBy('said_on')
      .orderBy('id')
      .execute();
    const votes = await transaction
      .selectFrom('vote')
      .select(['contributor', 'statement_id', 'value'])
      .where('owner_id', '=', id)
      .execute();
    const people = await transaction
      .selectFrom('participant')
      .select(['contributor', 'side', 'language'])
      .where('owner_id', '=', id)
      .execute();
    const next = nextRelease(before, {
      votes: votes.map(({ contributor, statement_id, value }) => ({
        person: contributor,
        statement: statement_id,
        vote: value as Vote,
      })),
      people: new Map(
        people.map(({ contributor, side, language }) => [
          contributor,
          side === null ? { language } : { side, language },
        ]),
      ),
      statements: statements.map((statement) => statement.id),
      sides: one.sides,
      fewest: one.fewest,
    });
    if (!next.ok) throw new RangeError(next.problem.message);
    const text = JSON.stringify(next.value);
    // Compared as the database keeps it: jsonb has its own order of names.
    const { rows } = await sql<{ same: boolean }>`
      SELECT release = ${text}::jsonb AS same FROM conversation_release WHERE owner_id = ${id}`.execute(transaction);
    if (rows[0]?.same === true) return false;
    await transaction
      .insertInto('conversation_release')
      .values({ owner_id: id, id, released_on: isoDay(on), release: text, example })
      .onConflict((conflict) =>
        conflict.columns(['owner_id', 'id']).doUpdateSet({ released_on: isoDay(on), release: text }),
      )
      .execute();
    const owed = next.value.statements.filter(({ bridge }) => bridge !== null && bridge.value >= one.bridgeFrom);
    if (owed.length > 0) {
      await transaction
        .insertInto('answer_owed')
        .values(
          owed.map(({ statement }) => ({
            owner_id: id,
            statement_id: statement,
            owed_since: isoDay(on),
            due_on: isoDay(addWeeks(on, one.answerInWeeks)),
            example,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    return true;
  });
}
