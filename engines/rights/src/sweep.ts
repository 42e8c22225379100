// Finds the days on which the law changes its mind about a person, going from one possible change to the next.
import { addYears, type Day } from '@meedoen/units';
import type { Assuming, Held, Matter, Person } from './person.ts';

/** How far answers look ahead, and how far back a yes is followed. */
export const yearsAhead = 10;
export const yearsBack = 60;

/** The first day from `on` on which the matter does not plainly fail to hold, within ten years; null if there is none. */
export function firstOpening(person: Person, matter: Matter, on: Day, assuming: Assuming): Held | null {
  const last = addYears(on, yearsAhead);
  for (let day = on; day <= last;) {
    const held = person.held(matter, day, assuming);
    const isLater = day > on;
    if (held.fault !== null && isLater) return null;
    // What is unknown later only because we have not read the law so far says nothing about today.
    const isGap = held.holds === 'unknown' && held.fault === null && person.idsOf(held.missing).length === 0;
    if (held.holds !== false && !(isGap && isLater)) return held;
    day = held.next as Day;
  }
  return null;
}

/** The last day of the unbroken yes that `held` is part of; null if nothing ends it within ten years, or if it ends in doubt. */
export function lastDay(person: Person, matter: Matter, held: Held): Day | null {
  const last = addYears(held.on, yearsAhead);
  for (let day = held.next; day <= last;) {
    const later = person.held(matter, day as Day);
    if (later.holds === false) return (day - 1) as Day;
    if (later.holds === 'unknown') return null;
    day = later.next;
  }
  return null;
}

/** The first day of the unbroken yes that `held` is part of; null if no rule or fact bounds it, or if it began in doubt. */
export function firstDay(person: Person, matter: Matter, held: Held): Day | null {
  const first = addYears(held.on, -yearsBack);
  for (let day = held.since - 1; day >= first;) {
    const earlier = person.held(matter, day as Day);
    if (earlier.holds === false) return (day + 1) as Day;
    if (earlier.holds === 'unknown') return null;
    day = earlier.since - 1;
  }
  return null;
}
