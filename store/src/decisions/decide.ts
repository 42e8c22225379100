import { createHash } from 'node:crypto';
import { isoDay, type Day } from '@meedoen/units';
import type { Transaction } from 'kysely';
import { audit, oneAtATime } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';

/** How far the mandate of those who spoke went (nl: adviseren, meebeslissen, beslissen). */
export const decisionForms = ['advise', 'co-decide', 'decide'] as const;
export type DecisionForm = (typeof decisionForms)[number];

/** On what a decision can rest: a barrier people named, a statement they voted on, evidence, a programme. */
export const groundKinds = ['barrier', 'statement', 'evidence', 'programme'] as const;
export type GroundKind = (typeof groundKinds)[number];

/**
 * Something a decision rests on, as it stood when it was cited. `reference` names it, `content` is what was seen, as text
 * that somebody can read and hash again: counts as published, or the words of a statement with its votes.
 */
export type Ground = { kind: GroundKind; reference: string; content: string };

export type NewDecision = {
  /** UUIDv7, made when the form was opened: sent twice it is one decision. */
  id: string;
  where: Scope;
  form: DecisionForm;
  outcome: 'yes' | 'no';
  mandate: string;
  title: string;
  words: string;
  /** Why; must be given when the answer is no. */
  reason: string;
  /** What those who thought otherwise said; empty when nobody did. */
  dissent: string;
  /** The language the texts are written in. */
  language: string;
  decidedOn: Day;
  /** One at least: without a ground there is no decision. */
  grounds: readonly [Ground, ...Ground[]];
  actions: readonly NewAction[];
  example: boolean;
};

/** `id` as that of a decision. */
export type NewAction = { id: string; words: string; responsible: string; dueOn: Day };

/**
 * Take a decision: what it rests on is frozen with its hash, and the decision, its actions and the line in the audit log
 * are kept together or not at all. A decision with this id that is there already stays as it is.
 *
 * @throws RangeError when a `no` gives no reason: the form asks for it
 */
export async function decide(
  database: Database,
  decision: NewDecision,
  by: string,
  doing: Doing,
): Promise<'taken' | 'already'> {
  if (decision.outcome === 'no' && decision.reason.trim() === '')
    throw new RangeError('decide: a decision that says no says why.');
  const owner_id = streamOf(decision.where);
  const { example, id } = decision;
  const auditId = doing.newId();
  const grounds = decision.grounds.map((ground) => groundRow(owner_id, ground, doing, example));
  const actions = decision.actions.map((action) => actionRow(owner_id, id, action, example));

  return database.write(async (transaction) => {
    // Acts at one place go one after the other, so that the second of two finds the first.
    await oneAtATime(transaction, owner_id);
    const there = await transaction
      .selectFrom('decision')
      .select('id')
      .where('owner_id', '=', owner_id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (there) return 'already';
    await freeze(transaction, grounds);
    await transaction
      .insertInto('decision')
      .values({
        owner_id,
        id,
        because_id: grounds[0]!.id,
        form: decision.form,
        outcome: decision.outcome,
        mandate: storableText(decision.mandate, 'mandate'),
        title: storableText(decision.title, 'title'),
        words: storableText(decision.words, 'words'),
        reason: storableText(decision.reason, 'reason'),
        dissent: storableText(decision.dissent, 'dissent'),
        language: decision.language,
        decided_on: isoDay(decision.decidedOn),
        made_by: by,
        made_at: doing.now,
        example,
      })
      .execute();
    await transaction
      .insertInto('decision_citation')
      .values(grounds.map((ground) => ({ owner_id, decision_id: id, ground_id: ground.id })))
      .execute();
    if (actions.length > 0) await insertActions(transaction, actions);
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'decision.take',
      subject: id,
      reason: decision.mandate,
      result: 'done',
      details: { form: decision.form, outcome: decision.outcome, grounds: grounds.map(({ hash }) => hash).join(' ') },
    });
    return 'taken';
  });
}

export type GroundRow = {
  owner_id: string;
  id: string;
  kind: GroundKind;
  reference: string;
  content: string;
  hash: string;
  frozen_at: Date;
  example: boolean;
};

/** A ground as a row, with the SHA-256 of its content. */
export function groundRow(owner_id: string, ground: Ground, { now, newId }: Doing, example: boolean): GroundRow {
  const content = storableText(ground.content, 'content');
  return {
    owner_id,
    id: newId(),
    kind: ground.kind,
    reference: storableText(ground.reference, 'reference'),
    content,
    hash: createHash('sha256').update(content).digest('hex'),
    frozen_at: now,
    example,
  };
}

export async function freeze(transaction: Transaction<Tables>, grounds: readonly GroundRow[]): Promise<void> {
  await transaction
    .insertInto('decision_ground')
    .values([...grounds])
    .execute();
}

export type ActionRow = {
  owner_id: string;
  id: string;
  decision_id: string;
  words: string;
  responsible: string;
  due_on: string;
  done_on: null;
  example: boolean;
};

export function actionRow(
  owner_id: string,
  decision_id: string,
  { id, words, responsible, dueOn }: NewAction,
  example: boolean,
): ActionRow {
  return {
    owner_id,
    id,
    decision_id,
    words: storableText(words, 'words'),
    responsible: storableText(responsible, 'responsible'),
    due_on: isoDay(dueOn),
    done_on: null,
    example,
  };
}

export async function insertActions(transaction: Transaction<Tables>, actions: readonly ActionRow[]): Promise<void> {
  await transaction
    .insertInto('decision_action')
    .values([...actions])
    .execute();
}
