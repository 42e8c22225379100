import type { Market } from '../src/market.ts';

/** A market from lists and priorities as a paper prints them: places from 1, households as letters. */
export function printedMarket(
  needs: readonly (readonly number[])[],
  room: readonly (readonly number[])[],
  lists: readonly (readonly number[])[],
  priorities: readonly string[],
): Market {
  const household = (letter: string): number => letter.charCodeAt(0) - 97;
  return {
    services: needs[0]!.length,
    needs: Int32Array.from(needs.flat()),
    room: Int32Array.from(room.flat()),
    lists: lists.map((list) => Int32Array.from(list, (place) => place - 1)),
    priorities: priorities.map((order) => Int32Array.from(order.split('').map(household))),
  };
}

/** a2 b1 c– … */
export function printedPlan(plan: Int32Array): string {
  return [...plan].map((j, i) => `${String.fromCharCode(97 + i)}${j < 0 ? '–' : j + 1}`).join(' ');
}

function shuffled(size: number, random: () => number): number[] {
  const order = Array.from({ length: size }, (_, at) => at);
  for (let at = size - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** A small market at random: needs of 0 to 2 in one or two services, cut lists, priorities that differ by place. */
export function smallMarket(random: () => number, households: number, places: number): Market {
  const services = 1 + Math.floor(random() * 2);
  const needs = Int32Array.from({ length: households * services }, (_, at) =>
    Math.max(at % services === 0 ? 1 : 0, Math.floor(random() * 3)),
  );
  const room = Int32Array.from({ length: places * services }, () => Math.floor(random() * 4));
  const empty = (i: number, j: number): boolean => {
    for (let s = 0; s < services; s++) if (needs[i * services + s]! > room[j * services + s]!) return false;
    return true;
  };
  return {
    services,
    needs,
    room,
    lists: Array.from({ length: households }, (_, i) =>
      Int32Array.from(
        shuffled(places, random)
          .slice(0, places - Math.floor(random() * 2))
          .filter((j) => empty(i, j)),
      ),
    ),
    priorities: Array.from({ length: places }, (_, j) =>
      Int32Array.from(shuffled(households, random).filter((i) => empty(i, j))),
    ),
  };
}

/** Every list of these places, cut anywhere. */
export function everyList(places: readonly number[]): number[][] {
  return [
    [],
    ...places.flatMap((first) => everyList(places.filter((one) => one !== first)).map((rest) => [first, ...rest])),
  ];
}

/** Every plan that keeps within the room and gives nobody a place that is not on the list. */
export function everyPlan({ services, needs, room, lists }: Market): Int32Array[] {
  const plans: Int32Array[] = [];
  const left = room.slice();
  const plan = new Int32Array(lists.length).fill(-1);
  const walk = (i: number): void => {
    if (i === lists.length) {
      plans.push(plan.slice());
      return;
    }
    walk(i + 1);
    for (const j of lists[i]!) {
      const take = (sign: number): void => {
        for (let s = 0; s < services; s++) left[j * services + s]! -= sign * needs[i * services + s]!;
      };
      take(1);
      plan[i] = j;
      if (left.every((one) => one >= 0)) walk(i + 1);
      plan[i] = -1;
      take(-1);
    }
  };
  walk(0);
  return plans;
}

/** Where a household stands on its list; at the end of it without a place. */
export function standing({ lists }: Market, i: number, place: number): number {
  const at = lists[i]!.indexOf(place);
  return at < 0 ? lists[i]!.length : at;
}

/** Does this plan suit nobody less and somebody more? */
export function suitsBetter(market: Market, one: Int32Array, other: Int32Array): boolean {
  const gains = [...one].map((j, i) => standing(market, i, other[i]!) - standing(market, i, j));
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}
