import { type Parsed } from '@meedoen/units';
import { type Name } from './name.ts';
import { refuse } from './refusal.ts';
import { wilson } from './significance.ts';

/** One way of telling people apart: declared side, language, age band, length of stay. */
export type Roll = {
  readonly about: Name;
  /** How many took part in each category, of those who told. */
  readonly present: ReadonlyMap<Name, number>;
  /** How many took part and did not tell. */
  readonly untold: number;
  /** How many people live in each category, of whom the same question is known. */
  readonly population: ReadonlyMap<Name, number>;
};

/** How one category took part (nl: wie ontbreekt). Counts are null where showing them would tell about few people. */
export type Attendance = {
  readonly category: Name;
  readonly present: number | null;
  readonly population: number;
  /** Share of the population, and of those who took part and told. */
  readonly shareOfPopulation: number;
  readonly shareOfPresent: number | null;
  /** Share among those present that chance explains, 95 %. */
  readonly between: readonly [number, number] | null;
  /** How many more of this category would make its share right, with the others as they are. */
  readonly short: number | null;
  readonly verdict: 'missing' | 'in proportion' | 'more than their share' | 'too few to say';
};

export type WhoIsMissing = {
  readonly about: Name;
  /** People who took part and told; null when that number would give a hidden category away. */
  readonly told: number | null;
  readonly untold: number | null;
  readonly population: number;
  readonly categories: readonly Attendance[];
};

const z95 = 1.959963984540054;
/** A count below this is not shown. */
export const smallestShown = 10;

/**
 * Which part of the population is not heard. Categories that are hidden because few took part pull one more with them
 * when the total would give them away.
 */
export function whoIsMissing(roll: Roll, smallest: number = smallestShown): Parsed<WhoIsMissing> {
  const categories = [...new Set([...roll.population.keys(), ...roll.present.keys()])];
  for (const counts of [roll.present, roll.population]) {
    for (const [category, count] of counts) {
      if (!(Number.isSafeInteger(count) && count >= 0)) {
        return refuse(
          'count-unusable',
          { about: roll.about, category, count: String(count) },
          `${roll.about}, ${category}: ${count} is not a number of people. Give a whole number from 0.`,
        );
      }
    }
  }
  if (!(Number.isSafeInteger(roll.untold) && roll.untold >= 0)) {
    return refuse(
      'count-unusable',
      { about: roll.about, category: 'untold', count: String(roll.untold) },
      `${roll.about}: ${roll.untold} people who did not tell is not a number of people. Give a whole number from 0.`,
    );
  }
  const unknown = categories.find((category) => !roll.population.has(category));
  if (unknown !== undefined) {
    return refuse(
      'category-unknown',
      { about: roll.about, category: unknown },
      `"${unknown}" took part but is not in the population of ${roll.about}: add it there, or count these people under another name.`,
    );
  }
  const population = total(roll.population);
  if (population === 0) {
    return refuse(
      'population-empty',
      { about: roll.about },
      `The population of ${roll.about} counts nobody: give how many people live in each category.`,
    );
  }
  const told = total(roll.present);
  const { hidden, safe } = hide(categories, roll.present, smallest);
  return {
    ok: true,
    value: {
      about: roll.about,
      told: safe ? told : null,
      untold: roll.untold > 0 && roll.untold < smallest ? null : roll.untold,
      population,
      categories: categories.map((category) => {
        const living = roll.population.get(category)!;
        const attendance = attend(category, roll.present.get(category) ?? 0, told, living, population);
        return hidden.has(category) ? withoutCounts(attendance) : attendance;
      }),
    },
  };
}

function attend(category: Name, present: number, told: number, living: number, population: number): Attendance {
  const shareOfPopulation = living / population;
  const between = wilson(present, told, z95);
  // p of them among those present must become P: (p + s) / (told + s) = P.
  const short = shareOfPopulation < 1 ? (shareOfPopulation * told - present) / (1 - shareOfPopulation) : 0;
  return {
    category,
    present,
    population: living,
    shareOfPopulation,
    shareOfPresent: told === 0 ? null : present / told,
    between,
    short: Math.max(0, Math.ceil(short - 1e-9)),
    verdict:
      told === 0
        ? 'too few to say'
        : between[1] < shareOfPopulation
          ? 'missing'
          : between[0] > shareOfPopulation
            ? 'more than their share'
            : 'in proportion',
  };
}

/** Whoever is hidden may still be missing: that says only that there are fewer than their share, which the reader sees. */
function withoutCounts({ category, population, shareOfPopulation, verdict }: Attendance): Attendance {
  return {
    category,
    present: null,
    population,
    shareOfPopulation,
    shareOfPresent: null,
    between: null,
    short: null,
    verdict: verdict === 'missing' ? 'missing' : 'too few to say',
  };
}

function hide(
  categories: readonly Name[],
  present: ReadonlyMap<Name, number>,
  smallest: number,
): { hidden: ReadonlySet<Name>; safe: boolean } {
  const count = (category: Name): number => present.get(category) ?? 0;
  const sumOf = (some: readonly Name[]): number => some.reduce<number>((sum, category) => sum + count(category), 0);
  // Nobody is not a small group of people: a zero may be shown, and says most of all who is missing.
  const hidden = categories.filter((category) => count(category) > 0 && count(category) < smallest);
  const givenAway = (): boolean => hidden.length > 0 && sumOf(hidden) < smallest;
  if (givenAway()) {
    const next = categories
      .filter((category) => count(category) >= smallest)
      .sort((one, other) => count(one) - count(other))[0];
    if (next !== undefined) hidden.push(next);
  }
  return { hidden: new Set(hidden), safe: !givenAway() };
}

function total(counts: ReadonlyMap<Name, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
