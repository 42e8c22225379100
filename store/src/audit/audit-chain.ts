import { createHash } from 'node:crypto';

/** One line of the audit log, as it is stored. */
export type AuditEntry = {
  stream: string;
  id: string;
  /** 1, 2, 3 … within its stream. */
  number: number;
  at: Date;
  staffId: string | null;
  act: string;
  subject: string;
  reason: string;
  result: 'done' | 'refused';
  /** JSON with sorted names. */
  details: string;
  /** Hash of the entry before it in the stream, 64 zeros for the first. */
  previousHash: string;
  /** SHA-256 of everything above. */
  hash: string;
};

/** What stands before the first link. */
export const noHash = '0'.repeat(64);

/** SHA-256, in hexadecimal, of all that an entry says and of the hash before it. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  return sha256([
    entry.stream,
    entry.id,
    entry.number,
    entry.at.toISOString(),
    entry.staffId,
    entry.act,
    entry.subject,
    entry.reason,
    entry.result,
    entry.details,
    entry.previousHash,
  ]);
}

/** Where a chain does not hold. */
export type ChainBreak = { stream: string; number: number; what: 'changed' | 'missing' | 'does not follow' };

/** Go along a chain in the order of its numbers, after the head that came before; null when every link holds. */
export function firstBreak(entries: readonly AuditEntry[], before: ChainHead): ChainBreak | null {
  let { number, hash } = before;
  for (const entry of entries) {
    number += 1;
    const { stream } = entry;
    if (entry.number !== number) return { stream, number, what: 'missing' };
    if (entry.hash !== hashOfEntry(entry)) return { stream, number, what: 'changed' };
    if (entry.previousHash !== hash) return { stream, number, what: 'does not follow' };
    ({ hash } = entry);
  }
  return null;
}

/** How far a chain goes, and the hash of its last entry. */
export type ChainHead = { number: number; hash: string };

/** The digest that is published for a day: the heads of all streams, and the digest of the anchor before. */
export function digestOfAnchor(day: string, heads: string, previousDigest: string): string {
  return sha256([day, heads, previousDigest]);
}

/** JSON keeps the parts apart, whatever stands in them. */
function sha256(parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
