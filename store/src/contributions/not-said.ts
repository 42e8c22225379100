/**
 * What a column holds where somebody did not say it: a word and not NULL, because it is part of the key of every count,
 * and "not said" is an answer that is counted.
 */
export const notSaid = 'not-said';

export function orNotSaid(said: string | null): string {
  return said ?? notSaid;
}

export function orNull<T extends string>(kept: string): T | null {
  return kept === notSaid ? null : (kept as T);
}
