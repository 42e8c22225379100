import { programmeViews } from '#lib/server/programmes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const programmes = await programmeViews({}, locals.language);
  return { down: programmes === null, programmes: programmes ?? [] };
};
