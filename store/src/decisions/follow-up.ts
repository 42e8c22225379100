import { isoDay, type Day } from '@meedoen/units';
import { audit, oneAtATime } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import { actionRow, freeze, groundRow, insertActions, type Ground, type NewAction } from './decide.ts';

/** One decision of one place. */
export type DecisionAt = { where: Scope; decision: string };

/** What became of a request to change something: there may be no such decision or action here. */
export type Changed = 'done' | 'not-there';

/** Promise one more action under a decision. The same id is promised once. */
export async function addAction(
  database: Database,
  { where, decision }: DecisionAt,
  action: NewAction,
  by: string,
  doing: Doing,
): Promise<Changed> {
  const owner_id = streamOf(where);
  const auditId = doing.newId();
  const { id } = action;
  return database.write(async (transaction) => {
    await oneAtATime(transaction, owner_id);
    const found = await transaction
      .selectFrom('decision')
      .select('example')
      .where('owner_id', '=', owner_id)
      .where('id', '=', decision)
      .executeTakeFirst();
    if (!found) return 'not-there';
    const promised = await transaction
      .selectFrom('decision_action')
      .select('id')
      .where('owner_id', '=', owner_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (promised) return 'done';
    await insertActions(transaction, [actionRow(owner_id, decision, action, found.example)]);
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

/** Tell what came of a decision, with the evidence it rests on or without any. The same id is told once. */
export async function reportResult(
  database: Database,
  { where, decision }: DecisionAt,
  result: { id: string; words: string; reportedOn: Day; evidence: Ground | null },
  by: string,
  doing: Doing,
): Promise<Changed> {
  const owner_id = streamOf(where);
  const { id } = result;
  const auditId = doing.newId();
  const evidence = result.evidence === null ? null : groundRow(owner_id, result.evidence, doing, false);
  return database.write(async (transaction) => {
    await oneAtATime(transaction, owner_id);
    const found = await transaction
      .selectFrom('decision')
      .select('example')
      .where('owner_id', '=', owner_id)
      .where('id', '=', decision)
      .executeTakeFirst();
    if (!found) return 'not-there';
    const { example } = found;
    const told = await transaction
      .selectFrom('decision_result')
      .select('id')
      .where('owner_id', '=', owner_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (told) return 'done';
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
