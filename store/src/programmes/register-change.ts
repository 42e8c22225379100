import { createHash } from 'node:crypto';
import { changeColumns, heldEqual, type PolicyChange } from '@meedoen/board';
import { planText, type AnalysisPlan } from '@meedoen/evidence';
import { isoDay, type Day } from '@meedoen/units';
import type { Transaction } from 'kysely';
import { audit, oneAtATime } from '../audit/audit.ts';
import { keptMonth } from '../contributions/kept-month.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { streamOf, type Scope } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';

export type NewChange = {
  /** UUIDv7, made when the form was opened: sent twice it is registered once. */
  id: string;
  where: Scope;
  title: string;
  words: string;
  /** What it costs, in words; empty when not known. */
  cost: string;
  language: string;
  /** The decision that it carries out, of the same place. */
  decision: string | null;
  change: PolicyChange;
  plan: AnalysisPlan;
  example: boolean;
};

/** How the effect of a change is reckoned, as a plan: the same for each, so that nobody chooses it after seeing the numbers. */
export function planOfChange(
  {
    change,
    question,
    smallestMeaningful,
  }: { change: PolicyChange; question: string; smallestMeaningful: number | null },
  decidedOn: Day,
): AnalysisPlan {
  const towns = change.changes.map(({ town, from }) => `${town} from ${from}`).join(', ');
  const method = change.compared.length >= 2 ? 'did' : 'series';
  return {
    decidedOn: isoDay(decidedOn),
    question,
    population: `Followed people without paid work yet. Changed: ${towns}. Compared with: ${change.compared.join(', ') || 'its own past'}.`,
    method,
    columns: changeColumns,
    covariates: method === 'did' ? heldEqual : [],
    horizon: null,
    families: [{ name: 'first paid work', tests: ['all months since the change'] }],
    stopping: 'Reckoned with each release of the boards. All releases are kept and shown.',
    smallestMeaningful,
  };
}

function planHash(plan: string): string {
  return createHash('sha256').update(plan).digest('hex');
}

/**
 * Register a change of policy with the plan by which its effect will be told, before that can be known (nl: een maatregel
 * vooraf vastleggen). Kept together with a line in the audit log that holds the hash of the plan, or not at all.
 */
export async function registerChange(
  database: Database,
  registered: NewChange,
  by: string,
  doing: Doing,
): Promise<'registered' | 'already'> {
  const owner_id = streamOf(registered.where);
  const { id, change } = registered;
  const auditId = doing.newId();
  const plan = planText(registered.plan);
  return database.write(async (transaction) => {
    await oneAtATime(transaction, owner_id);
    if ((await lastVersion(transaction, owner_id, id)) > 0) return 'already';
    await transaction
      .insertInto('programme')
      .values({
        owner_id,
        id,
        title: storableText(registered.title, 'title'),
        words: storableText(registered.words, 'words'),
        cost: storableText(registered.cost, 'cost'),
        language: registered.language,
        decision_id: registered.decision,
        registered_by: by,
        registered_at: doing.now,
        example: registered.example,
      })
      .execute();
    await transaction
      .insertInto('programme_town')
      .values([
        ...change.changes.map(({ town, from }) => ({ owner_id, programme_id: id, town, from_month: keptMonth(from) })),
        ...change.compared.map((town) => ({ owner_id, programme_id: id, town, from_month: null })),
      ])
      .execute();
    await keepPlan(transaction, { owner_id, id, version: 1, plan, reason: '' }, by, doing);
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'programme.register',
      subject: id,
      reason: registered.title,
      result: 'done',
      details: { plan: planHash(plan) },
    });
    return 'registered';
  });
}

/** Another plan for a change that is registered, with the reason why. The plans before it stay and are shown. */
export async function changePlan(
  database: Database,
  { where, id, plan, reason }: { where: Scope; id: string; plan: AnalysisPlan; reason: string },
  by: string,
  doing: Doing,
): Promise<'changed' | 'same' | 'not-there'> {
  if (reason.trim() === '') throw new RangeError('changePlan: another plan says why.');
  const owner_id = streamOf(where);
  const auditId = doing.newId();
  const text = planText(plan);
  return database.write(async (transaction) => {
    await oneAtATime(transaction, owner_id);
    const version = await lastVersion(transaction, owner_id, id);
    if (version === 0) return 'not-there';
    const { hash } = await transaction
      .selectFrom('programme_plan')
      .select('hash')
      .where('owner_id', '=', owner_id)
      .where('programme_id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    if (hash === planHash(text)) return 'same';
    await keepPlan(transaction, { owner_id, id, version: version + 1, plan: text, reason }, by, doing);
    await audit(transaction, {
      id: auditId,
      stream: owner_id,
      at: doing.now,
      staffId: by,
      act: 'programme.change-plan',
      subject: id,
      reason,
      result: 'done',
      details: { plan: planHash(text), version: version + 1 },
    });
    return 'changed';
  });
}

/** 0 when there is no such programme. */
async function lastVersion(transaction: Transaction<Tables>, owner_id: string, id: string): Promise<number> {
  const row = await transaction
    .selectFrom('programme_plan')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('owner_id', '=', owner_id)
    .where('programme_id', '=', id)
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

async function keepPlan(
  transaction: Transaction<Tables>,
  kept: { owner_id: string; id: string; version: number; plan: string; reason: string },
  by: string,
  { now }: Doing,
): Promise<void> {
  const { owner_id, id, version, plan, reason } = kept;
  await transaction
    .insertInto('programme_plan')
    .values({
      owner_id,
      programme_id: id,
      version,
      plan: storableText(plan, 'plan'),
      hash: planHash(plan),
      reason: storableText(reason, 'reason'),
      made_by: by,
      made_at: now,
    })
    .execute();
}
