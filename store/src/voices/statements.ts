import { isoDay, type Day } from '@meedoen/units';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { storableText } from '../storable-text.ts';
import type { Participant } from './participants.ts';

/** `waiting` for moderators; `accepted`: people vote on it; `refused`, with the reason in the moderation log. */
export type StatementState = 'waiting' | 'accepted' | 'refused';

export type Translation = { words: string; madeBy: 'person' | 'machine'; reviewed: boolean };

/** What somebody said in a conversation (nl: stelling). Who said it is not in it. */
export type Statement = {
  conversation: string;
  id: string;
  /** The side its author named; null for none. */
  side: string | null;
  language: string;
  words: string;
  state: StatementState;
  saidOn: string;
  translations: Readonly<Record<string, Translation>>;
};

/** So many statements one person can say in one conversation. */
export const mostStatementsEach = 10;
/** So many letters a statement has at most: one thought, that fits on a phone. */
export const longestStatement = 280;

/** Say something; it waits for the moderators. The same id is kept once, however often it is sent. */
export async function say(
  database: Database,
  said: Participant & { id: string; language: string; words: string; on: Day },
): Promise<'kept' | 'already' | 'closed' | 'not-joined' | 'enough'> {
  const { conversation, contributor, id, language } = said;
  const words = storableText(said.words, 'words');
  const on = isoDay(said.on);
  return database.write(async (transaction) => {
    const who = await transaction
      .selectFrom('participant')
      .selectAll()
      .where('owner_id', '=', conversation)
      .where('contributor', '=', contributor)
      .forUpdate()
      .executeTakeFirst();
    if (who === undefined) return 'not-joined';
    const { rows } = await sql<{ open: boolean; said: number; there: boolean }>`
      SELECT EXISTS (
          SELECT FROM conversation WHERE id = ${conversation} AND ${on}::date BETWEEN opens_on AND closes_on
        ) AS open,
        (SELECT count(*) FROM statement WHERE owner_id = ${conversation} AND author = ${contributor}) AS said,
        EXISTS (SELECT FROM statement WHERE owner_id = ${conversation} AND id = ${id}) AS there`.execute(transaction);
    const { open, said: already, there } = rows[0]!;
    if (there) return 'already';
    if (!open) return 'closed';
    if (already >= mostStatementsEach) return 'enough';
    const { side, example } = who;
    await transaction
      .insertInto('statement')
      .values({
        owner_id: conversation,
        id,
        author: contributor,
        side,
        language,
        words,
        state: 'waiting',
        said_on: on,
        example,
      })
      .execute();
    return 'kept';
  });
}

/** The statements of a conversation that people can vote on, the oldest first. */
export async function acceptedStatements(database: Database, conversation: string): Promise<readonly Statement[]> {
  return statementsWhere(database, conversation, { state: 'accepted' });
}

/** What one participant said, with what became of it. */
export async function statementsOf(
  database: Database,
  { conversation, contributor }: Participant,
): Promise<readonly Statement[]> {
  return statementsWhere(database, conversation, { author: contributor });
}

export async function statementsWhere(
  database: Database,
  conversation: string,
  where: { state?: StatementState; author?: string; id?: string },
): Promise<readonly Statement[]> {
  return database.read(async (kysely) => {
    let query = kysely
      .selectFrom('statement')
      .select(['id', 'side', 'language', 'words', 'state', 'said_on'])
      .where('owner_id', '=', conversation);
    if (where.state !== undefined) query = query.where('state', '=', where.state);
    if (where.author !== undefined) query = query.where('author', '=', where.author);
    if (where.id !== undefined) query = query.where('id', '=', where.id);
    const rows = await query.orderBy('said_on').orderBy('id').execute();
    if (rows.length === 0) return [];
    const translations = await kysely
      .selectFrom('statement_translation')
      .selectAll()
      .where('owner_id', '=', conversation)
      .where(
        'statement_id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    const of = new Map<string, Record<string, Translation>>();
    for (const { statement_id, language, words, made_by, reviewed_by } of translations) {
      const known = of.get(statement_id) ?? {};
      known[language] = { words, madeBy: made_by, reviewed: reviewed_by !== null };
      of.set(statement_id, known);
    }
    return rows.map(({ said_on, ...row }) => ({
      conversation,
      ...row,
      saidOn: said_on,
      translations: of.get(row.id) ?? {},
    }));
  });
}

/** How a statement is named where a decision rests on it. */
export function statementReference(conversation: string, statement: string): string {
  return `${conversation}/${statement}`;
}
