import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedIn } from '@meedoen/store';
import { secret } from '../secret.ts';

/** Goes with a link that may be followed from the page of this session only. */
export function ticketFor({ session }: Pick<SignedIn, 'session'>): string {
  return createHmac('sha256', secret).update(`staff ticket:${session.id}`).digest('base64url');
}

export function isTicket(staff: Pick<SignedIn, 'session'>, shown: string | null): boolean {
  const [a, b] = [Buffer.from(ticketFor(staff)), Buffer.from(shown ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
