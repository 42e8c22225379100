// What somebody must do first.
import type { Day } from '@meedoen/units';
import type { Condition, Step } from './answer-type.ts';
import type { Citation } from './answer-type.ts';
import type { FactTable } from './fact-table.ts';
import type { Matter, Person } from './person.ts';

/**
 * The steps without which the matter would not hold on the day, in the order of the table. The matter must hold
 * once every step is done. Where one of two steps is enough, the one that comes first in the table stays.
 */
export function neededSteps(person: Person, matter: Matter, on: Day): readonly string[] {
  const open = person.held(matter, on, []);
  if (open.holds === true) return [];
  // With every step left open, the facts that are missing are the steps that matter.
  let needed = person.openSteps(person.idsOf(open.missing));
  for (const fact of needed.toReversed()) {
    const without = needed.filter((other) => other !== fact);
    if (person.held(matter, on, without).holds === true) needed = without;
  }
  return needed;
}

/** The needed steps and those that come before them, as far as not known to be done, in the order of the table. */
export function inOrder(table: FactTable, person: Person, needed: readonly string[]): readonly string[] {
  const wanted = new Set<string>();
  const want = (fact: string): void => {
    if (wanted.has(fact) || person.isDone(fact)) return;
    wanted.add(fact);
    for (const earlier of stepOf(table, fact)?.after ?? []) want(earlier);
  };
  needed.forEach(want);
  return table.facts.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
}

/** The steps as an answer shows them, each with the article that asks for it. */
export function describe(
  table: FactTable,
  facts: readonly string[],
  conditions: readonly Condition[],
  otherwise: readonly Citation[],
): readonly Step[] {
  return facts.flatMap((fact) => {
    const step = stepOf(table, fact);
    if (!step) return [];
    const asks = conditions.find((condition) => condition.step === fact);
    const { who, takes, takesKind, confidence } = step;
    return [{ fact, who, takes, takesKind, facts: step.facts, confidence, because: asks?.because ?? otherwise }];
  });
}

function stepOf(table: FactTable, fact: string): FactTable['facts'][number]['step'] | undefined {
  return table.facts.find(({ id }) => id === fact)?.step;
}
