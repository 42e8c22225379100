import type { Day } from '@meedoen/units';
import { unknownCode } from './columns.ts';

/** A ruling but for the dates that the rights table names, which each row has for itself. */
export type Remembered = {
  readonly verdict: number;
  readonly from: number;
  readonly until: number;
  readonly first: number;
  readonly missing: number;
  readonly route: number;
};

/** How many answers a fact can have, or 0 if there are too many to remember rulings by them. */
export type Sizes = ArrayLike<number>;

// More than this is more than there are people who share a ruling.
const mostKeys = 65_536;

/**
 * Rulings by the facts they hang on, for the rows of one leaf on one day. A ruling is a sum over what it read: two rows
 * that agree on all facts that some ruling here could read get the same ruling. Which facts those are shows while ruling; when
 * another one turns up, what was remembered is forgotten. With a date among them nothing is remembered: people seldom share one.
 */
export class Memo {
  #on: number | null = null;
  /** Null = nothing can be remembered here. */
  #facts: readonly number[] | null = [];
  #rulings: (Remembered | undefined)[] = [];

  /** Can rows of this leaf share rulings on the day? */
  isOpen(on: Day): boolean {
    if (this.#on === null) this.#on = on;
    return this.#facts !== null && this.#on === on;
  }

  /** The ruling of an earlier row that agrees with this one. */
  find(columns: readonly Int32Array[], row: number, sizes: Sizes): Remembered | undefined {
    return this.#rulings[this.#key(columns, row, sizes)];
  }

  /** Keeps the ruling on a row that may have read these facts. */
  keep(read: Iterable<number>, ruling: Remembered, columns: readonly Int32Array[], row: number, sizes: Sizes): void {
    const facts = [...new Set([...(this.#facts ?? []), ...read])];
    const keys = facts.reduce((product, fact) => product * sizes[fact]!, 1);
    if (keys === 0 || keys > mostKeys) {
      this.#facts = null;
      this.#rulings = [];
      return;
    }
    if (facts.length > (this.#facts?.length ?? 0)) {
      this.#facts = facts;
      this.#rulings = [];
    }
    this.#rulings[this.#key(columns, row, sizes)] = ruling;
  }

  #key(columns: readonly Int32Array[], row: number, sizes: Sizes): number {
    const facts = this.#facts!;
    let key = 0;
    for (let index = 0; index < facts.length; index += 1) {
      const fact = facts[index]!;
      const code = columns[fact]![row]!;
      key = key * sizes[fact]! + (code === unknownCode ? 0 : code + 1);
    }
    return key;
  }
}
