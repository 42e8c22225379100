import type { RequestEvent } from '@sveltejs/kit';
import { cookieName } from './answers-cookie.ts';

/**
 * Take everything of ours off the device: answers, kept pages, service worker. Browsers obey Clear-Site-Data only on
 * https and on localhost; the cookie is also ended by itself, so that the answers go everywhere.
 */
export function wipe({ cookies, url, setHeaders, locals }: RequestEvent): void {
  locals.offline = false;
  cookies.delete(cookieName, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' });
  setHeaders({ 'clear-site-data': '"cache", "cookies", "storage"', 'cache-control': 'no-store' });
}
