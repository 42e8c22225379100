import type { Assignment, Market } from './market.ts';

/** One round, for who wants to follow it: who asked where, the threshold there, and who was told no. */
export type TkdaRound = readonly {
  readonly household: number;
  readonly place: number;
  readonly threshold: number;
  readonly rejected: boolean;
}[];

/**
 * Threshold knapsack deferred acceptance (Delacrétaz, Kominers & Teytelboym 2023). As in `kda` everybody asks, but how
 * many a place lets in is a threshold that hangs on everybody higher in turn, whether they asked or not. So nobody can
 * gain by asking elsewhere first.
 *
 * Telling the truth is best, and there is no strong envy. It keeps much room free and leaves many without a place.
 */
export function tkda(market: Market, follow: (round: TkdaRound) => void = () => {}): Assignment {
  const { lists, priorities } = market;
  const asks = new Int32Array(lists.length);
  for (;;) {
    const asking: Set<number>[] = priorities.map(() => new Set());
    lists.forEach((list, i) => {
      const j = list[asks[i]!];
      if (j !== undefined) asking[j]!.add(i);
    });
    const round: { household: number; place: number; threshold: number; rejected: boolean }[] = [];
    for (const [j, those] of asking.entries()) if (those.size > 0) askOnePlace(market, j, those, round);
    round.sort((a, b) => a.household - b.household);
    follow(round);
    const rejected = round.filter((one) => one.rejected);
    if (rejected.length === 0) return Int32Array.from(lists, (list, i) => list[asks[i]!] ?? -1);
    for (const { household } of rejected) asks[household]!++;
  }
}

function askOnePlace(
  { services, needs, room, priorities }: Market,
  j: number,
  asking: ReadonlySet<number>,
  into: { household: number; place: number; threshold: number; rejected: boolean }[],
): void {
  const all = new Int32Array(services);
  const now = new Int32Array(services);
  /** Per service, how many of each need stand above and do not ask now. */
  const others: Map<number, number>[] = Array.from({ length: services }, () => new Map());
  let least = Infinity;
  let asked = 0;
  for (const i of priorities[j]!) {
    let own = Infinity;
    for (let s = 0; s < services; s++) {
      const need = needs[i * services + s]!;
      if (need === 0) continue;
      const space = room[j * services + s]! - need;
      if (all[s]! <= space) continue;
      if (now[s]! > space) own = 0;
      else own = Math.min(own, asked + howManyFill(others[s]!, space - now[s]!));
    }
    least = Math.min(least, own);
    const asks = asking.has(i);
    if (asks) {
      const threshold = own === Infinity ? Infinity : least;
      into.push({ household: i, place: j, threshold, rejected: ++asked > threshold });
    }
    for (let s = 0; s < services; s++) {
      const need = needs[i * services + s]!;
      all[s]! += need;
      if (asks) now[s]! += need;
      else if (need > 0) others[s]!.set(need, (others[s]!.get(need) ?? 0) + 1);
    }
  }
}

/** How many of these needs, largest first, until together they take more than the space; there are that many. */
function howManyFill(others: ReadonlyMap<number, number>, space: number): number {
  let count = 0;
  let left = space;
  for (const [need, times] of [...others].sort(([a], [b]) => b - a)) {
    const until = Math.floor(left / need) + 1;
    if (until <= times) return count + until;
    count += times;
    left -= need * times;
  }
  throw new RangeError('tkda: those above fit, and yet they do not.');
}
