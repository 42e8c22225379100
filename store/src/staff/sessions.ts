import type { Transaction } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { Doing } from './doing.ts';
import { scopeOf, type Grant } from './roles.ts';

/** How long somebody stays signed in. */
export const sessionLimits = {
  /** Without a request for so long, and the session is over. */
  idleInMinutes: 30,
  /** Whatever happens, after so long one signs in again: a working day. */
  absoluteInHours: 12,
  /** A token is replaced after so long, so that a stolen one is of little use. */
  rotateAfterInMinutes: 30,
  /** The token before still counts for so long: requests may be on their way. Used later, somebody copied it. */
  graceInSeconds: 60,
} as const;

export type SignInMethod = 'passkey' | 'oidc';

/** Who is signed in, with what they may do at this moment. */
export type SignedIn = {
  id: string;
  nameShown: string;
  grants: readonly Grant[];
  session: {
    id: string;
    method: SignInMethod;
    /** When they last showed who they are; for acts that ask it to be recent. */
    authenticatedAt: Date;
    /** Has the token lived long enough to be replaced? */
    rotationIsDue: boolean;
  };
};

export type NoSession = 'unknown' | 'expired' | 'ended';

/**
 * Who holds this token, with grants as they are now: what is withdrawn is gone with the next request. Writes down at most
 * once a minute that the session was used. A token that was replaced a while ago ends the session: somebody copied it.
 */
export async function signedInBy(database: Database, tokenHash: string, doing: Doing): Promise<SignedIn | NoSession> {
  const { now } = doing;
  const session = await database.read((kysely) =>
    kysely
      .selectFrom('staff_session')
      .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
      .selectAll('staff_session')
      .select(['staff.name_shown', 'staff.left_at'])
      .where(({ eb, or }) => or([eb('token_hash', '=', tokenHash), eb('previous_token_hash', '=', tokenHash)]))
      .executeTakeFirst(),
  );
  if (session === undefined) return 'unknown';
  if (session.ended_at !== null || session.left_at !== null)
    return session.ended_why === 'expired' ? 'expired' : 'ended';

  const idle = now.getTime() - session.last_seen_at.getTime();
  if (now >= session.expires_at || idle >= sessionLimits.idleInMinutes * 60_000) {
    await database.write((transaction) => endSessionIn(transaction, session.id, 'expired', now));
    return 'expired';
  }
  const sinceRotation = now.getTime() - session.rotated_at.getTime();
  if (session.token_hash !== tokenHash && sinceRotation > sessionLimits.graceInSeconds * 1000) {
    const entry = doing.newId();
    await database.write(async (transaction) => {
      if (await endSessionIn(transaction, session.id, 'replayed', now))
        await audit(transaction, {
          id: entry,
          stream: 'platform',
          at: now,
          staffId: session.staff_id,
          act: 'session.end',
          subject: session.id,
          reason: 'A token that had been replaced was used again.',
          result: 'done',
        });
    });
    return 'ended';
  }
  if (idle >= 60_000) {
    await database.write((transaction) =>
      transaction.updateTable('staff_session').set({ last_seen_at: now }).where('id', '=', session.id).execute(),
    );
  }
  return {
    id: session.staff_id,
    nameShown: session.name_shown,
    grants: await grantsOf(database, session.staff_id),
    session: {
      id: session.id,
      method: session.method,
      authenticatedAt: session.authenticated_at,
      rotationIsDue: session.token_hash === tokenHash && sinceRotation >= sessionLimits.rotateAfterInMinutes * 60_000,
    },
  };
}

async function grantsOf(database: Database, staffId: string): Promise<readonly Grant[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('staff_grant')
      .select(['id', 'role', 'scope_kind', 'scope_id'])
      .where('staff_id', '=', staffId)
      .where('withdrawn_at', 'is', null)
      .orderBy('granted_at')
      .execute(),
  );
  return rows.map((row) => ({ id: row.id, role: row.role, scope: scopeOf(row) }));
}

export type NewSession = {
  staffId: string;
  tokenHash: string;
  method: SignInMethod;
  /** Such as `Firefox, Linux`: by which somebody knows their own session again. */
  device: string;
};

/** Begin a session, in the transaction in which somebody showed who they are. */
export async function beginSession(
  transaction: Transaction<Tables>,
  { staffId, tokenHash, method, device }: NewSession,
  { id, now }: { id: string; now: Date },
): Promise<void> {
  await transaction
    .insertInto('staff_session')
    .values({
      id,
      staff_id: staffId,
      token_hash: tokenHash,
      previous_token_hash: null,
      rotated_at: now,
      method,
      device,
      made_at: now,
      authenticated_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + sessionLimits.absoluteInHours * 3_600_000),
      ended_at: null,
      ended_why: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/**
 * Give a session another token; false when another request was first, whose token then counts. The one before keeps
 * working for a minute.
 */
export async function rotateToken(
  database: Database,
  { sessionId, from, to }: { sessionId: string; from: string; to: string },
  now: Date,
): Promise<boolean> {
  return database.write(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('staff_session')
      .set({ token_hash: to, previous_token_hash: from, rotated_at: now })
      .where('id', '=', sessionId)
      .where('token_hash', '=', from)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

export type SessionLine = { id: string; device: string; method: SignInMethod; madeAt: Date; lastSeenAt: Date };

/** The sessions of somebody that are still open, newest first. */
export async function sessionsOf(database: Database, staffId: string, now: Date): Promise<readonly SessionLine[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('staff_session')
      .select(['id', 'device', 'method', 'made_at', 'last_seen_at'])
      .where('staff_id', '=', staffId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .where('last_seen_at', '>', new Date(now.getTime() - sessionLimits.idleInMinutes * 60_000))
      .orderBy('made_at', 'desc')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    method: row.method,
    madeAt: row.made_at,
    lastSeenAt: row.last_seen_at,
  }));
}

/** End one session of somebody: by signing out of it, or from another one. False when it is not theirs or had ended. */
export async function endSession(
  database: Database,
  { staffId, sessionId, why }: { staffId: string; sessionId: string; why: 'signed-out' | 'ended-elsewhere' },
  doing: Doing,
): Promise<boolean> {
  const entry = doing.newId();
  return database.write(async (transaction) => {
    const theirs = await transaction
      .selectFrom('staff_session')
      .select('id')
      .where('id', '=', sessionId)
      .where('staff_id', '=', staffId)
      .executeTakeFirst();
    if (theirs === undefined || !(await endSessionIn(transaction, sessionId, why, doing.now))) return false;
    await audit(transaction, {
      id: entry,
      stream: 'platform',
      at: doing.now,
      staffId,
      act: 'session.end',
      subject: sessionId,
      reason: '',
      result: 'done',
      details: { why },
    });
    return true;
  });
}

/** False when it had ended already. */
export async function endSessionIn(
  transaction: Transaction<Tables>,
  sessionId: string,
  why: NonNullable<Tables['staff_session']['ended_why']>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('staff_session')
    .set({ ended_at: now, ended_why: why })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
