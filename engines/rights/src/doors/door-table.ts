import type { Confidence, Place } from '@meedoen/units';
import type { FactValue } from '../situation.ts';

/** The reasons for arrival that people are compared by: `knowledge/situation/doors.yaml` (nl: deuren). */
export type DoorTable = {
  readonly doors: readonly Door[];
  /** Dates that say since when somebody is here; the first that is known counts. */
  readonly arrival: readonly string[];
  /** Facts about the person that nobody can change: no comparison of ours proposes to. */
  readonly fixed: readonly string[];
  /** Rights that are a door by another name, such as temporary protection: told, but no gap and no distinction of ours. */
  readonly partOfADoor: readonly string[];
};

/** One reason for arrival, and what is then so: the card somebody holds, the letter they have. */
export type Door = {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
  readonly sets: Readonly<Record<string, FactValue>>;
  /** Dates that are the day of arrival for who comes through this door. */
  readonly starts: readonly string[];
  /** Facts that may be different behind this door, so that what the person said about them no longer counts. */
  readonly forgets: readonly string[];
  /** The facts behind it and how sure they are. */
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  readonly at: Place;
};
