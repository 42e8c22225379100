import type { RequestEvent } from '@sveltejs/kit';
import { isoDay, type Day } from '@meedoen/units';
import { cookieRules } from '../cookie-rules.ts';
import { secret } from '../secret.ts';
import { readSigned, sign } from '../signed.ts';
import type { Purpose, PurposeKey } from './purpose-key.ts';

/**
 * The key of one purpose on the device: a signed cookie with a name of its own, which no script can read. Code of one
 * purpose asks for the cookie of that purpose and gets no other: it has to say which.
 */
export type KeptKey<P extends Purpose> = {
  key: PurposeKey<P>;
  /** The day it was made or brought back, as 2026-11-23. A key of an earlier day did not come with today's crowd. */
  since: string;
};

/** As long as browsers keep a cookie at most: 400 days from the last use. */
export const longestInSeconds = 400 * 24 * 60 * 60;

const nameOf = (purpose: Purpose) => `meedoen-key-${purpose}`;

/** The key on this device; `forged` when something stands there that we did not write. */
export function readKey<P extends Purpose>(
  { cookies }: Pick<RequestEvent, 'cookies'>,
  purpose: P,
): KeptKey<P> | 'forged' | null {
  const cookie = cookies.get(nameOf(purpose));
  if (!cookie) return null;
  const signed = readSigned(`key ${purpose}`, cookie, secret);
  return signed ? (signed.value as KeptKey<P>) : 'forged';
}

/** Put the key on the device: for a long time, or until the browser closes where others use the device too. */
export function keepKey<P extends Purpose>(
  { cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>,
  purpose: P,
  { key, since, shared }: { key: PurposeKey<P>; since: Day | string; shared: boolean },
): void {
  const kept: KeptKey<P> = { key, since: typeof since === 'string' ? since : isoDay(since) };
  cookies.set(nameOf(purpose), sign(`key ${purpose}`, kept, secret), {
    ...cookieRules(url),
    ...(shared ? {} : { maxAge: longestInSeconds }),
  });
}

export function dropKey({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, purpose: Purpose): void {
  if (cookies.get(nameOf(purpose)) !== undefined) cookies.delete(nameOf(purpose), cookieRules(url));
}
