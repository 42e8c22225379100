import type { FactTable, Situation } from '@meedoen/rights';
import { parseSituation } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { largestCookie, readSigned, sign } from './signed.ts';

/**
 * The answers of a person live in one place: a signed cookie on their own device. It works with and without
 * JavaScript, script cannot read it (HttpOnly), other websites cannot send it (SameSite=Lax), and the server keeps
 * nothing. All questions answered take about 1000 bytes.
 */
export const cookieName = 'meedoen-answers';

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
  return sign('answers', { k: keptFor === 'month' ? 1 : 0, f: situation.facts }, secret);
}

export function readAnswers(cookie: string | undefined, secret: string, table: FactTable, today: Day): KeptAnswers {
  if (!cookie) return noAnswers;
  if (cookie.length > largestCookie) return { ...noAnswers, problem: 'too-large' };

  const signed = readSigned('answers', cookie, secret);
  if (!signed) return { ...noAnswers, problem: 'forged' };

  // Signed by us, so it has this shape; the questions may have changed since (a new version, or another day).
  const { k, f } = signed.value as { k: 0 | 1; f: Situation['facts'] };
  const keptFor: KeptFor = k === 1 ? 'month' : 'session';
  if (parseSituation(table, { facts: f }, today).ok) return { situation: { facts: f }, keptFor, problem: null };

  const stillFitting: Record<string, Situation['facts'][string]> = {};
  for (const [fact, value] of Object.entries(f)) {
    if (parseSituation(table, { facts: { ...stillFitting, [fact]: value } }, today).ok) stillFitting[fact] = value;
  }
  return { situation: { facts: stillFitting }, keptFor, problem: 'outdated' };
}
