import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** What the guard shows instead of a page that somebody may not see. */
export const load: PageServerLoad = () => {
  error(403, 'This needs another role.');
};
