import type { RequestEvent } from '@sveltejs/kit';
import { crowding, usualCrowd } from './crowding.ts';
import type { KeptKey } from './keys/key-cookie.ts';
import type { Purpose } from './keys/purpose-key.ts';
import { secret } from './secret.ts';
import { giveTicket, readTicket } from './waiting-ticket.ts';

const crowd = crowding(usualCrowd);

export type Admitted =
  | { now: true; crowded: boolean }
  /** Come again with this ticket after so many seconds, or with the work done. */
  | { now: false; ticket: string; waitInSeconds: number };

/**
 * May this contribution come in now? Nobody is turned away: from a crowded address one waits, and is marked. Who has a key
 * of an earlier day did not come with today's crowd, and one key is one contributor however often it is used.
 */
export function admit(
  event: Pick<RequestEvent, 'getClientAddress'>,
  {
    id,
    ticket,
    work,
    key,
    today,
  }: { id: string; ticket: string; work: string; key: KeptKey<Purpose> | null; today: string },
): Admitted {
  if (key !== null && key.since < today) return { now: true, crowded: false };
  const now = Date.now();
  const shown = ticket === '' ? null : readTicket(ticket, { id, work, now, secret });
  if (shown === 'open') return { now: true, crowded: true };
  if (shown !== null) return { now: false, ticket, waitInSeconds: shown.waitInSeconds };

  const taken = crowd.take(addressOf(event), now);
  if (taken === 'usual') return { now: true, crowded: false };
  const { waitInSeconds } = taken;
  return { now: false, ticket: giveTicket(id, now + 1000 * waitInSeconds, secret), waitInSeconds };
}

/** A proxy that tells no address makes everybody one crowd: they wait a little, and nobody is turned away. */
function addressOf(event: Pick<RequestEvent, 'getClientAddress'>): string {
  try {
    return event.getClientAddress();
  } catch {
    return 'unknown';
  }
}
