import type { Situation } from '@meedoen/rights';
import type { RequestEvent } from '@sveltejs/kit';
import { cookieName, monthInSeconds, writeAnswers, type KeptFor } from './answers-cookie.ts';
import { cookieRules } from './cookie-rules.ts';
import { secret } from './secret.ts';

/** Put the answers on the device; until the browser closes, or 30 days when the person chose so. */
export function keepAnswers({ cookies, url, locals }: RequestEvent, situation: Situation, keptFor: KeptFor): void {
  locals.answers = { situation, keptFor, problem: null };
  cookies.set(cookieName, writeAnswers(situation, keptFor, secret), {
    ...cookieRules(url),
    ...(keptFor === 'month' ? { maxAge: monthInSeconds } : {}),
  });
}
