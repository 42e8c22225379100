import { isoDay, type Day } from '@meedoen/units';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import { actionRow, freeze, groundRow, insertActions, type Ground, type NewAction } from './decide.ts';

/** One decision of one place. */
export type DecisionAt = { where: Scope; decision: string };

/** What became of a request to change something: there may be no such decision or action here. */
export type Changed = 'done' | 'not-there';

/** Promise one more action under a decision. */
export async function addAction(
  database: Database,
  { where, decision }: DecisionAt,
  action: NewAction,
  by: string,
  doing: Doing,
): Promise<Changed> {
  const owner_id = streamOf(where);
  const auditId = doing.newId();
  const { newId } = doing;
  const id = newId();
  return database.write(async (transaction) => {
    const found = await transaction
      .selectFrom('decision')
      .select('example')
      .where('owner_id', '=', owner_id)
      .where('id', '=', decision)
      .executeTakeFirst();
    if (!found) return 'not-there';
    await insertActions(transaction, [
      actionRow(owner_id, decision, action, { ...doing, newId: () => id }, found.example),
    ]);
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'decision.promise',
      subject: decision,
      reason: action.words,
      result: 'done',
      details: { action: id, due: isoDay(action.dueOn) },
    });
    return 'done';
  });
}

/** An action is done. Doing it twice changes nothing: the first day stays. */
export async function finishAction(
  database: Database,
  { where, action }: { where: Scope; action: string },
  on: Day,
  by: string,
  doing: Doing,
): Promise<Changed> {
  const owner_id = streamOf(where);
  const auditId = doing.newId();
  return database.write(async (transaction) => {
    const done = await transaction
      .updateTable('decision_action')
      .set({ done_on: isoDay(on) })
      .where('owner_id', '=', owner_id)
      .where('id', '=', action)
      .where('done_on', 'is', null)
      .returning('decision_id')
      .executeTakeFirst();
    if (!done) {
      const there = await transaction
        .selectFrom('decision_action')
        .select('id')
        .where('owner_id', '=', owner_id)
        .where('id', '=', action)
        .executeTakeFirst();
      return there ? 'done' : 'not-there';
    }
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'decision.finish-action',
      subject: done.decision_id,
      reason: '',
      result: 'done',
      details: { action, on: isoDay(on) },
    });
    return 'done';
  });
}

/** Tell what came of a decision, with the evidence it rests on or without any. */
export async function reportResult(
  database: Database,
  { where, decision }: DecisionAt,
  result: { words: string; reportedOn: Day; evidence: Ground | null },
  by: string,
  doing: Doing,
): Promise<Changed> {
  const owner_id = streamOf(where);
  const id = doing.newId();
  const auditId = doing.newId();
  const evidence = result.evidence === null ? null : groundRow(owner_id, result.evidence, doing, false);
  return database.write(async (transaction) => {
    const found = await transaction
      .selectFrom('decision')
      .select('example')
      .where('owner_id', '=', owner_id)
      .where('id', '=', decision)
      .executeTakeFirst();
    if (!found) return 'not-there';
    const { example } = found;
    if (evidence !== null) await freeze(transaction, [{ ...evidence, example }]);
    await transaction
      .insertInto('decision_result')
      .values({
        owner_id,
        id,
        decision_id: decision,
        words: storableText(result.words, 'words'),
        evidence_id: evidence?.id ?? null,
        reported_on: isoDay(result.reportedOn),
        example,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'decision.report',
      subject: decision,
      reason: result.words,
      result: 'done',
      details: { evidence: evidence?.hash ?? null },
    });
    return 'done';
  });
}
