import type { FactTable, FactValue } from '@meedoen/rights';
import { addMonths, addYears, isoDay, type Day } from '@meedoen/units';

/**
 * Made-up people to compare by, for who has not answered questions: only what is true of a person behind every door.
 * Case P. of the policy paper drove in Brazil, and came as a family member.
 */
export const examples = ['today', 'driver', 'year'] as const;
export type Example = (typeof examples)[number];

export function exampleFacts(table: FactTable, example: Example, on: Day): Readonly<Record<string, FactValue>> {
  // Nothing has been done yet, so that what comes first is seen and no answer is left open for want of it.
  const steps = table.facts.flatMap(({ id, step }) => (step ? [[id, false] as const] : []));
  const adult = { ...Object.fromEntries(steps), bornOn: isoDay(addYears(on, -31)) };
  switch (example) {
    case 'today':
      return { ...adult, arrivedOn: isoDay(on), licenceCountry: 'none' };
    case 'driver':
      return {
        ...adult,
        wDocument: true,
        arrivedOn: isoDay(addMonths(on, -7)),
        licenceCountry: 'other',
        licenceValidUntil: isoDay(addYears(on, 4)),
        livedThere: true,
      };
    case 'year':
      return { ...adult, wDocument: true, arrivedOn: isoDay(addYears(on, -1)), licenceCountry: 'none' };
  }
}
