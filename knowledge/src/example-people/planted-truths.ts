import { monthsLater, type Month } from '@meedoen/units';
import { chanceToStartWork, type ExampleLife } from './life.ts';
import type { ExampleDoor, ExampleParameters, ExampleTownPeople } from './parameters.ts';

/**
 * The share of people behind a door in a town who started to work, or left first, by months since arrival: what was
 * planted, computed from the chances and not from a draw. The cumulative incidence of two competing events in whole
 * months (Kalbfleisch & Prentice 2002, 8.2), averaged over gender, age and the months of arrival that are asked for.
 *
 * @param arrivals months of arrival; each counts the same
 * @returns shares 0–1; index 0 is the month of arrival
 */
export function plantedStartOfWork(
  parameters: ExampleParameters,
  town: ExampleTownPeople,
  door: ExampleDoor,
  arrivals: readonly Month[],
  months: number,
): { work: readonly number[]; left: readonly number[] } {
  const work = Array.from({ length: months + 1 }, () => 0);
  const left = Array.from({ length: months + 1 }, () => 0);
  for (const arrived of arrivals) {
    for (const { weight, gender, age } of composition(door)) {
      let still = weight / arrivals.length;
      let works = 0;
      let leaves = 0;
      for (let since = 1; since <= months; since++) {
        const starts = chanceToStartWork(parameters, { door, town, arrived, gender, age }, monthsLater(arrived, since));
        works += still * starts;
        leaves += still * door.leaves;
        still *= 1 - starts - door.leaves;
        work[since]! += works;
        left[since]! += leaves;
      }
    }
  }
  return { work, left };
}

/** How the people behind a door are composed: shares of gender and age, which were drawn apart from each other. */
function composition(door: ExampleDoor): { weight: number; gender: ExampleLife['gender']; age: ExampleLife['age'] }[] {
  const middle = 1 - door.under25 - door.over44;
  const ages: [ExampleLife['age'], number][] = [
    ['18-24', door.under25],
    ['25-34', middle],
    ['45-54', door.over44],
  ];
  return ages.flatMap(([age, share]) => [
    { gender: 'woman' as const, age, weight: share * door.woman },
    { gender: 'man' as const, age, weight: share * (1 - door.woman) },
  ]);
}
