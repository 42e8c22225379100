import type { SignedIn } from '@meedoen/store';
import { knownTown } from '../boards.ts';
import { inDatabase } from './in-database.ts';
import { may } from './may.ts';

/** The towns for which somebody may decide: those of their grants, and with a grant for everywhere all that have a board. */
export async function boardTownsHere(staff: SignedIn): Promise<readonly { id: string; name: string }[]> {
  const withBoard = await inDatabase((store, database) => store.boardTowns(database));
  const granted = staff.grants.flatMap(({ role, scope }) =>
    role === 'municipality-analyst' && scope.kind === 'municipality' ? [scope.id] : [],
  );
  const everywhere = may(staff, 'municipality-analyst', { kind: 'platform' });
  const boards = everywhere ? withBoard.map(({ town }) => town).filter((town) => town !== 'all') : [];
  const ids = [...new Set([...granted, ...boards])];
  const named = await Promise.all(ids.map(async (id) => ({ id, name: (await knownTown(id)) ?? id })));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}
