import { error, type RequestEvent } from '@sveltejs/kit';
import { readSubject } from '#lib/decisions/barrier-named.ts';
import type { FrozenBarrier } from '#lib/decisions/frozen-barrier.ts';
import { knownTown } from '../boards.ts';
import { barrierName, barriersToDecide } from '../decisions.ts';

/** The barrier of the address, as the board of the town shows it now, with names; 404 when there is no such barrier there. */
export async function barrierAsked({ params, url, locals }: RequestEvent): Promise<{
  town: { id: string; name: string };
  barrier: FrozenBarrier;
  name: string;
  dutch: string | null;
}> {
  const asked = readSubject(url.searchParams.get('about') ?? '');
  const id = params['town'] ?? '';
  const town = await knownTown(id);
  const barriers = await barriersToDecide(id);
  if (barriers === 'down') error(503);
  if (town === null || asked === null || barriers === 'absent') error(404);
  const barrier = barriers.find(({ about, subject }) => about === asked.about && subject === asked.subject);
  if (!barrier) error(404);
  return { town: { id, name: town }, barrier, ...(await barrierName(barrier, locals.language)) };
}
