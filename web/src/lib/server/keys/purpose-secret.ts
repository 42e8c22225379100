import { hkdfSync } from 'node:crypto';
import { secret } from '../secret.ts';
import { contributorId, type ContributorLabel, type Purpose, type PurposeKey } from './purpose-key.ts';

/**
 * The secret of one purpose, out of the secret of this server: who learns the ids of one purpose learns nothing of
 * another. When an operator changes the secret, nobody can find or withdraw anymore what they gave before.
 */
const secretOf = new Map<Purpose, string>();

function purposeSecret(purpose: Purpose): string {
  const known = secretOf.get(purpose);
  if (known) return known;
  const made = Buffer.from(hkdfSync('sha256', secret, 'meedoen contributors 1', purpose, 32)).toString('base64url');
  secretOf.set(purpose, made);
  return made;
}

/** The name under which this server keeps what comes with this key and label. */
export function contributorHere<P extends Purpose>(purpose: P, key: PurposeKey<P>, label: ContributorLabel): string {
  return contributorId(key, label, purposeSecret(purpose));
}
