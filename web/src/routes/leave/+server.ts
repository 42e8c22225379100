import { wipe } from '#lib/server/wipe.ts';
import type { RequestHandler } from './$types';

/** Where the quick exit goes: a page that anybody may have open. */
const neutral = 'https://www.knmi.nl/nederland-nu/weer';

/** Works as a plain link: wipes the device and moves on. Another website cannot make somebody's browser do it. */
export const GET: RequestHandler = (event) => {
  if (event.request.headers.get('sec-fetch-site') !== 'cross-site') wipe(event);
  event.setHeaders({ 'referrer-policy': 'no-referrer' });
  return new Response(null, { status: 303, headers: { location: neutral } });
};
