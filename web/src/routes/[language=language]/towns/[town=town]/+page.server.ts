import { error } from '@sveltejs/kit';
import { boardView } from '#lib/server/board-view.ts';
import { boardOwner, knownTown, releasedBoard } from '#lib/server/boards.ts';
import { decisionLines } from '#lib/server/decisions.ts';
import { programmeViews } from '#lib/server/programmes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { town, example } = boardOwner(params.town);
  const name = await knownTown(town);
  if (name === null && town !== 'all') error(404);
  const done =
    town === 'all'
      ? { decided: [], programmes: [] }
      : {
          decided: (await decisionLines({ kind: 'municipality', id: town })) ?? [],
          programmes: (await programmeViews({ town }, locals.language)) ?? [],
        };
  const board = await releasedBoard(params.town);
  if (typeof board === 'string') return { id: params.town, name, example, ...done, missing: board };
  const { releasedOn, disclosure } = board;
  return {
    id: params.town,
    name,
    example,
    ...done,
    missing: null,
    releasedOn,
    disclosure,
    ...(await boardView(board, locals.language)),
  };
};
