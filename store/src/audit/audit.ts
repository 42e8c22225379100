import type { Transaction } from 'kysely';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';
import { hashOfEntry, noHash, type AuditEntry } from './audit-chain.ts';

/** Something that was done, or refused, by who works with the platform. */
export type AuditedAct = {
  /** UUIDv7, made before the transaction: when that is tried again, the log says it once. */
  id: string;
  /** Where it was done: `platform`, or a scope such as `municipality:GM0363` (`streamOf` makes it). Each has its own chain. */
  stream: string;
  at: Date;
  /** Who; null for whoever runs the server. */
  staffId: string | null;
  /** What, as `thing.verb`, such as `grant.give` or `release.publish`. */
  act: string;
  /** To what: an id, never a name of a person. */
  subject: string;
  /** Why, in words of who did it; empty where the act says it. */
  reason: string;
  result: 'done' | 'refused';
  details?: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Write an act in the audit log, in the transaction that does it: both are kept or neither. Waits for others who write
 * in the same stream, so call it last. Nothing can change what stands there: `closeToApplication` has taken the right.
 */
export async function audit(transaction: Transaction<Tables>, done: AuditedAct): Promise<void> {
  const { stream } = done;
  await oneAtATime(transaction, stream);
  const before = await transaction
    .selectFrom('audit_entry')
    .select(['number', 'hash'])
    .where('owner_id', '=', stream)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry: Omit<AuditEntry, 'hash'> = {
    stream,
    id: done.id,
    number: (before?.number ?? 0) + 1,
    at: done.at,
    staffId: done.staffId,
    act: done.act,
    subject: storableText(done.subject, 'subject'),
    reason: storableText(done.reason, 'reason'),
    result: done.result,
    details: storableText(detailsText(done.details ?? {}), 'details'),
    previousHash: before?.hash ?? noHash,
  };
  await transaction
    .insertInto('audit_entry')
    .values({
      owner_id: stream,
      id: entry.id,
      number: entry.number,
      at: entry.at,
      staff_id: entry.staffId,
      act: entry.act,
      subject: entry.subject,
      reason: entry.reason,
      result: entry.result,
      details: entry.details,
      previous_hash: entry.previousHash,
      hash: hashOfEntry(entry),
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'id']).doNothing())
    .execute();
}

/** Wait until others who act in this stream are done; they wait for this transaction. */
export async function oneAtATime(transaction: Transaction<Tables>, stream: string): Promise<void> {
  await transaction
    .insertInto('audit_stream')
    .values({ id: stream })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await transaction.selectFrom('audit_stream').select('id').where('id', '=', stream).forUpdate().execute();
}

/** The same details always give the same text, so that the hash can be made again. */
function detailsText(details: NonNullable<AuditedAct['details']>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1))));
}
