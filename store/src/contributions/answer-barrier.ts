import type { Database } from '../database.ts';
import { storableText } from '../storable-text.ts';

/** What a town says to those who named a barrier. (nl: antwoord op een belemmering) */
export type BarrierAnswer = {
  id: string;
  /** The town as contributions name it. */
  town: string;
  about: 'right' | 'theme';
  /** The id of the right or theme that is answered. */
  subject: string;
  language: string;
  text: string;
  /** Who of the town's staff answers: the id of their account. */
  answeredBy: string;
  answeredAt: Date;
  example: boolean;
};

/** Keep an answer of a town; the same id is kept once. An answer is never changed: a newer one about the same stands above it. */
export async function answerBarrier(database: Database, answer: BarrierAnswer): Promise<void> {
  const { id, town, about, subject, language, text, answeredBy, answeredAt, example } = answer;
  await database.write((transaction) =>
    transaction
      .insertInto('barrier_answer')
      .values({
        owner_id: town,
        id,
        about,
        subject,
        language,
        answer: storableText(text, 'answer'),
        answered_by: answeredBy,
        answered_at: answeredAt,
        example,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** All answers of a town, newest first: whoever named the barrier, on this or another device, can be shown them by its subject. */
export async function barrierAnswers(database: Database, town: string): Promise<readonly BarrierAnswer[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('barrier_answer')
      .selectAll()
      .where('owner_id', '=', town)
      .orderBy('answered_at', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  );
  return rows.map(({ owner_id, answer, answered_by, answered_at, ...rest }) => ({
    ...rest,
    town: owner_id,
    text: answer,
    answeredBy: answered_by,
    answeredAt: answered_at,
  }));
}
