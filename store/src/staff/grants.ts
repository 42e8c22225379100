import type { Transaction } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';
import type { Doing } from './doing.ts';
import { isWithin, scopeColumns, scopeOf, streamOf, type Grant, type Scope, type StaffRole } from './roles.ts';
import { endSessionIn } from './sessions.ts';

/** Somebody who works with the platform, as stewards see them. */
export type StaffLine = {
  id: string;
  nameShown: string;
  /** Null as long as they work here. */
  leftAt: Date | null;
  grants: readonly (Grant & { grantedAt: Date; reason: string })[];
};

/** Everybody, with what they may do now; by name, those who left last. */
export async function staffList(database: Database): Promise<readonly StaffLine[]> {
  return database.read(async (kysely) => {
    const staff = await kysely.selectFrom('staff').selectAll().execute();
    const grants = await kysely
      .selectFrom('staff_grant')
      .selectAll()
      .where('withdrawn_at', 'is', null)
      .orderBy('granted_at')
      .execute();
    const byName = new Intl.Collator('nl');
    return staff
      .map((one) => ({
        id: one.id,
        nameShown: one.name_shown,
        leftAt: one.left_at,
        grants: grants
          .filter(({ staff_id }) => staff_id === one.id)
          .map((row) => ({
            id: row.id,
            role: row.role,
            scope: scopeOf(row),
            grantedAt: row.granted_at,
            reason: row.reason,
          })),
      }))
      .sort(
        (a, b) => Number(a.leftAt !== null) - Number(b.leftAt !== null) || byName.compare(a.nameShown, b.nameShown),
      );
  });
}

/** `refused`: who gives is no steward there. Both are written down. */
export async function giveGrant(
  database: Database,
  { by, to, role, scope, reason }: { by: string; to: string; role: StaffRole; scope: Scope; reason: string },
  doing: Doing,
): Promise<'given' | 'refused' | 'has it' | 'unknown'> {
  const [id, entry] = [doing.newId(), doing.newId()];
  return database.write(async (transaction) => {
    const there = await transaction
      .selectFrom('staff')
      .select('id')
      .where('id', '=', to)
      .where('left_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (there === undefined) return 'unknown';
    const allowed = await isStewardOf(transaction, by, scope);
    if (allowed) {
      const columns = scopeColumns(scope);
      const has = await transaction
        .selectFrom('staff_grant')
        .select('id')
        .where('staff_id', '=', to)
        .where('role', '=', role)
        .where('scope_kind', '=', columns.scope_kind)
        .where('scope_id', '=', columns.scope_id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      if (has !== undefined && has.id !== id) return 'has it';
      await transaction
        .insertInto('staff_grant')
        .values({
          id,
          staff_id: to,
          role,
          ...columns,
          granted_by: by,
          granted_at: doing.now,
          reason: storableText(reason, 'reason'),
          withdrawn_by: null,
          withdrawn_at: null,
          withdrawn_why: null,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
    await audit(transaction, {
      id: entry,
      stream: streamOf(scope),
      at: doing.now,
      staffId: by,
      act: 'grant.give',
      subject: to,
      reason,
      result: allowed ? 'done' : 'refused',
      details: { role, grant: allowed ? id : null },
    });
    return allowed ? 'given' : 'refused';
  });
}

/** Take a grant away; it counts for nothing from the next request. `last`: nobody would be left to give any. */
export async function withdrawGrant(
  database: Database,
  { by, grantId, reason }: { by: string; grantId: string; reason: string },
  doing: Doing,
): Promise<'withdrawn' | 'refused' | 'last' | 'unknown'> {
  const entry = doing.newId();
  return database.write(async (transaction) => {
    const stewards = await lockStewards(transaction);
    const grant = await transaction
      .selectFrom('staff_grant')
      .selectAll()
      .where('id', '=', grantId)
      .where('withdrawn_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (grant === undefined) return 'unknown';
    const scope = scopeOf(grant);
    const allowed = await isStewardOf(transaction, by, scope);
    if (allowed && stewards.length === 1 && stewards[0]!.id === grantId) return 'last';
    if (allowed) await withdrawIn(transaction, { by, grantIds: [grantId], reason, now: doing.now });
    await audit(transaction, {
      id: entry,
      stream: streamOf(scope),
      at: doing.now,
      staffId: by,
      act: 'grant.withdraw',
      subject: grant.staff_id,
      reason,
      result: allowed ? 'done' : 'refused',
      details: { role: grant.role, grant: grantId },
    });
    return allowed ? 'withdrawn' : 'refused';
  });
}

/** Somebody no longer works here: no grants, no sessions, no way in. What they did stays in the log. */
export async function letGo(
  database: Database,
  { by, staffId, reason }: { by: string; staffId: string; reason: string },
  doing: Doing,
): Promise<'gone' | 'refused' | 'last' | 'unknown'> {
  const entry = doing.newId();
  return database.write(async (transaction) => {
    const stewards = await lockStewards(transaction);
    const there = await transaction
      .selectFrom('staff')
      .select('id')
      .where('id', '=', staffId)
      .where('left_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (there === undefined) return 'unknown';
    const allowed = await isStewardOf(transaction, by, { kind: 'platform' });
    if (allowed) {
      if (stewards.every((grant) => grant.staff_id === staffId)) return 'last';
      const { now } = doing;
      await transaction.updateTable('staff').set({ left_at: now }).where('id', '=', staffId).execute();
      const grants = await transaction
        .selectFrom('staff_grant')
        .select('id')
        .where('staff_id', '=', staffId)
        .where('withdrawn_at', 'is', null)
        .execute();
      await withdrawIn(transaction, { by, grantIds: grants.map(({ id }) => id), reason, now });
      const sessions = await transaction
        .selectFrom('staff_session')
        .select('id')
        .where('staff_id', '=', staffId)
        .where('ended_at', 'is', null)
        .execute();
      for (const { id } of sessions) await endSessionIn(transaction, id, 'left', now);
      await transaction.deleteFrom('staff_passkey').where('staff_id', '=', staffId).execute();
      await transaction.deleteFrom('staff_oidc_identity').where('staff_id', '=', staffId).execute();
      await transaction
        .updateTable('staff_invitation')
        .set({ withdrawn_at: now })
        .where('for_staff_id', '=', staffId)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .execute();
    }
    await audit(transaction, {
      id: entry,
      stream: 'platform',
      at: doing.now,
      staffId: by,
      act: 'staff.let-go',
      subject: staffId,
      reason,
      result: allowed ? 'done' : 'refused',
    });
    return allowed ? 'gone' : 'refused';
  });
}

async function withdrawIn(
  transaction: Transaction<Tables>,
  { by, grantIds, reason, now }: { by: string; grantIds: readonly string[]; reason: string; now: Date },
): Promise<void> {
  if (grantIds.length === 0) return;
  await transaction
    .updateTable('staff_grant')
    .set({ withdrawn_by: by, withdrawn_at: now, withdrawn_why: storableText(reason, 'reason') })
    .where('id', 'in', grantIds)
    .execute();
}

/** The grants of stewards of the whole platform, held still: two who withdraw each other's must not leave nobody. */
async function lockStewards(transaction: Transaction<Tables>): Promise<readonly { id: string; staff_id: string }[]> {
  return transaction
    .selectFrom('staff_grant')
    .select(['id', 'staff_id'])
    .where('role', '=', 'steward')
    .where('scope_kind', '=', 'platform')
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Is somebody a steward over this place at this moment? Asked in the transaction of the act. */
export async function isStewardOf(transaction: Transaction<Tables>, staffId: string, scope: Scope): Promise<boolean> {
  const grants = await transaction
    .selectFrom('staff_grant')
    .select(['scope_kind', 'scope_id'])
    .where('staff_id', '=', staffId)
    .where('role', '=', 'steward')
    .where('withdrawn_at', 'is', null)
    .execute();
  return grants.some((grant) => isWithin(scope, scopeOf(grant)));
}
