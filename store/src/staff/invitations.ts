import type { Transaction } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';
import type { Doing } from './doing.ts';
import { isStewardOf } from './grants.ts';
import { scopeColumns, scopeOf, streamOf, type Scope, type StaffRole } from './roles.ts';
import { beginSession, type NewSession } from './sessions.ts';
import { insertWayIn, useOnce, type Answered, type WayIn } from './ways-in.ts';

/** How long a link counts that nobody has used. */
const invitationLastsInHours = 72;

/** A link that works once. */
export type Invitation = {
  id: string;
  /** For somebody new: what they will be, and where. For somebody known who needs another way in: who. */
  for: { kind: 'new'; role: StaffRole; scope: Scope } | { kind: 'known'; staffId: string; nameShown: string };
  expiresAt: Date;
};

export type NoInvitation = 'unknown' | 'used' | 'expired' | 'withdrawn';

/**
 * A link with which whoever runs the server makes the first steward. Only when nobody works here yet, unless `always`
 * (everybody lost their way in). Links made like this before no longer count.
 */
export async function inviteFirstSteward(
  database: Database,
  { tokenHash, always }: { tokenHash: string; always: boolean },
  doing: Doing,
): Promise<Date | null> {
  const [id, entry] = [doing.newId(), doing.newId()];
  return database.write(async (transaction) => {
    const anybody = await transaction.selectFrom('staff').select('id').limit(1).executeTakeFirst();
    if (anybody !== undefined && !always) return null;
    await transaction
      .updateTable('staff_invitation')
      .set({ withdrawn_at: doing.now })
      .where('invited_by', 'is', null)
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute();
    // The command that made it: the same in every language.
    const reason = always ? 'meedoen staff link' : 'meedoen serve';
    return insertInvitation(transaction, {
      id,
      entry,
      tokenHash,
      by: null,
      invited: { kind: 'new', role: 'steward', scope: { kind: 'platform' } },
      reason,
      now: doing.now,
    });
  });
}

/** Invite somebody. Until when the link counts; null when `by` is no steward there (which is written down). */
export async function invite(
  database: Database,
  {
    by,
    invited,
    reason,
    tokenHash,
  }: {
    by: string;
    invited: { kind: 'new'; role: StaffRole; scope: Scope } | { kind: 'known'; staffId: string };
    reason: string;
    tokenHash: string;
  },
  doing: Doing,
): Promise<Date | null> {
  const [id, entry] = [doing.newId(), doing.newId()];
  // A new way in for somebody known is a way to be them: only for who holds the whole platform.
  const scope: Scope = invited.kind === 'new' ? invited.scope : { kind: 'platform' };
  return database.write(async (transaction) => {
    const allowed = await isStewardOf(transaction, by, scope);
    if (allowed) return insertInvitation(transaction, { id, entry, tokenHash, by, invited, reason, now: doing.now });
    await audit(transaction, {
      id: entry,
      stream: streamOf(scope),
      at: doing.now,
      staffId: by,
      act: 'invitation.make',
      subject: id,
      reason,
      result: 'refused',
    });
    return null;
  });
}

async function insertInvitation(
  transaction: Transaction<Tables>,
  {
    id,
    entry,
    tokenHash,
    by,
    invited,
    reason,
    now,
  }: {
    id: string;
    entry: string;
    tokenHash: string;
    by: string | null;
    invited: { kind: 'new'; role: StaffRole; scope: Scope } | { kind: 'known'; staffId: string };
    reason: string;
    now: Date;
  },
): Promise<Date> {
  const isNew = invited.kind === 'new';
  const expiresAt = new Date(now.getTime() + invitationLastsInHours * 3_600_000);
  await transaction
    .insertInto('staff_invitation')
    .values({
      id,
      token_hash: tokenHash,
      for_staff_id: isNew ? null : invited.staffId,
      role: isNew ? invited.role : null,
      scope_kind: isNew ? invited.scope.kind : null,
      scope_id: isNew ? scopeColumns(invited.scope).scope_id : null,
      invited_by: by,
      reason: storableText(reason, 'reason'),
      made_at: now,
      expires_at: expiresAt,
      used_at: null,
      used_by: null,
      withdrawn_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await audit(transaction, {
    id: entry,
    stream: streamOf(isNew ? invited.scope : { kind: 'platform' }),
    at: now,
    staffId: by,
    act: 'invitation.make',
    subject: id,
    reason,
    result: 'done',
    details: isNew ? { role: invited.role } : { for: invited.staffId },
  });
  return expiresAt;
}

/** The invitation of a link, or why it does not count. */
export async function invitationBy(
  database: Database,
  tokenHash: string,
  now: Date,
): Promise<Invitation | NoInvitation> {
  return database.read(async (kysely) => {
    const row = await kysely
      .selectFrom('staff_invitation')
      .leftJoin('staff', 'staff.id', 'staff_invitation.for_staff_id')
      .selectAll('staff_invitation')
      .select('staff.name_shown')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return asInvitation(row, now);
  });
}

function asInvitation(
  row: (Tables['staff_invitation'] & { name_shown: string | null }) | undefined,
  now: Date,
): Invitation | NoInvitation {
  if (row === undefined) return 'unknown';
  if (row.used_at !== null) return 'used';
  if (row.withdrawn_at !== null) return 'withdrawn';
  if (now >= row.expires_at) return 'expired';
  return {
    id: row.id,
    for:
      row.for_staff_id !== null
        ? { kind: 'known', staffId: row.for_staff_id, nameShown: row.name_shown! }
        : {
            kind: 'new',
            role: row.role!,
            scope: scopeOf({ scope_kind: row.scope_kind!, scope_id: row.scope_id! }),
          },
    expiresAt: row.expires_at,
  };
}

/**
 * Use a link: a new person with their first grant, or a new way in for somebody known; and they are signed in. All or
 * nothing; of two who use it at once, one is told `used`. `taken`: this way in is somebody's already.
 */
export async function acceptInvitation(
  database: Database,
  {
    tokenHash,
    nameShown,
    way,
    answered,
    session,
  }: {
    tokenHash: string;
    /** For somebody new; what others will see. */
    nameShown: string;
    way: WayIn;
    answered: Answered;
    session: Omit<NewSession, 'staffId'>;
  },
  doing: Doing,
): Promise<'accepted' | 'taken' | NoInvitation> {
  const { now } = doing;
  const [newStaffId, wayId, grantId, sessionId] = [doing.newId(), doing.newId(), doing.newId(), doing.newId()];
  const entries = [doing.newId(), doing.newId(), doing.newId()] as const;
  return database.write(async (transaction) => {
    await transaction
      .selectFrom('staff_invitation')
      .select('id')
      .where('token_hash', '=', tokenHash)
      .forUpdate()
      .execute();
    const row = await transaction
      .selectFrom('staff_invitation')
      .leftJoin('staff', 'staff.id', 'staff_invitation.for_staff_id')
      .selectAll('staff_invitation')
      .select('staff.name_shown')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    const invitation = asInvitation(row, now);
    if (typeof invitation === 'string') return invitation;
    if (!(await useOnce(transaction, answered, now))) return 'used';

    const invited = invitation.for;
    const staffId = invited.kind === 'known' ? invited.staffId : newStaffId;
    if (await isTaken(transaction, way)) return 'taken';
    if (invited.kind === 'new') {
      await transaction
        .insertInto('staff')
        .values({ id: staffId, name_shown: storableText(nameShown, 'name'), made_at: now, left_at: null })
        .execute();
      await transaction
        .insertInto('staff_grant')
        .values({
          id: grantId,
          staff_id: staffId,
          role: invited.role,
          ...scopeColumns(invited.scope),
          granted_by: row!.invited_by,
          granted_at: now,
          reason: row!.reason,
          withdrawn_by: null,
          withdrawn_at: null,
          withdrawn_why: null,
        })
        .execute();
    }
    await insertWayIn(transaction, { id: wayId, staffId, way, now });
    await transaction
      .updateTable('staff_invitation')
      .set({ used_at: now, used_by: staffId })
      .where('id', '=', invitation.id)
      .execute();
    await beginSession(transaction, { ...session, staffId }, { id: sessionId, now });

    const common = { at: now, staffId, reason: '', result: 'done' } as const;
    await audit(transaction, {
      ...common,
      id: entries[0],
      stream: invited.kind === 'new' ? streamOf(invited.scope) : 'platform',
      act: 'invitation.accept',
      subject: invitation.id,
      details: { kind: way.kind },
    });
    if (invited.kind === 'new') {
      await audit(transaction, {
        ...common,
        id: entries[1],
        staffId: row!.invited_by,
        reason: row!.reason,
        stream: streamOf(invited.scope),
        act: 'grant.give',
        subject: staffId,
        details: { role: invited.role, grant: grantId },
      });
    }
    await audit(transaction, {
      ...common,
      id: entries[2],
      stream: 'platform',
      act: 'session.begin',
      subject: sessionId,
      details: { method: session.method },
    });
    return 'accepted';
  });
}

async function isTaken(transaction: Transaction<Tables>, way: WayIn): Promise<boolean> {
  const found =
    way.kind === 'passkey'
      ? await transaction.selectFrom('staff_passkey').select('id').where('id', '=', way.passkey.id).executeTakeFirst()
      : await transaction
          .selectFrom('staff_oidc_identity')
          .select('id')
          .where('issuer', '=', way.issuer)
          .where('subject', '=', way.subject)
          .executeTakeFirst();
  return found !== undefined;
}

export type InvitationLine = Invitation & { reason: string; madeAt: Date };

/** Links that still count, newest first. */
export async function openInvitations(database: Database, now: Date): Promise<readonly InvitationLine[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('staff_invitation')
      .leftJoin('staff', 'staff.id', 'staff_invitation.for_staff_id')
      .selectAll('staff_invitation')
      .select('staff.name_shown')
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('staff_invitation.made_at', 'desc')
      .execute(),
  );
  return rows.map((row) => ({
    ...(asInvitation(row, now) as Invitation),
    reason: row.reason,
    madeAt: row.made_at,
  }));
}

/** Make a link not count any more. False when it no longer counted, or `by` is no steward there. */
export async function withdrawInvitation(
  database: Database,
  { by, id }: { by: string; id: string },
  doing: Doing,
): Promise<boolean> {
  const entry = doing.newId();
  return database.write(async (transaction) => {
    const row = await transaction
      .selectFrom('staff_invitation')
      .selectAll()
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return false;
    const scope: Scope =
      row.scope_kind === null ? { kind: 'platform' } : scopeOf({ scope_kind: row.scope_kind, scope_id: row.scope_id! });
    const allowed = await isStewardOf(transaction, by, scope);
    if (allowed)
      await transaction.updateTable('staff_invitation').set({ withdrawn_at: doing.now }).where('id', '=', id).execute();
    await audit(transaction, {
      id: entry,
      stream: streamOf(scope),
      at: doing.now,
      staffId: by,
      act: 'invitation.withdraw',
      subject: id,
      reason: '',
      result: allowed ? 'done' : 'refused',
    });
    return allowed;
  });
}
