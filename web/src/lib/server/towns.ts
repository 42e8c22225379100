import { knowledge } from './knowledge.ts';

export type Town = { id: string; name: string };

/** Its people are synthetic; what is given under its name never counts with real people. */
const exampleTown = 'example-town';

/** Is this one of the example towns? */
export function isExampleTown(town: string | null): boolean {
  return town?.startsWith('example-') ?? false;
}

/** The municipalities somebody can live in, by name, as Dutch letters write them; the example town after them. */
export async function towns(): Promise<readonly Town[]> {
  const known = await knowledge();
  return [
    ...(known.municipalities?.list ?? []).map(({ code, name }) => ({ id: code, name })),
    ...(known.exampleTown ? [{ id: exampleTown, name: known.exampleTown.place.name }] : []),
  ];
}
