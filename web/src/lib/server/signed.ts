import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Browsers drop a cookie above 4096 bytes, silently; its name and rules count too. */
export const largestCookie = 3800;

/**
 * A value as a cookie that we recognise as our own. The signature does not make it secret: it makes sure that what
 * comes back is what we wrote, and that one kind of cookie is never read as another.
 */
export function sign(kind: string, value: unknown, secret: string): string {
  const body = deflateRawSync(JSON.stringify(value)).toString('base64url');
  const cookie = `${body}.${signatureOf(kind, body, secret)}`;
  if (cookie.length > largestCookie)
    throw new RangeError(`This takes ${cookie.length} bytes, more than a cookie holds.`);
  return cookie;
}

/** What a cookie of ours says; null when somebody else wrote or changed it. */
export function readSigned(kind: string, cookie: string, secret: string): { value: unknown } | null {
  const [body = '', signature = '', ...more] = cookie.split('.');
  if (more.length > 0 || !sameText(signature, signatureOf(kind, body, secret))) return null;
  // Signed by us, so made as above.
  const text = inflateRawSync(Buffer.from(body, 'base64url'), { maxOutputLength: 64 * 1024 }).toString('utf8');
  return { value: JSON.parse(text) as unknown };
}

function signatureOf(kind: string, body: string, secret: string): string {
  return createHmac('sha256', secret).update(`${kind} deflated:${body}`).digest('base64url');
}

function sameText(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}
