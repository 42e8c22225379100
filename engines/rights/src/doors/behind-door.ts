import { isoDay, parseDay, type Day } from '@meedoen/units';
import { makesSenseToAsk, type FactTable } from '../fact-table.ts';
import type { FactValue, Situation } from '../situation.ts';
import type { Door, DoorTable } from './door-table.ts';

/** Since when the person is here: by which fact, or (null) taken to be the day we were asked about. */
export type Arrival = { readonly day: Day; readonly fact: string | null };

export function arrivalOf({ arrival }: DoorTable, { facts }: Situation, on: Day): Arrival {
  for (const fact of arrival) {
    const parsed = parseDay(facts[fact]);
    if (parsed.ok) return { day: parsed.value, fact };
  }
  return { day: on, fact: null };
}

/** The same person, had they come through another door. */
export type BehindDoor = {
  readonly situation: Situation;
  /** Facts about the person that the door cannot leave as they are, such as a passport. */
  readonly changes: readonly string[];
};

/**
 * Holds the person fixed and changes the reason for arrival. What hangs on the door the person really came through
 * (card, letter, permit) makes way for what the new door sets; what makes no sense to ask there falls away.
 */
export function behindDoor(
  table: FactTable,
  doors: DoorTable,
  situation: Situation,
  door: Door,
  { day }: Arrival,
): BehindDoor {
  const ofSomeDoor = new Set(doors.doors.flatMap(({ sets, starts }) => [...Object.keys(sets), ...starts]));
  const since = Object.fromEntries([...doors.arrival.slice(0, 1), ...door.starts].map((fact) => [fact, isoDay(day)]));
  const sets: Record<string, FactValue> = { ...door.sets, ...since };
  const facts: Record<string, FactValue | null> = {};
  for (const { id } of table.facts) {
    const given = situation.facts[id];
    const stays = !door.forgets.includes(id) && (!ofSomeDoor.has(id) || doors.fixed.includes(id));
    const value = sets[id] ?? (stays ? given : undefined);
    if (value !== undefined) facts[id] = value;
  }
  const changes = doors.fixed.filter((id) => {
    const given = situation.facts[id];
    return given !== undefined && given !== null && sets[id] !== undefined && given !== sets[id];
  });
  return { situation: { facts: sensible(table, facts, sets) }, changes };
}

/** The door that the person came through: of the doors whose facts are all true of them, the one that sets most. */
export function ownDoor({ doors }: DoorTable, { facts }: Situation): string | null {
  const fitting = doors.filter(({ sets }) =>
    // What somebody has not told does not shut them out, but the card decides.
    Object.entries(sets).every(([fact, value]) => facts[fact] === value || (facts[fact] ?? null) === null),
  );
  const told = ({ sets }: Door): number => Object.keys(sets).filter((fact) => facts[fact] === sets[fact]).length;
  const [best] = fitting.filter((door) => told(door) > 0).sort((a, b) => told(b) - told(a));
  return best?.id ?? null;
}

/** Without the facts whose question makes no sense beside the others, but for those `kept` whatever the others say. */
export function sensible(
  table: FactTable,
  facts: Readonly<Record<string, FactValue | null>>,
  kept: Readonly<Record<string, unknown>>,
): Readonly<Record<string, FactValue | null>> {
  let left = { ...facts };
  for (let dropped = true; dropped;) {
    const before = left;
    left = Object.fromEntries(
      Object.entries(before).filter(([id]) => {
        const row = table.facts.find((fact) => fact.id === id);
        return id in kept || (row !== undefined && makesSenseToAsk(row, { facts: before }));
      }),
    );
    dropped = Object.keys(left).length < Object.keys(before).length;
  }
  return left;
}
