import type { Run } from './row-ruling.ts';

const period = 52 * 7;

/** Adds up runs of days, in order, where a rule may allow only so many weeks in 52. */
export class DaysInPeriods {
  permitted = 0;
  unknown = 0;
  /** The first day after the period that runs, and the days used in it. */
  #ends = -Infinity;
  #used = 0;

  add({ from, next, isUnknown, weeksIn52 }: Run): void {
    if (isUnknown) {
      this.unknown += next - from;
      return;
    }
    for (let day = from; day < next;) {
      if (day >= this.#ends) {
        this.#ends = day + period;
        this.#used = 0;
      }
      const end = Math.min(next, this.#ends);
      const left = Math.max(0, 7 * weeksIn52 - this.#used);
      const days = Math.min(end - day, left);
      this.permitted += days;
      this.#used += days;
      day = end;
    }
  }
}
