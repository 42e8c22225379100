import type { RequestEvent } from '@sveltejs/kit';
import type { AboutMe, Draft, Holder, MonthTold } from '#lib/check-in/draft.ts';
import { cookieRules } from './cookie-rules.ts';
import { keepKey, longestInSeconds, readKey } from './keys/key-cookie.ts';
import type { RecoveryCode } from './keys/recovery-code.ts';
import { secret } from './secret.ts';
import { largestCookie, readSigned, sign } from './signed.ts';

/**
 * A check-in lives where the other answers live: in signed cookies on the device. Nothing of it is on the server until the
 * person sends a month; what is sent then is a copy.
 *   me        what they said once about themselves, and who holds the device
 *   draft     the month they are answering, until it is sent or the browser closes
 *   sent      what was sent just now, with the recovery code when it is new; half an hour (10 minutes
 *             where others use the device)
 *   months 1… the months they answered, newest first; only where the device is theirs alone
 */
const names = { me: 'meedoen-me', draft: 'meedoen-check-in', sent: 'meedoen-sent' } as const;
const mostMonthCookies = 3;
const monthNames = Array.from({ length: mostMonthCookies }, (_, n) => `meedoen-months-${n + 1}`);
const halfAnHour = 30 * 60;
const tenMinutes = 10 * 60;

/** What was sent in this browser a moment ago. */
export type JustSent = {
  what: 'month' | 'report';
  id: string;
  month: string;
  kept: MonthTold['kept'];
  state: 'kept' | 'already' | 'withdrawn';
  town: string | null;
  holder: Holder;
  /** Shown until the person says that they wrote it down; null when they had a key already. */
  code: RecoveryCode | null;
};

type Device = Pick<RequestEvent, 'cookies' | 'url'>;

export type KeptCheckIn = {
  me: AboutMe | null;
  draft: Draft | null;
  sent: JustSent | null;
  months: readonly MonthTold[];
  /** Something stood there that we did not write; it counts as not there. */
  forged: boolean;
};

/** All of a check-in that is on this device. */
export function readCheckIn({ cookies }: Pick<RequestEvent, 'cookies'>): KeptCheckIn {
  let forged = false;
  const read = (name: string, kind: string): unknown => {
    const cookie = cookies.get(name);
    if (!cookie) return null;
    const signed = cookie.length > largestCookie ? null : readSigned(kind, cookie, secret);
    if (!signed) forged = true;
    return signed?.value ?? null;
  };
  return {
    me: read(names.me, 'me') as AboutMe | null,
    draft: read(names.draft, 'draft') as Draft | null,
    sent: read(names.sent, 'sent') as JustSent | null,
    months: monthNames.flatMap((name) => (read(name, 'months') as readonly MonthTold[] | null) ?? []),
    get forged() {
      return forged;
    },
  };
}

export function keepMe(device: Device, me: AboutMe): void {
  set(device, names.me, 'me', me, me.holder === 'mine' ? longestInSeconds : null);
}

/** Until the browser closes, on every device: an answer that nobody has sent or kept is nobody else's to find. */
export function keepDraft(device: Device, draft: Draft): { ok: true } | { ok: false; problem: 'too-large' } {
  try {
    set(device, names.draft, 'draft', draft, null);
    return { ok: true };
  } catch (problem) {
    if (problem instanceof RangeError) return { ok: false, problem: 'too-large' };
    throw problem;
  }
}

export function keepSent(device: Device, sent: JustSent): void {
  set(device, names.sent, 'sent', sent, sent.holder === 'mine' ? halfAnHour : tenMinutes);
}

export function dropDraft(device: Device): void {
  drop(device, names.draft);
}

export function dropSent(device: Device): void {
  drop(device, names.sent);
}

/** Put the months on the device. What no longer fits goes: the oldest own words first, then the oldest months. */
export function keepMonths(device: Device, months: readonly MonthTold[], holder: Holder): void {
  const cookies = holder === 'mine' ? fitting(months) : [];
  for (const [at, name] of monthNames.entries()) {
    const cookie = cookies[at];
    if (cookie === undefined) drop(device, name);
    else device.cookies.set(name, cookie, { ...cookieRules(device.url), maxAge: longestInSeconds });
  }
}

/** The months as at most three cookies, as many as fit. */
export function fitting(months: readonly MonthTold[], most = mostMonthCookies): readonly string[] {
  const cookies: string[] = [];
  let rest = months;
  while (rest.length > 0 && cookies.length < most) {
    let count = rest.length;
    let cookie = signedMonths(rest);
    while (cookie === null && count > 1) {
      count -= 1;
      cookie = signedMonths(rest.slice(0, count));
    }
    if (cookie === null) break;
    cookies.push(cookie);
    rest = rest.slice(count);
  }
  if (rest.length === 0) return cookies;
  const wordy = months.findLastIndex(({ words }) => words.length > 0);
  return fitting(
    wordy < 0 ? months.slice(0, -1) : months.map((month, at) => (at === wordy ? { ...month, words: [] } : month)),
    most,
  );
}

function signedMonths(months: readonly MonthTold[]): string | null {
  try {
    return sign('months', months, secret);
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

/** The person says that others use this device too: from now on nothing outlives the browser. */
export function shareDevice(device: Device): void {
  const { me } = readCheckIn(device);
  if (me) keepMe(device, { ...me, holder: 'shared' });
  keepMonths(device, [], 'shared');
  const kept = readKey(device, 'evidence');
  if (kept !== null && kept !== 'forged') keepKey(device, 'evidence', { ...kept, shared: true });
}

/** Everything of a check-in goes from this device. What was sent stays sent. */
export function dropCheckIn(device: Device): void {
  for (const name of [...Object.values(names), ...monthNames]) drop(device, name);
}

function set(device: Device, name: string, kind: string, value: unknown, seconds: number | null): void {
  device.cookies.set(name, sign(kind, value, secret), {
    ...cookieRules(device.url),
    ...(seconds === null ? {} : { maxAge: seconds }),
  });
}

function drop({ cookies, url }: Device, name: string): void {
  if (cookies.get(name) !== undefined) cookies.delete(name, cookieRules(url));
}
