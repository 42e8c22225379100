import { addDays, type Day } from '@meedoen/units';
import type { Value } from './value.ts';

/**
 * A value that moves with the calculation date, always in one direction: the date itself, an age, the days since a
 * letter. What is computed from it stays the same for a while; knowing for how long is what lets an answer name its
 * dates without trying every day.
 */
export class Moving {
  readonly at: (day: Day) => Value;
  /** 1 = never falls when the date moves on, -1 = never rises. */
  readonly direction: 1 | -1;
  /** Is this `$referencedate` itself? */
  readonly isDate: boolean;

  constructor(at: (day: Day) => Value, direction: 1 | -1, isDate = false) {
    this.at = at;
    this.direction = direction;
    this.isDate = isDate;
  }
}

/** What a value is on a day. */
export function at(value: Value | Moving, day: Day): Value {
  return value instanceof Moving ? value.at(day) : value;
}

// Looking further than any answer looks: answers reach 10 years ahead.
const daysAhead = 12 * 366;
const daysBack = 60 * 366;

/** The first day after `on` with another outcome than on `on`; Infinity if there is none within twelve years. The outcome changes at most once per direction (it comes from a value that moves one way). */
export function changesAfter(outcome: (day: Day) => unknown, on: Day): number {
  const today = outcome(on);
  let same = on;
  let other = addDays(on, daysAhead);
  if (outcome(other) === today) return Infinity;
  while (other - same > 1) {
    const middle = addDays(same, (other - same) >> 1);
    if (outcome(middle) === today) same = middle;
    else other = middle;
  }
  return other;
}

/** The first day of the unbroken stretch around `on` with the same outcome; −Infinity if it began over sixty years ago. */
export function sameSince(outcome: (day: Day) => unknown, on: Day): number {
  const today = outcome(on);
  let same = on;
  let other = addDays(on, -daysBack);
  if (outcome(other) === today) return -Infinity;
  while (same - other > 1) {
    const middle = addDays(other, (same - other) >> 1);
    if (outcome(middle) === today) same = middle;
    else other = middle;
  }
  return same;
}
