import { exampleTownId } from './contributions.ts';
import { knowledge } from './knowledge.ts';

/** The municipalities somebody can live in, by name, as Dutch letters write them; the example town last. */
export async function towns(): Promise<readonly { id: string; name: string }[]> {
  const { exampleTown } = await knowledge();
  return exampleTown ? [{ id: exampleTownId, name: exampleTown.place.name }] : [];
}
