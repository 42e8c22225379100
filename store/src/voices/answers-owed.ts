import { isoDay, type Day } from '@meedoen/units';
import type { Database } from '../database.ts';
import { decisions, stageOf, type DecisionStage, type WholeDecision } from '../decisions/decisions.ts';
import { statementReference } from './statements.ts';

/**
 * How far the owner has come with a statement that connects the sides. Exactly one holds: it waits for an answer, the answer
 * is late, or a decision that rests on it stands somewhere.
 */
export type AnswerState = 'owed' | 'late' | DecisionStage;

export type OwedAnswer = {
  statement: string;
  owedSince: string;
  dueOn: string;
  state: AnswerState;
  /** The newest decision that cites the statement. */
  decision: WholeDecision | null;
};

/** The statements of a conversation to which an answer is owed or given, those that are due first. */
export async function answersOf(database: Database, conversation: string, on: Day): Promise<readonly OwedAnswer[]> {
  const owed = await database.read((kysely) =>
    kysely
      .selectFrom('answer_owed')
      .select(['statement_id', 'owed_since', 'due_on'])
      .where('owner_id', '=', conversation)
      .orderBy('due_on')
      .orderBy('statement_id')
      .execute(),
  );
  return Promise.all(
    owed.map(async ({ statement_id, owed_since, due_on }) => {
      const decision = await decisionAbout(database, conversation, statement_id);
      return {
        statement: statement_id,
        owedSince: owed_since,
        dueOn: due_on,
        state: decision ? stageOf(decision, on) : due_on < isoDay(on) ? ('late' as const) : ('owed' as const),
        decision,
      };
    }),
  );
}

/** The newest decision that rests on a statement; null when there is none. */
export async function decisionAbout(
  database: Database,
  conversation: string,
  statement: string,
): Promise<WholeDecision | null> {
  const about = { kind: 'statement' as const, references: [statementReference(conversation, statement)] };
  return (await decisions(database, { about, limit: 1 }))[0] ?? null;
}
