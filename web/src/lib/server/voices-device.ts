import type { RequestEvent } from '@sveltejs/kit';
import type { Vote } from '@meedoen/voices';
import { cookieRules } from './cookie-rules.ts';
import { longestInSeconds } from './keys/key-cookie.ts';
import type { RecoveryCode } from './keys/recovery-code.ts';
import { secret } from './secret.ts';
import { largestCookie, readSigned, sign } from './signed.ts';

type Device = Pick<RequestEvent, 'cookies' | 'url'>;

/** What somebody voted in one conversation (nl: mijn stemmen): on their device, for the server cannot read it back. */
export type OwnVotes = {
  /** Does nobody else use this device? Else all of it goes when the browser closes. */
  mine: boolean;
  /** By the last 12 characters of the statement's id, which are chance. */
  votes: Readonly<Record<string, Vote>>;
};

const ownName = (conversation: string): string => `${prefix}${conversation}`;
const prefix = 'meedoen-votes-';
const joiningName = 'meedoen-joining';

export function readOwnVotes({ cookies }: Pick<Device, 'cookies'>, conversation: string): OwnVotes {
  const cookie = cookies.get(ownName(conversation));
  const signed = cookie && cookie.length <= largestCookie ? readSigned(ownName(conversation), cookie, secret) : null;
  return (signed?.value as OwnVotes | undefined) ?? { mine: false, votes: {} };
}

/** Put the votes on the device. When they no longer fit, those given first go: they still count. */
export function keepOwnVotes({ cookies, url }: Device, conversation: string, { mine, votes }: OwnVotes): void {
  let entries = Object.entries(votes);
  for (;;) {
    try {
      const cookie = sign(ownName(conversation), { mine, votes: Object.fromEntries(entries) }, secret);
      cookies.set(ownName(conversation), cookie, {
        ...cookieRules(url),
        ...(mine ? { maxAge: longestInSeconds } : {}),
      });
      return;
    } catch (problem) {
      if (!(problem instanceof RangeError) || entries.length === 0) throw problem;
      entries = entries.slice(Math.ceil(entries.length / 10));
    }
  }
}

export function withVote({ mine, votes }: OwnVotes, statement: string, vote: Vote): OwnVotes {
  const { [statement.slice(-12)]: _, ...others } = votes;
  return { mine, votes: { ...others, [statement.slice(-12)]: vote } };
}

export function voteOn({ votes }: OwnVotes, statement: string): Vote | null {
  return votes[statement.slice(-12)] ?? null;
}

/** The recovery code of who is joining, made with the form so that a form sent twice has one key; until it was written down. */
export function readJoining({ cookies }: Pick<Device, 'cookies'>): RecoveryCode | null {
  const cookie = cookies.get(joiningName);
  const signed = cookie ? readSigned('joining', cookie, secret) : null;
  return (signed?.value as RecoveryCode | undefined) ?? null;
}

export function keepJoining({ cookies, url }: Device, code: RecoveryCode): void {
  cookies.set(joiningName, sign('joining', code, secret), cookieRules(url));
}

export function dropJoining({ cookies, url }: Device): void {
  if (cookies.get(joiningName) !== undefined) cookies.delete(joiningName, cookieRules(url));
}

export function dropOwnVotes({ cookies, url }: Device, conversation: string): void {
  if (cookies.get(ownName(conversation)) !== undefined) cookies.delete(ownName(conversation), cookieRules(url));
}

/** Everything of conversations but the key goes from this device. */
export function dropVoices(device: Device): void {
  dropJoining(device);
  for (const { name } of device.cookies.getAll())
    if (name.startsWith(prefix)) dropOwnVotes(device, name.slice(prefix.length));
}
