import { wipe } from '#lib/server/wipe.ts';
import type { PageServerLoad } from './$types';

/** Reached after wiping. It wipes once more, because a page still open in another tab may have put something back. */
export const load: PageServerLoad = (event) => {
  if (event.request.headers.get('sec-fetch-site') !== 'cross-site') wipe(event);
};
