import type { Assignment, Market } from './market.ts';

/**
 * Knapsack deferred acceptance (Delacrétaz, Kominers & Teytelboym 2023). Everybody asks the best place that has not
 * said no; a place says no to whoever does not fit beside all higher in turn who ever asked.
 *
 * No strong envy, and of all plans without it the best for every household. Telling the truth is not always best, room
 * is kept for households that went elsewhere, and some may be left without a place.
 */
export function kda({ services, needs, room, lists, priorities }: Market): Assignment {
  const plan = new Int32Array(lists.length).fill(-1);
  const asked = new Int32Array(lists.length);
  const rank = priorities.map((order) => new Map([...order].map((i, at) => [i, at])));
  const everAsked = priorities.map((order) => Array.from({ length: services }, () => new RunningSums(order.length)));
  const held: Set<number>[] = priorities.map(() => new Set());
  const holds = (j: number, i: number): boolean => {
    for (let s = 0; s < services; s++) {
      const need = needs[i * services + s]!;
      if (need > 0 && need + everAsked[j]![s]!.before(rank[j]!.get(i)!) > room[j * services + s]!) return false;
    }
    return true;
  };

  const waiting = [...lists.keys()].reverse();
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const j = lists[i]![asked[i]!];
    if (j === undefined) continue;
    asked[i]!++;
    const at = rank[j]!.get(i)!;
    for (let s = 0; s < services; s++) everAsked[j]![s]!.add(at, needs[i * services + s]!);
    held[j]!.add(i);
    plan[i] = j;
    for (const other of held[j]!) {
      if (rank[j]!.get(other)! < at || holds(j, other)) continue;
      held[j]!.delete(other);
      plan[other] = -1;
      waiting.push(other);
    }
  }
  return plan;
}

/** Sums of everything before a position, while numbers are added anywhere (Fenwick 1994). */
class RunningSums {
  readonly #tree: Int32Array;

  constructor(size: number) {
    this.#tree = new Int32Array(size + 1);
  }

  add(at: number, amount: number): void {
    for (let k = at + 1; k < this.#tree.length; k += k & -k) this.#tree[k]! += amount;
  }

  before(at: number): number {
    let sum = 0;
    for (let k = at; k > 0; k -= k & -k) sum += this.#tree[k]!;
    return sum;
  }
}
