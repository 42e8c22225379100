import type { Transaction } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';
import type { Doing } from './doing.ts';
import { beginSession, endSessionIn, type NewSession } from './sessions.ts';

/** How somebody shows who they are: a passkey on their device, or the OpenID provider of their organisation. */
export type WayIn = { kind: 'passkey'; passkey: NewPasskey } | ({ kind: 'oidc' } & OidcIdentity);

export type NewPasskey = {
  /** The credential id, base64url. */
  id: string;
  publicKey: Uint8Array;
  signCount: number;
  transports: readonly string[];
  /** Can it be on more than one device of its holder? */
  backedUp: boolean;
  /** A name its holder knows it by. */
  label: string;
};

/** `sub` of one `iss`: never changes and is never given to somebody else (OpenID Connect Core, 5.7). A mail address may be. */
export type OidcIdentity = { issuer: string; subject: string };

/** A challenge counts once; `hash` is of the challenge, until the moment it would have expired anyway. */
export type Answered = { hash: string; expiresAt: Date };

export type KnownPasskey = {
  id: string;
  staffId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  signCount: number;
  transports: readonly string[];
};

/** The passkey with this id, of somebody who still works here; null when there is none. */
export async function passkeyBy(database: Database, id: string): Promise<KnownPasskey | null> {
  const found = await database.read((kysely) =>
    kysely
      .selectFrom('staff_passkey')
      .innerJoin('staff', 'staff.id', 'staff_passkey.staff_id')
      .selectAll('staff_passkey')
      .where('staff_passkey.id', '=', id)
      .where('staff.left_at', 'is', null)
      .executeTakeFirst(),
  );
  if (found === undefined) return null;
  return {
    id,
    staffId: found.staff_id,
    publicKey: new Uint8Array(found.public_key),
    signCount: Number(found.sign_count),
    transports: JSON.parse(found.transports) as string[],
  };
}

/** Whose identity this is; null when nobody linked it, or they no longer work here. */
export async function staffByIdentity(database: Database, identity: OidcIdentity): Promise<string | null> {
  const found = await database.read((kysely) =>
    kysely
      .selectFrom('staff_oidc_identity')
      .innerJoin('staff', 'staff.id', 'staff_oidc_identity.staff_id')
      .select('staff_id')
      .where('issuer', '=', identity.issuer)
      .where('subject', '=', identity.subject)
      .where('staff.left_at', 'is', null)
      .executeTakeFirst(),
  );
  return found?.staff_id ?? null;
}

/** What somebody showed to sign in. */
export type Shown =
  | { kind: 'passkey'; passkeyId: string; signCount: number; backedUp: boolean }
  | ({ kind: 'oidc' } & OidcIdentity);

/**
 * Sign in, after the proof was checked. `instead` is the session that this one replaces, when somebody showed again who
 * they are. `used`: this very answer was used before.
 */
export async function signIn(
  database: Database,
  {
    shown,
    answered,
    session,
    instead,
  }: { shown: Shown; answered: Answered; session: NewSession; instead: string | null },
  doing: Doing,
): Promise<'signed in' | 'used'> {
  const { now } = doing;
  const [sessionId, entry] = [doing.newId(), doing.newId()];
  return database.write(async (transaction) => {
    if (!(await useOnce(transaction, answered, now))) return 'used';
    if (shown.kind === 'passkey') {
      await transaction
        .updateTable('staff_passkey')
        .set({ sign_count: String(shown.signCount), backed_up: shown.backedUp, last_used_at: now })
        .where('id', '=', shown.passkeyId)
        .execute();
    } else {
      await transaction
        .updateTable('staff_oidc_identity')
        .set({ last_used_at: now })
        .where('issuer', '=', shown.issuer)
        .where('subject', '=', shown.subject)
        .execute();
    }
    if (instead !== null) await endSessionIn(transaction, instead, 'signed-out', now);
    await beginSession(transaction, session, { id: sessionId, now });
    await audit(transaction, {
      id: entry,
      stream: 'platform',
      at: now,
      staffId: session.staffId,
      act: instead === null ? 'session.begin' : 'session.renew',
      subject: sessionId,
      reason: '',
      result: 'done',
      details: { method: session.method },
    });
    return 'signed in';
  });
}

/** Write down that somebody's proof did not hold: a copied passkey, or too weak or too old a sign-in at the provider. */
export async function signInRefused(
  database: Database,
  { staffId, why }: { staffId: string; why: string },
  doing: Doing,
): Promise<void> {
  const entry = doing.newId();
  await database.write((transaction) =>
    audit(transaction, {
      id: entry,
      stream: 'platform',
      at: doing.now,
      staffId,
      act: 'session.begin',
      subject: staffId,
      reason: '',
      result: 'refused',
      details: { why },
    }),
  );
}

export type WayInLine =
  | { kind: 'passkey'; id: string; label: string; backedUp: boolean; madeAt: Date; lastUsedAt: Date | null }
  | { kind: 'oidc'; id: string; issuer: string; madeAt: Date; lastUsedAt: Date | null };

/** All ways in that somebody has, oldest first. */
export async function waysInOf(database: Database, staffId: string): Promise<readonly WayInLine[]> {
  return database.read(async (kysely) => {
    const passkeys = await kysely
      .selectFrom('staff_passkey')
      .select(['id', 'label', 'backed_up', 'made_at', 'last_used_at'])
      .where('staff_id', '=', staffId)
      .execute();
    const identities = await kysely
      .selectFrom('staff_oidc_identity')
      .select(['id', 'issuer', 'made_at', 'last_used_at'])
      .where('staff_id', '=', staffId)
      .execute();
    return [
      ...passkeys.map(({ id, label, backed_up, made_at, last_used_at }) => ({
        kind: 'passkey' as const,
        id,
        label,
        backedUp: backed_up,
        madeAt: made_at,
        lastUsedAt: last_used_at,
      })),
      ...identities.map(({ id, issuer, made_at, last_used_at }) => ({
        kind: 'oidc' as const,
        id,
        issuer,
        madeAt: made_at,
        lastUsedAt: last_used_at,
      })),
    ].sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
  });
}

/** Give somebody another way in. `taken`: it is somebody's already. */
export async function addWayIn(
  database: Database,
  { staffId, way, answered }: { staffId: string; way: WayIn; answered: Answered },
  doing: Doing,
): Promise<'added' | 'taken' | 'used'> {
  const [id, entry] = [doing.newId(), doing.newId()];
  return database.write(async (transaction) => {
    if (!(await useOnce(transaction, answered, doing.now))) return 'used';
    if (!(await insertWayIn(transaction, { id, staffId, way, now: doing.now }))) return 'taken';
    await audit(transaction, {
      id: entry,
      stream: 'platform',
      at: doing.now,
      staffId,
      act: 'way-in.add',
      subject: way.kind === 'passkey' ? way.passkey.id : id,
      reason: '',
      result: 'done',
      details: { kind: way.kind },
    });
    return 'added';
  });
}

/** Take a way in from oneself. `last`: without it nobody could come in as them; `unknown`: it is not theirs. */
export async function removeWayIn(
  database: Database,
  { staffId, kind, id }: { staffId: string; kind: WayIn['kind']; id: string },
  doing: Doing,
): Promise<'removed' | 'last' | 'unknown'> {
  const entry = doing.newId();
  return database.write(async (transaction) => {
    // Two removals at once must not take the last two.
    await transaction.selectFrom('staff').select('id').where('id', '=', staffId).forUpdate().execute();
    const passkeys = await transaction
      .selectFrom('staff_passkey')
      .select('id')
      .where('staff_id', '=', staffId)
      .execute();
    const identities = await transaction
      .selectFrom('staff_oidc_identity')
      .select('id')
      .where('staff_id', '=', staffId)
      .execute();
    if (!(kind === 'passkey' ? passkeys : identities).some((way) => way.id === id)) return 'unknown';
    if (passkeys.length + identities.length === 1) return 'last';
    await transaction
      .deleteFrom(kind === 'passkey' ? 'staff_passkey' : 'staff_oidc_identity')
      .where('id', '=', id)
      .execute();
    await audit(transaction, {
      id: entry,
      stream: 'platform',
      at: doing.now,
      staffId,
      act: 'way-in.remove',
      subject: id,
      reason: '',
      result: 'done',
      details: { kind },
    });
    return 'removed';
  });
}

/** False when it is somebody's already. */
export async function insertWayIn(
  transaction: Transaction<Tables>,
  { id, staffId, way, now }: { id: string; staffId: string; way: WayIn; now: Date },
): Promise<boolean> {
  if (way.kind === 'oidc') {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('staff_oidc_identity')
      .values({ id, staff_id: staffId, issuer: way.issuer, subject: way.subject, made_at: now, last_used_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { passkey } = way;
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('staff_passkey')
    .values({
      id: passkey.id,
      staff_id: staffId,
      public_key: Buffer.from(passkey.publicKey),
      sign_count: String(passkey.signCount),
      transports: JSON.stringify(passkey.transports),
      label: storableText(passkey.label, 'label'),
      backed_up: passkey.backedUp,
      made_at: now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** False when this answer was used before. Those long expired are forgotten on the way. */
export async function useOnce(
  transaction: Transaction<Tables>,
  { hash, expiresAt }: Answered,
  now: Date,
): Promise<boolean> {
  await transaction.deleteFrom('staff_used_challenge').where('expires_at', '<', now).execute();
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('staff_used_challenge')
    .values({ id: hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
