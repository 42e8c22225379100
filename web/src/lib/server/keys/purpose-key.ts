import { createHmac, hkdfSync } from 'node:crypto';
import type { RecoveryCode } from './recovery-code.ts';

/**
 * What a person gives to the platform belongs to a random key of theirs, another one for each purpose (nl: doel). What the
 * server keeps under the keys of two purposes cannot be joined: neither key tells anything about the other.
 */
export const purposes = ['evidence', 'voices', 'places'] as const;
export type Purpose = (typeof purposes)[number];

/** 256 bits, as 43 letters of base64url. On the device only; the server sees it pass and keeps what it makes of it. */
export type PurposeKey<P extends Purpose = Purpose> = string & { readonly __purpose: P };

/** The key of one purpose, out of the recovery code: HKDF with SHA-256 (RFC 5869), one label each. */
export function purposeKey<P extends Purpose>(code: RecoveryCode, purpose: P): PurposeKey<P> {
  const bytes = hkdfSync('sha256', code, 'meedoen recovery code 1', `purpose ${purpose}`, 32);
  return Buffer.from(bytes).toString('base64url') as PurposeKey<P>;
}

/**
 * In the purpose `voices` each conversation is a label: who takes part in two is two people there, and nobody can tell.
 *
 * Under which name the server keeps what came with a key: `study` when the person agreed to be followed over time,
 * otherwise a month. Under `month:2026-11` and `month:2026-12` one person is two contributors, and nobody can tell.
 */
export type ContributorLabel = 'study' | `month:${string}` | `conversation:${string}`;

/**
 * The id of a contributor on the server: the first 128 bits of HMAC-SHA256(secret of the purpose, key ‖ label), shaped as a
 * UUID of our own kind (version 8, RFC 9562). Who has the database and not the secret cannot look somebody up by their key.
 */
export function contributorId(key: PurposeKey, label: ContributorLabel, secretOfPurpose: string): string {
  // A key has a fixed length, so key and label cannot run into each other.
  const bytes = createHmac('sha256', secretOfPurpose).update(`${key}${label}`).digest().subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
