import type { RequestEvent } from '@sveltejs/kit';
import { cookieName } from './answers-cookie.ts';
import { dropAllReports } from './told-cookies.ts';

/**
 * Take everything of ours off the device: answers, reports, kept pages, service worker. Browsers obey Clear-Site-Data only on
 * https and on localhost; the cookie is also ended by itself, so that the answers go everywhere.
 */
export function wipe(event: RequestEvent): void {
  const { cookies, url, setHeaders, locals } = event;
  locals.offline = false;
  cookies.delete(cookieName, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' });
  dropAllReports(event);
  setHeaders({ 'clear-site-data': '"cache", "cookies", "storage"', 'cache-control': 'no-store' });
}
