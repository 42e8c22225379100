import { error } from '@sveltejs/kit';
import { programmeView } from '#lib/server/programmes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const programme = await programmeView(params.place, params.decision, locals.language);
  if (programme === 'absent') error(404);
  if (programme === 'down') error(503);
  return { programme };
};
