import { knowledge } from '#lib/server/knowledge.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  // Nothing of this page may stay on the device: no cache, no service worker.
  locals.offline = false;
  setHeaders({ 'cache-control': 'no-store' });
  const { help } = await knowledge();
  return {
    lines: help
      .filter(({ safePage }) => safePage)
      .map(({ id, name, phones, hours, url, words }) => ({
        id,
        name,
        phones,
        hours,
        url,
        words: words[locals.language],
      })),
  };
};
