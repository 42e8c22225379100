import { createHash } from 'node:crypto';
import type { Answered } from '@meedoen/store';
import type { RequestEvent } from '@sveltejs/kit';
import { secret } from '../secret.ts';
import { readSigned, sign } from '../signed.ts';

const minutes = 10;

/** What we asked of a device or a provider, until the answer comes. */
export type Asked = {
  passkey: { challenge: string; until: number };
  oidc: {
    provider: string;
    state: string;
    nonce: string;
    verifier: string;
    /** Why somebody went to their provider. */
    why: WhyAsked;
    language: string;
    to: string;
    until: number;
  };
};

export type WhyAsked =
  | { kind: 'sign in' }
  /** To show again who they are, or to add a way in: only for the session that began it. */
  | { kind: 'again' | 'add'; session: string }
  | { kind: 'invitation'; token: string };

/** When a question put now goes stale. */
export function untilWhen(now: Date): number {
  return now.getTime() + minutes * 60_000;
}

/** Remember on the device what we asked; signed, so that it comes back as it was. */
export function remember<Kind extends keyof Asked>(event: RequestEvent, kind: Kind, asked: Asked[Kind]): void {
  const { cookies, url } = event;
  cookies.set(cookieOf(kind, url), sign(`staff ${kind}`, asked, secret), { ...rules(url), maxAge: minutes * 60 });
}

/** What we asked, once: it is forgotten with the answer. Null: never asked, changed, or too long ago. */
export function recall<Kind extends keyof Asked>(event: RequestEvent, kind: Kind, now: Date): Asked[Kind] | null {
  const { cookies, url } = event;
  const name = cookieOf(kind, url);
  const cookie = cookies.get(name);
  if (cookie === undefined) return null;
  cookies.delete(name, rules(url));
  const read = readSigned(`staff ${kind}`, cookie, secret);
  const asked = read?.value as Asked[Kind] | undefined;
  return asked === undefined || asked.until <= now.getTime() ? null : asked;
}

/** A question as the store keeps it, so that the same answer never counts twice. */
export function answeredTo(question: string, until: number): Answered {
  return { hash: createHash('sha256').update(question).digest('hex'), expiresAt: new Date(until) };
}

function cookieOf(kind: keyof Asked, url: URL): string {
  return `${url.protocol === 'https:' ? '__Host-' : ''}meedoen-staff-${kind}`;
}

/** Lax: the way back from a provider is a link from another site, and must bring this along. */
function rules(url: URL): { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean } {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' };
}
