import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FactTable, Situation } from '@meedoen/rights';
import { parseSituation } from '@meedoen/rights';
import type { Day } from '@meedoen/units';

/**
 * The answers of a person live in one place: a signed cookie on their own device. It works with and without
 * JavaScript, script cannot read it (HttpOnly), other websites cannot send it (SameSite=Lax), and the server keeps
 * nothing. The signature does not make it secret: it makes sure that what comes back is what we wrote.
 */
export const cookieName = 'meedoen-answers';

/** Browsers drop a cookie above 4096 bytes, silently. All questions answered take about 1500. */
const largestCookie = 3800;

/** How long the answers stay: until the browser closes, or 30 days. */
export type KeptFor = 'session' | 'month';
export const monthInSeconds = 30 * 24 * 60 * 60;

/** What the device brought. `problem` says why something was dropped, so that a page can say it in plain words. */
export type KeptAnswers = {
  readonly situation: Situation;
  readonly keptFor: KeptFor;
  readonly problem: 'forged' | 'too-large' | 'outdated' | null;
};

export const noAnswers: KeptAnswers = { situation: { facts: {} }, keptFor: 'session', problem: null };

/** The order of the facts is the order in which they were given: it is what "previous question" goes back through. */
export function writeAnswers(situation: Situation, keptFor: KeptFor, secret: string): string {
  const body = Buffer.from(JSON.stringify({ k: keptFor === 'month' ? 1 : 0, f: situation.facts })).toString(
    'base64url',
  );
  const cookie = `${body}.${signatureOf(body, secret)}`;
  if (cookie.length > largestCookie)
    throw new RangeError(`The answers take ${cookie.length} bytes, more than a cookie holds.`);
  return cookie;
}

export function readAnswers(cookie: string | undefined, secret: string, table: FactTable, today: Day): KeptAnswers {
  if (!cookie) return noAnswers;
  if (cookie.length > largestCookie) return { ...noAnswers, problem: 'too-large' };

  const [body = '', signature = '', ...more] = cookie.split('.');
  if (more.length > 0 || !sameText(signature, signatureOf(body, secret))) return { ...noAnswers, problem: 'forged' };

  // Signed by us, so it has this shape; the questions may have changed since (a new version, or another day).
  const { k, f } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { k: 0 | 1; f: Situation['facts'] };
  const keptFor: KeptFor = k === 1 ? 'month' : 'session';
  if (parseSituation(table, { facts: f }, today).ok) return { situation: { facts: f }, keptFor, problem: null };

  const stillFitting: Record<string, Situation['facts'][string]> = {};
  for (const [fact, value] of Object.entries(f)) {
    if (parseSituation(table, { facts: { ...stillFitting, [fact]: value } }, today).ok) stillFitting[fact] = value;
  }
  return { situation: { facts: stillFitting }, keptFor, problem: 'outdated' };
}

function signatureOf(body: string, secret: string): string {
  return createHmac('sha256', secret).update(`answers:${body}`).digest('base64url');
}

function sameText(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}
