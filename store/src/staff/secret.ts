import { createHash, randomBytes } from 'node:crypto';

/** A secret for its holder, and the hash of it that we keep. 256 bits of chance need no salt and no slow hash. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashOfSecret(secret) };
}

/** SHA-256 in hexadecimal. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
