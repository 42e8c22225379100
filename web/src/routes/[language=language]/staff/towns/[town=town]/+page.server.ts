import { error } from '@sveltejs/kit';
import { boardOwner, knownTown } from '#lib/server/boards.ts';
import { fromDatabase } from '#lib/server/database.ts';
import type { PageServerLoad } from './$types';

/** What was released of a town, and what was kept back and why: counts of tables, never a hidden number. */
export const load: PageServerLoad = async ({ params }) => {
  const owner = boardOwner(params.town);
  const name = await knownTown(owner.town);
  if (name === null) error(404);
  const releases = await fromDatabase((store, database) => store.boardReports(database, owner));
  return {
    id: params.town,
    name,
    example: owner.example,
    releases:
      releases &&
      releases.toReversed().map(({ releasedOn, reports, withheld }) => ({
        releasedOn,
        tables: reports.length,
        cells: reports.reduce((sum, { cells }) => sum + cells.all, 0),
        hidden: reports.reduce((sum, { cells }) => sum + cells.hidden, 0),
        withheld: [...new Set(withheld.map(({ table }) => table))].sort(),
      })),
  };
};
