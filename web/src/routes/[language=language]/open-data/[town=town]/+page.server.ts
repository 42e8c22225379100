import { error } from '@sveltejs/kit';
import { boardOwner, knownTown, releasedBoard } from '#lib/server/boards.ts';
import { filesOf, titleOf } from '#lib/server/open-data.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const { town, example } = boardOwner(params.town);
  const name = await knownTown(town);
  if (name === null && town !== 'all') error(404);
  const board = await releasedBoard(params.town);
  if (typeof board === 'string') return { id: params.town, name, example, missing: board };
  const files = (await filesOf(params.town, board.releasedOn)) ?? [];
  return {
    id: params.town,
    name,
    example,
    missing: null,
    releasedOn: board.releasedOn,
    title: await titleOf(board),
    files: files.map(({ name: file, kind, sha256, bytes }) => ({
      file,
      kind,
      sha256,
      kilobytes: Math.ceil(bytes.length / 1000),
    })),
  };
};
