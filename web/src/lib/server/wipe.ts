import type { RequestEvent } from '@sveltejs/kit';
import { cookieName } from './answers-cookie.ts';
import { dropCheckIn } from './check-in-cookies.ts';
import { cookieRules } from './cookie-rules.ts';
import { dropKey } from './keys/key-cookie.ts';
import { purposes } from './keys/purpose-key.ts';
import { dropVoices } from './voices-device.ts';
import { dropAllReports } from './told-cookies.ts';

/**
 * Take everything of ours off the device: answers, reports, months, keys, kept pages, service worker. Browsers obey Clear-Site-Data only on
 * https and on localhost; the cookies are also ended by themselves, so that the answers go everywhere.
 */
export function wipe(event: RequestEvent): void {
  const { cookies, url, setHeaders, locals } = event;
  locals.offline = false;
  cookies.delete(cookieName, cookieRules(url));
  dropAllReports(event);
  dropCheckIn(event);
  dropVoices(event);
  for (const purpose of purposes) dropKey(event, purpose);
  setHeaders({ 'clear-site-data': '"cache", "cookies", "storage"', 'cache-control': 'no-store' });
}
