/** What a person or a statement is called: a key or a whole number. One conversation uses one kind for each. */
export type Name = string | number;

/** Numbers by size, texts by their code units: the order of every list of names that this room gives back. */
export function compareNames(one: Name, other: Name): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
