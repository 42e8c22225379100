import type { FactTable, FactType, FactValue, Situation } from '@meedoen/rights';

/** The answers given so far, in the order of the questions. */
export function givenFacts(
  table: FactTable,
  { facts }: Situation,
): { fact: string; type: FactType; value: FactValue | null }[] {
  return table.facts
    .filter(({ id }) => id in facts)
    .map(({ id, type }) => ({ fact: id, type, value: facts[id] ?? null }));
}
