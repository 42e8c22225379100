import { knownTown } from '#lib/server/boards.ts';
import { decisionLines } from '#lib/server/decisions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const asked = url.searchParams.get('town');
  const name = asked === null ? null : await knownTown(asked);
  const town = asked !== null && name !== null ? { id: asked, name } : null;
  const lines = await decisionLines(town ? { kind: 'municipality', id: town.id } : undefined);
  return { town, down: lines === null, lines: lines ?? [] };
};
