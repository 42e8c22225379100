import type { AgeBand, Gender } from '@meedoen/experience';
import type { Chance } from '@meedoen/numbers';
import { monthsBetween, monthsLater, type Month } from '@meedoen/units';
import {
  workBands,
  type Chances,
  type ExampleDoor,
  type ExampleParameters,
  type ExampleTownPeople,
} from './parameters.ts';

/** One synthetic person: who they are and how it went. */
export type ExampleLife = {
  town: ExampleTownPeople;
  door: ExampleDoor;
  arrived: Month;
  gender: Gender;
  age: AgeBand;
  language: string;
  /** First month in paid work; null when it did not come within the example. */
  firstWork: Month | null;
  /** The month in which somebody left the country. */
  left: Month | null;
};

/** Draw a life: first who, then month by month whether work or leaving comes first. */
export function liveOneLife(parameters: ExampleParameters, town: ExampleTownPeople, chance: Chance): ExampleLife {
  const door = pick(parameters.doors, (one) => one.share, chance);
  const life: ExampleLife = {
    town,
    door,
    arrived: monthsLater(parameters.firstMonth, chance.whole(parameters.months)),
    gender: chance.share() < door.woman ? 'woman' : 'man',
    age: ageIn(door, chance),
    language: pickKey(parameters.languages[door.id]!, chance),
    firstWork: null,
    left: null,
  };
  const end = monthsLater(parameters.firstMonth, parameters.months);
  for (let month = monthsLater(life.arrived, 1); month < end; month = monthsLater(month, 1)) {
    const works = life.firstWork === null ? chanceToStartWork(parameters, life, month) : 0;
    const drawn = chance.share();
    if (drawn < works) life.firstWork = month;
    else if (drawn < works + door.leaves) {
      life.left = month;
      break;
    }
  }
  return life;
}

/** The planted chance that somebody who has no work yet starts in this month (0–1). */
export function chanceToStartWork(
  { factors }: ExampleParameters,
  { door, town, arrived, gender, age }: Pick<ExampleLife, 'door' | 'town' | 'arrived' | 'gender' | 'age'>,
  month: Month,
): number {
  const since = monthsBetween(arrived, month);
  let band = 0;
  while (band + 1 < workBands.length && since >= workBands[band + 1]!) band++;
  let chance = door.work[band]!;
  if (gender === 'woman') chance *= factors.woman;
  if (age === '45-54' || age === '55-66') chance *= factors.overFortyFour;
  if (hasEveningLessons(town, month)) chance *= factors.eveningLessons;
  return chance;
}

/** Could people in this town follow lessons beside their work in this month? */
export function hasEveningLessons({ eveningLessonsFrom }: ExampleTownPeople, month: Month): boolean {
  return eveningLessonsFrom !== null && month >= eveningLessonsFrom;
}

export function pickKey(chances: Chances, chance: Chance): string {
  return pick(Object.entries(chances), ([, share]) => share, chance)[0];
}

function pick<T>(from: readonly T[], share: (one: T) => number, chance: Chance): T {
  let left = chance.share();
  for (const one of from) {
    left -= share(one);
    if (left < 0) return one;
  }
  return from.at(-1)!;
}

function ageIn(door: ExampleDoor, chance: Chance): ExampleLife['age'] {
  const drawn = chance.share();
  const half = chance.share() < 0.5;
  if (drawn < door.under25) return '18-24';
  if (drawn < 1 - door.over44) return half ? '25-34' : '35-44';
  return half ? '45-54' : '55-66';
}
