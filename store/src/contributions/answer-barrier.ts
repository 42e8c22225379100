import { audit, oneAtATime } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { streamOf } from '../staff/roles.ts';
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

/**
 * Keep an answer of a town, with a line in the audit log of that municipality; the same id is kept once. An answer is never
 * changed: a newer one about the same stands above it.
 */
export async function answerBarrier(
  database: Database,
  answer: Omit<BarrierAnswer, 'answeredAt'>,
  doing: Doing,
): Promise<void> {
  const { id, town, about, subject, language, text, answeredBy, example } = answer;
  const auditId = doing.newId();
  const stream = streamOf({ kind: 'municipality', id: town });
  await database.write(async (transaction) => {
    await oneAtATime(transaction, stream);
    const kept = await transaction
      .insertInto('barrier_answer')
      .values({
        owner_id: town,
        id,
        about,
        subject,
        language,
        answer: storableText(text, 'answer'),
        answered_by: answeredBy,
        answered_at: doing.now,
        example,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!kept) return;
    await audit(transaction, {
      id: auditId,
      stream,
      at: doing.now,
      staffId: answeredBy,
      act: 'barrier.answer',
      subject: `${about}:${subject}`,
      reason: text,
      result: 'done',
      details: { answer: id },
    });
  });
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
