import { closedBecause, type ClosedBecause, type Round } from './round.ts';

/**
 * Households with needs, places with room, in several services: a market in which nobody pays.
 * A place "fits" a household beside others if every service it needs has room left for all of them together.
 */
export type Market = {
  readonly services: number;
  /** needs[i × services + s], room[j × services + s]. */
  readonly needs: Int32Array;
  readonly room: Int32Array;
  /** Per household the places it may go to, best first. */
  readonly lists: readonly Int32Array[];
  /** Per place everybody who fits it when it is empty, first in turn first; the same whatever they wish. */
  readonly priorities: readonly Int32Array[];
};

/** The place of each household, −1 where it has none. */
export type Assignment = Int32Array;

/** A round as a market: turns are the priorities everywhere; of places equally wished for, the first by id comes first. */
export function marketOf(round: Round): Market {
  const m = round.places.length;
  const open = (i: number, j: number): boolean => round.closed[i * m + j] === 0;
  const lists = round.households.map((_, i) =>
    Int32Array.from([...round.places.keys()].filter((j) => open(i, j))).sort(
      (a, b) => round.classOf[i * m + a]! - round.classOf[i * m + b]! || a - b,
    ),
  );
  const priorities = round.places.map((_, j) =>
    Int32Array.from([...round.households.keys()].filter((i) => open(i, j))),
  );
  return { services: round.services.length, needs: round.needs, room: round.room, lists, priorities };
}

/** Does every service that household i needs fit in what is left? */
export function fits({ services, needs }: Market, i: number, left: ArrayLike<number>, j: number): boolean {
  for (let s = 0; s < services; s++) {
    const need = needs[i * services + s]!;
    if (need > 0 && need > left[j * services + s]!) return false;
  }
  return true;
}

/** What a plan wastes and whom it wrongs, counted; what a mechanism promises is 0. */
export type Complaints = {
  /** A household prefers a place that has room for it beside all who are there. */
  readonly waste: number;
  /** A household prefers a place that has room for it beside those there who stand above it. */
  readonly blocking: number;
  /**
   * A household prefers a place where somebody below it was let in, who does not even fit beside all above who like
   * that place at least as much as where they are.
   */
  readonly strongEnvy: number;
};

/** Count the complaints households could have about a plan. */
export function complaints(market: Market, plan: Assignment): Complaints {
  const { services, needs, room, lists, priorities } = market;
  let waste = 0;
  let blocking = 0;
  let strongEnvy = 0;
  const positions = lists.map((list) => new Map([...list].map((j, at) => [j, at])));
  const own = lists.map((list, i) => (plan[i]! < 0 ? list.length : positions[i]!.get(plan[i]!)!));
  for (const [j, order] of priorities.entries()) {
    const used = new Int32Array(services);
    for (let i = 0; i < plan.length; i++) {
      if (plan[i] === j) for (let s = 0; s < services; s++) used[s]! += needs[i * services + s]!;
    }
    const holds = (i: number, others: Int32Array): boolean => {
      for (let s = 0; s < services; s++) {
        const need = needs[i * services + s]!;
        if (need > 0 && need + others[s]! > room[j * services + s]!) return false;
      }
      return true;
    };
    const membersAbove = new Int32Array(services);
    const likersAbove = new Int32Array(services);
    let enviers = 0;
    for (const i of order) {
      const prefers = (positions[i]!.get(j) ?? Infinity) < own[i]!;
      if (prefers && holds(i, used)) waste++;
      if (prefers && holds(i, membersAbove)) blocking++;
      if (plan[i] === j && !holds(i, likersAbove)) strongEnvy += enviers;
      if (prefers) enviers++;
      for (let s = 0; s < services; s++) {
        const need = needs[i * services + s]!;
        if (plan[i] === j) membersAbove[s]! += need;
        if (plan[i] === j || prefers) likersAbove[s]! += need;
      }
    }
  }
  return { waste, blocking, strongEnvy };
}

/** What one household is told, as data for a letter. */
export type MarketReason = {
  readonly household: string;
  readonly turn: number;
  readonly place: string | null;
  readonly class: number | null;
  /** The three best others by its own wishes. */
  readonly alternatives: readonly {
    readonly place: string;
    readonly class: number;
    /**
     * `full`: a service ran out, beside those who are there; `priority`: room is kept for those who stand before it;
     * `wished-less`: it got what it wished for at least as much.
     */
    readonly notGiven: Exclude<ClosedBecause, 'allowed'> | 'full' | 'priority' | 'wished-less';
    /** The service that ran out. */
    readonly ranOut: string | null;
  }[];
};

/** Reasons for every household, read from the plan: why not each of the three it liked best. */
export function marketReasons(round: Round, market: Market, plan: Assignment): MarketReason[] {
  const m = round.places.length;
  const left = leftOver(market, plan);
  return round.households.map((household, i) => {
    const at = plan[i]!;
    const own = at < 0 ? Infinity : round.classOf[i * m + at]!;
    const others = [...round.places.keys()].filter((j) => j !== at);
    others.sort((a, b) => round.classOf[i * m + a]! - round.classOf[i * m + b]! || a - b);
    const alternatives = others.slice(0, 3).map((j) => {
      const cls = round.classOf[i * m + j]!;
      const why = closedBecause[round.closed[i * m + j]!]!;
      const short = round.services.findIndex(
        (_, s) => round.needs[i * market.services + s]! > left[j * market.services + s]!,
      );
      const full = short >= 0 ? ('full' as const) : ('priority' as const);
      const notGiven = why !== 'allowed' ? why : cls >= own ? ('wished-less' as const) : full;
      return {
        place: round.places[j]!,
        class: cls,
        notGiven,
        ranOut: notGiven === 'full' ? round.services[short]! : null,
      };
    });
    return {
      household,
      turn: i + 1,
      place: at < 0 ? null : round.places[at]!,
      class: at < 0 ? null : own,
      alternatives,
    };
  });
}

function leftOver({ services, needs, room }: Market, plan: Assignment): Int32Array {
  const left = room.slice();
  plan.forEach((j, i) => {
    if (j >= 0) for (let s = 0; s < services; s++) left[j * services + s]! -= needs[i * services + s]!;
  });
  return left;
}
