import type { FactSets } from './fact-sets.ts';

/** False, true and unknown as numbers. */
export type Truth = 0 | 1 | 2;
export const no = 0;
export const yes = 1;
export const unknown = 2;

/**
 * Where a batch is: the row and day it computes, under which assumption about steps, and what the last program said
 * besides its result: over which days that stays so, and for lack of which facts it is unknown.
 */
export class Cursor {
  columns: readonly Int32Array[] = [];
  row = 0;
  day = 0;
  /** 0: facts as they are; 1: every step done; 2: the steps in `done` done and the other undone ones left open. */
  steps: 0 | 1 | 2 = 0;
  done = 0;
  since = 0;
  next = 0;
  missing = 0;
  /** Was something reached that the law cannot compute? */
  fault = false;
  /** The route that made the last right true. */
  route = -1;
  readonly sets: FactSets;

  constructor(sets: FactSets) {
    this.sets = sets;
  }

  narrow(since: number, next: number): void {
    if (since > this.since) this.since = since;
    if (next < this.next) this.next = next;
  }
}

/** A yes-or-no that still depends on the row; when it says `unknown`, `missing` holds the facts. */
export type FlagProgram = (at: Cursor) => Truth;
/** A date (Day) or whole number that still depends on the row, or `unknownCode`, with the facts in `missing`. */
export type QuantityProgram = (at: Cursor) => number;

export type Program = FlagProgram | QuantityProgram;

// No day that anybody asks about lies outside these; whole numbers, so that windows stay fast.
export const longAgo = -1_000_000_000;
export const farAhead = 1_000_000_000;
