import type { Board } from '@meedoen/board';
import { fromDatabase } from './database.ts';
import { knowledge } from './knowledge.ts';

export type TownName = { id: string; name: string | null; example: boolean; releasedOn: string };

/** In an address the whole country is `all`, and that of the synthetic people `example-all`. */
export function boardOwner(id: string): { town: string; example: boolean } {
  return id === 'example-all' ? { town: 'all', example: true } : { town: id, example: id.startsWith('example-') };
}

function boardId({ town, example }: { town: string; example: boolean }): string {
  return town === 'all' && example ? 'example-all' : town;
}

/** The board of a town as released last; `absent` when there never was one, `down` when nobody can say. */
export async function releasedBoard(id: string): Promise<Board | 'absent' | 'down'> {
  const answer = await fromDatabase(async (store, database) => ({
    board: await store.boardOf(database, boardOwner(id)),
  }));
  return answer === null ? 'down' : (answer.board ?? 'absent');
}

/** Towns with a board, real ones first; null when the database does not answer. */
export async function townsWithBoard(): Promise<readonly TownName[] | null> {
  const found = await fromDatabase((store, database) => store.boardTowns(database));
  if (found === null) return null;
  const named = await Promise.all(
    found.map(async ({ town, example, releasedOn }) => ({
      id: boardId({ town, example }),
      name: await townName(town),
      example,
      releasedOn,
    })),
  );
  return named.toSorted(
    (a, b) => Number(a.example) - Number(b.example) || Number(a.name !== null) - Number(b.name !== null),
  );
}

/** What a town is called; null for all towns together, and a code where we know no name. */
async function townName(town: string): Promise<string | null> {
  return town === 'all' ? null : ((await knownTown(town)) ?? town);
}

/** The name of a town that exists, in the country or in the example; null when there is none. */
export async function knownTown(town: string): Promise<string | null> {
  const { municipalities, examplePeople } = await knowledge();
  const known = municipalities?.list.find(({ code }) => code === town)?.name;
  return known ?? examplePeople?.towns.find(({ id }) => id === town)?.name ?? null;
}
