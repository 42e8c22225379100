import type { RequestEvent } from '@sveltejs/kit';
import type { SignedIn } from '@meedoen/store';
import { fromDatabase } from '../database.ts';
import { doing } from './doing.ts';

/** On https a browser keeps a `__Host-` cookie to this server alone, and no other page can set it. */
function sessionCookie(url: URL): string {
  return url.protocol === 'https:' ? '__Host-meedoen-staff' : 'meedoen-staff';
}

/**
 * Who is signed in with this request; null without a session. Asks the database only when there is a cookie, so that
 * pages for newcomers cost nothing. What does not count any more is taken off the device.
 */
export async function readSession(event: RequestEvent): Promise<SignedIn | null> {
  const { cookies, url } = event;
  const token = cookies.get(sessionCookie(url));
  if (token === undefined) return null;
  if (!/^[\w-]{43}$/.test(token)) {
    dropSession(event);
    return null;
  }
  return fromDatabase(async (store, database) => {
    const hash = store.hashOfSecret(token);
    const now = doing(store);
    const found = await store.signedInBy(database, hash, now);
    if (typeof found === 'string') {
      dropSession(event);
      return null;
    }
    if (found.session.rotationIsDue) {
      const next = store.newSecret();
      const sessionId = found.session.id;
      if (await store.rotateToken(database, { sessionId, from: hash, to: next.hash }, now.now))
        keepSession(event, next.secret);
    }
    return found;
  });
}

/** Until the browser closes; the database knows how long it counts. */
export function keepSession({ cookies, url }: RequestEvent, token: string): void {
  cookies.set(sessionCookie(url), token, cookieRules(url));
}

export function dropSession({ cookies, url }: RequestEvent): void {
  cookies.delete(sessionCookie(url), cookieRules(url));
}

function cookieRules(url: URL): { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean } {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' };
}
