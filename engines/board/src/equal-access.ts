import {
  compareTimes,
  indicators,
  readGroups,
  readSpells,
  type CohortDeclaration,
  type CohortSpells,
  type CohortTimeDifference,
} from '@meedoen/evidence';
import { roundHalfUp, strictest } from '@meedoen/publication';
import type { Problem } from '@meedoen/units';

/** So many people alike: their door, what is held equal, and their way to first paid work in whole months after arrival. */
export type ComposedHistory = {
  readonly door: string;
  /** Calendar year of arrival. */
  readonly arrived: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly entry: number;
  readonly exit: number;
  readonly cause: 'work' | 'left' | 'none';
  readonly people: number;
};

/** Months more (or, below 0, fewer) without paid work than people of the reference door, in tenths; limits rounded outwards. */
export type Gap = { readonly months: number; readonly lower: number; readonly upper: number };

export type DoorGap = {
  readonly door: string;
  readonly people: number;
  /** As they are. */
  readonly raw: Gap | null;
  /** With people made alike in age, gender and year of arrival; or why that cannot be said. */
  readonly alike: { readonly ok: true; readonly value: Gap } | { readonly ok: false; readonly problem: Problem };
};

/** Do people who came through another door wait longer for work, also when they are alike? (nl: gelijke kansen) */
export type EqualAccess = {
  readonly horizon: number;
  readonly reference: { readonly door: string; readonly people: number };
  readonly gaps: readonly DoorGap[];
};

/** Fewer people than this behind a door, and nothing is said about it. */
const fewestBehindDoor = strictest.shareBase;

function declared(name: string): CohortDeclaration {
  return {
    name,
    clock: 'arrival',
    who: 'registered-residents',
    ages: { from: 0, to: 120 },
    leavers: 'counted',
    outcome: {
      kind: 'any-work',
      definition: 'first paid work, told by people themselves; version 1',
      selfEmployed: 'counted',
    },
  };
}

/**
 * The door with most people against each other door: the difference in mean months without paid work up to `horizon`, as they are and
 * with age, gender and year of arrival held equal (overlap weights). People who did not say these are in the first only. Rounded to
 * tenths of months, and only of doors with a hundred people. `null` when fewer than two doors have so many.
 */
export function equalAccess(histories: readonly ComposedHistory[], horizon: number): EqualAccess | null {
  const sizes = new Map<string, number>();
  for (const { door, people } of histories) sizes.set(door, (sizes.get(door) ?? 0) + people);
  const doors = [...sizes]
    .filter(([door, people]) => door !== 'not-said' && people >= fewestBehindDoor)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const [first, ...others] = doors;
  if (!first || others.length === 0) return null;
  const [reference, people] = first;
  return {
    horizon,
    reference: { door: reference, people: roundHalfUp(people, strictest) },
    gaps: others.map(([door, count]) => ({
      door,
      people: roundHalfUp(count, strictest),
      ...gapBetween(histories, reference, door, horizon),
    })),
  };
}

function gapBetween(
  histories: readonly ComposedHistory[],
  reference: string,
  door: string,
  horizon: number,
): Pick<DoorGap, 'raw' | 'alike'> {
  const both = histories.filter((one) => one.door === reference || one.door === door);
  const described = compared(both, reference, door, horizon, []);
  const complete = both.filter(({ ageBand, gender, arrived }) => ![ageBand, gender, arrived].includes('not-said'));
  const held = ['ageBand', 'gender', 'arrived'] as const;
  const alike = compared(complete, reference, door, horizon, held);
  return {
    raw: described.ok ? gapOf(described.value.raw) : null,
    alike: !alike.ok
      ? alike
      : alike.value.adjusted.ok
        ? { ok: true, value: gapOf(alike.value.adjusted.value.headline)! }
        : alike.value.adjusted,
  };
}

function compared(
  histories: readonly ComposedHistory[],
  reference: string,
  door: string,
  horizon: number,
  held: readonly ('ageBand' | 'gender' | 'arrived')[],
): ReturnType<typeof compareTimes> {
  const cohort = readGroups(
    histories.map((one) => one.door),
    { column: 'door', order: [reference, door] },
  );
  if (!cohort.ok) return cohort;
  const spells = readSpells({
    time: histories.map(({ exit }) => exit),
    entry: histories.map(({ entry }) => entry),
    cause: histories.map(({ cause }) => ['none', 'work', 'left'].indexOf(cause)),
  });
  if (!spells.ok) return spells;
  const characteristics = held.flatMap((name) => {
    const groups = readGroups(
      histories.map((one) => one[name]),
      { column: name },
    );
    return groups.ok && groups.value.names.length > 1 ? indicators(groups.value, name) : [];
  });
  return compareTimes(
    {
      declared: [declared(reference), declared(door)],
      columns: {
        cohort: cohort.value,
        characteristics,
        weight: histories.map(({ people }) => people),
        weightMeaning: 'copies',
      },
    },
    { spells: spells.value as CohortSpells, horizon, causes: ['work', 'left'] },
  );
}

/** Of the time without work: `waiting` comes first. */
function gapOf([waiting]: readonly CohortTimeDifference[]): Gap | null {
  if (!waiting || waiting.ci.lower === null || waiting.ci.upper === null) return null;
  return {
    months: Math.round(10 * waiting.estimate) / 10,
    lower: Math.floor(10 * waiting.ci.lower) / 10,
    upper: Math.ceil(10 * waiting.ci.upper) / 10,
  };
}
