import { error } from '@sveltejs/kit';
import { decisionView } from '#lib/server/decisions.ts';
import { programmeViews } from '#lib/server/programmes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const decision = await decisionView(params.place, params.decision, locals.language);
  if (decision === 'absent') error(404);
  if (decision === 'down') error(503);
  const programmes = await programmeViews({ decision: decision.id }, locals.language);
  return { decision, programmes: programmes ?? [] };
};
