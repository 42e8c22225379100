import { createHash } from 'node:crypto';

/**
 * The id under which we keep what came with the id of a draft. The same draft of the same contributor gives the same id, so
 * that a retry is recognised. It is not the draft's own id, because a UUIDv7 tells the millisecond in which somebody opened a
 * form, and by such a moment a check-in and a vote of one person could be joined.
 */
export function keptId(contributor: string, draft: string): string {
  const bytes = createHash('sha256').update(`${contributor} ${draft.toLowerCase()}`).digest().subarray(0, 16);
  // A UUID of our own kind: version 8 (RFC 9562, section 5.8).
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
