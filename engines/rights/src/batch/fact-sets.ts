/**
 * Sets of facts as small numbers, so that “unknown for lack of these” costs a typed array one number per person.
 * Number 0 is the empty set.
 */
export class FactSets {
  readonly #members: (readonly number[])[] = [[]];
  readonly #byKey = new Map<string, number>([['', 0]]);
  readonly #unions: number[][] = [];

  one(fact: number): number {
    return this.of([fact]);
  }

  of(facts: readonly number[]): number {
    const sorted = [...new Set(facts)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const set = this.#members.push(sorted) - 1;
    this.#byKey.set(key, set);
    return set;
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const [low, high] = a < b ? [a, b] : [b, a];
    const unions = (this.#unions[high] ??= []);
    return (unions[low] ??= this.of([...this.members(a), ...this.members(b)]));
  }

  members(set: number): readonly number[] {
    return this.#members[set] ?? [];
  }
}
