import { createHash } from 'node:crypto';
import { readSigned, sign } from './signed.ts';

/**
 * What somebody gets who has to wait because many contributions come from one address (nl: wachtnummer). It belongs to one
 * contribution, so copying it gives nothing. It opens by waiting, or at once by a proof of work that costs a phone a
 * second or two and a thousand made-up people a good deal more.
 */
export type WaitingTicket = {
  /** Id of the contribution it belongs to. */
  id: string;
  /** Milliseconds since 1970 from which it opens by itself. */
  opensAt: number;
};

/** So many leading zero bits of SHA-256 are asked: 32,768 tries on average. */
export const workInBits = 15;

/** A ticket is good for a day. */
const lifeInMilliseconds = 24 * 60 * 60 * 1000;

export function giveTicket(id: string, opensAt: number, secret: string): string {
  return sign('waiting ticket', { id, opensAt } satisfies WaitingTicket, secret);
}

/** `open`: go on. Otherwise the seconds still to wait, or null when this ticket is not one of ours for this contribution. */
export function readTicket(
  ticket: string,
  { id, work, now, secret }: { id: string; work: string; now: number; secret: string },
): 'open' | { waitInSeconds: number } | null {
  const signed = ticket.length <= 500 ? readSigned('waiting ticket', ticket, secret) : null;
  const kept = signed?.value as WaitingTicket | undefined;
  if (kept?.id !== id || now > kept.opensAt + lifeInMilliseconds) return null;
  if (now >= kept.opensAt || isWorkDone(ticket, work)) return 'open';
  return { waitInSeconds: Math.ceil((kept.opensAt - now) / 1000) };
}

/** Is SHA-256 of `ticket:work` below 2^(256 − workInBits)? */
export function isWorkDone(ticket: string, work: string): boolean {
  if (!/^[0-9a-z]{1,20}$/.test(work)) return false;
  const hash = createHash('sha256').update(`${ticket}:${work}`).digest();
  return hash.readUInt32BE(0) >>> (32 - workInBits) === 0;
}
