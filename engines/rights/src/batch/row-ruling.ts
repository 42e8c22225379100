// The ruling of `answer.ts` for one row, in numbers and without a single object: the same steps in the same order.
import { addYears, type Day } from '@meedoen/units';
import { yearsAhead, yearsBack } from '../sweep.ts';
import { unknownCode } from './columns.ts';
import { farAhead, no, unknown, yes, type Cursor, type Truth } from './cursor.ts';
import type { Remembered, Sizes } from './memo.ts';
import { noMost, type Leaf, type Shapes } from './shapes.ts';

/** No day: no rule, card or fact bounds it, or it does not apply. */
export const noDay: number = unknownCode;

/** Places in `verdicts`. */
const verdictCodes = { yes: 0, no: 1, notYet: 2, unknown: 3 } as const;

/** Days from `from` up to, not including, `next`. */
export type Run = {
  readonly from: number;
  readonly next: number;
  readonly isUnknown: boolean;
  readonly weeksIn52: number;
};

export class RowRuling {
  verdict = 0;
  from: number = noDay;
  until: number = noDay;
  /** Bit b for the b-th step. */
  first = 0;
  /** A set of facts. */
  missing = 0;
  route = -1;
  readonly #at: Cursor;
  readonly #shapes: Shapes;
  /** Places of the step facts in the table of facts. */
  readonly #steps: readonly number[];
  readonly #sizes: Sizes;
  #right = 0;
  /** The leaves that the last decision met. */
  readonly #met: Leaf[] = [];
  /** The shape of the row on the day last looked at. */
  #leaf: Leaf | null = null;
  /** The row meets a part of the law that columns cannot compute. */
  #alone = false;

  constructor(at: Cursor, shapes: Shapes, steps: readonly number[], sizes: Sizes) {
    this.#at = at;
    this.#sizes = sizes;
    this.#shapes = shapes;
    this.#steps = steps;
  }

  /**
   * Rules on the row that the cursor is at and that has this leaf on the day, as an earlier row that agrees with it was ruled on
   * where there is one. False if it must be answered by itself.
   */
  rule(right: number, on: Day, leaf: Leaf): boolean {
    const { columns, row } = this.#at;
    const { memo } = leaf;
    const isOpen = memo.isOpen(on);
    const known = isOpen ? memo.find(columns, row, this.#sizes) : undefined;
    if (known) {
      this.verdict = known.verdict;
      this.from = known.from;
      this.until = known.until;
      this.first = known.first;
      this.missing = known.missing;
      this.route = known.route;
    } else {
      this.#met.length = 0;
      if (!this.#decide(right, on)) return false;
      if (isOpen) memo.keep(this.#factsMet(leaf), this.#remembered(), columns, row, this.#sizes);
    }
    if (this.verdict === verdictCodes.yes) this.#endBy(leaf, on);
    return true;
  }

  /** The facts that the last decision can have read, besides what all rows with the leaf have in common. */
  #factsMet(leaf: Leaf): ReadonlySet<number> {
    const facts = new Set(this.#shapes.readsOf(leaf));
    for (const other of this.#met) {
      for (const fact of other.choices.keys()) if (!leaf.choices.has(fact)) facts.add(fact);
      for (const fact of this.#shapes.readsOf(other)) facts.add(fact);
    }
    return facts;
  }

  #remembered(): Remembered {
    const { verdict, from, until, first, missing, route } = this;
    return { verdict, from, until, first, missing, route };
  }

  #decide(right: number, on: Day): boolean {
    const at = this.#at;
    this.from = noDay;
    this.until = noDay;
    this.first = 0;
    this.missing = 0;
    this.route = -1;
    this.#right = right;
    this.#leaf = null;
    this.#alone = false;

    const today = this.#held(on, 0, 0);
    if (today === yes) {
      const { since, next } = at;
      this.verdict = verdictCodes.yes;
      this.route = at.route;
      this.until = this.#end(on, next);
      this.from = this.#start(on, since);
      return !this.#alone;
    }
    this.verdict = verdictCodes.unknown;
    if (at.fault) return !this.#alone;

    const missingToday = today === unknown ? at.missing : 0;
    const opening = this.#opening(on);
    if (opening === farAhead) {
      if (today === no) this.verdict = verdictCodes.no;
      this.missing = missingToday;
    } else if (this.#isOpeningUnknown) {
      this.missing = at.missing;
    } else {
      this.route = at.route;
      this.#wait(on, opening, today, missingToday);
    }
    return !this.#alone;
  }

  /** Open once the steps are done: not yet, or in doubt where today itself is. */
  #wait(on: Day, opening: number, today: Truth, missingToday: number): void {
    const { sets, columns, row } = this.#at;
    this.first = this.#neededSteps(opening);
    if (opening > on) this.from = opening;
    let unsure = 0;
    for (let bit = 0; bit < this.#steps.length; bit += 1) {
      const fact = this.#steps[bit]!;
      const isUnsure = (this.first & (1 << bit)) !== 0 && columns[fact]![row] === unknownCode;
      if (isUnsure) unsure = sets.union(unsure, sets.one(fact));
    }
    if (today === no) this.verdict = verdictCodes.notYet;
    this.missing = sets.union(missingToday, unsure);
  }

  #isOpeningUnknown = false;

  /** The first day on which the right does not plainly fail to hold with every step done; `farAhead` if there is none. */
  #opening(on: Day): number {
    const last = lastDayAhead(on);
    for (let day: number = on; day <= last; day = this.#at.next) {
      const held = this.#held(day, 1, 0);
      if (held === no) continue;
      if (this.#at.fault && day > on) return farAhead;
      // Unknown only by a gap in our reading, and later: says nothing about today.
      if (held === unknown && this.#at.missing === 0 && day > on) continue;
      this.#isOpeningUnknown = held === unknown;
      return day;
    }
    return farAhead;
  }

  #neededSteps(day: number): number {
    const at = this.#at;
    if (this.#held(day, 2, 0) !== unknown) return 0;
    let needed = 0;
    for (const fact of at.sets.members(at.missing)) {
      const bit = this.#steps.indexOf(fact);
      const isOpen = bit >= 0 && fact !== this.#shapes.gives(this.#right) && at.columns[fact]![at.row] !== 1;
      if (isOpen) needed |= 1 << bit;
    }
    for (let bit = this.#steps.length - 1; bit >= 0; bit -= 1) {
      const without = needed & ~(1 << bit);
      if (without !== needed && this.#held(day, 2, without) === yes) needed = without;
    }
    return needed;
  }

  /** The last day of the yes of today by the law. */
  #end(on: Day, firstNext: number): number {
    const last = lastDayAhead(on);
    for (let day = firstNext; day <= last; day = this.#at.next) {
      const held = this.#held(day, 0, 0);
      if (held === yes) continue;
      return held === no ? day - 1 : noDay;
    }
    return noDay;
  }

  /** Ends the yes of today on an earlier day that the rights table names. */
  #endBy({ ends }: Leaf, on: Day): void {
    const at = this.#at;
    at.day = on;
    at.steps = 0;
    for (let index = 0; index < ends.length; index += 1) {
      at.fault = false;
      const day = ends[index]!(at);
      const isEarlier = !at.fault && day >= on && (this.until === noDay || day < this.until);
      if (isEarlier) this.until = day;
    }
  }

  /**
   * Walks the days from `from` up to and including `to`, with every step done or (`steps` 0) facts as they are, and hands over each run of
   * days on which the right holds or is unknown, with the most weeks in 52. False if the row must be walked by itself.
   */
  walk(right: number, from: Day, to: Day, steps: 0 | 1, onRun: (days: Run) => void): boolean {
    this.#right = right;
    this.#leaf = null;
    this.#alone = false;
    const at = this.#at;
    for (let day: number = from; day <= to;) {
      const holds = this.#held(day, steps, 0);
      if (this.#alone) return false;
      const next = Math.min(at.next, to + 1);
      if (holds !== no) {
        const { weeksIn52: most } = this.#leafOn(day);
        const weeksIn52 = most === null ? noMost : most(at);
        // A most that is not known leaves open how many of the days count.
        const isUnknown = holds === unknown || weeksIn52 === unknownCode;
        onRun({ from: day, next, isUnknown, weeksIn52 });
      }
      day = next;
    }
    return true;
  }

  #start(on: Day, firstSince: number): number {
    const first = firstDayBack(on);
    for (let day = firstSince - 1; day >= first; day = this.#at.since - 1) {
      const held = this.#held(day, 0, 0);
      if (held === yes) continue;
      return held === no ? day + 1 : noDay;
    }
    return noDay;
  }

  /** Does the right hold on a day? The cursor then knows over which days that stays so, and what is missing. */
  #held(day: number, steps: 0 | 1 | 2, done: number): Truth {
    const at = this.#at;
    const { holds, extent } = this.#leafOn(day);
    at.day = day;
    at.steps = steps;
    at.done = done;
    at.since = extent.from;
    at.next = extent.next;
    at.fault = false;
    if (holds === null) {
      this.#alone = true;
      at.fault = true;
      return unknown;
    }
    const held = holds(at);
    if (!at.fault) return held;
    at.missing = 0;
    return unknown;
  }

  #leafOn(day: number): Leaf {
    const leaf = this.#leaf;
    if (leaf !== null && day >= leaf.extent.from && day < leaf.extent.next) return leaf;
    const { columns, row } = this.#at;
    const found = this.#shapes.leaf(this.#right, this.#shapes.stretchAt(this.#right, day), columns, row);
    this.#met.push(found);
    return (this.#leaf = found);
  }
}

// Asked for every row, mostly of the same day.
let aheadOf = NaN;
let ahead = 0;
function lastDayAhead(on: Day): number {
  if (on !== aheadOf) {
    aheadOf = on;
    ahead = addYears(on, yearsAhead);
  }
  return ahead;
}

let backOf = NaN;
let back = 0;
function firstDayBack(on: Day): number {
  if (on !== backOf) {
    backOf = on;
    back = addYears(on, -yearsBack);
  }
  return back;
}
