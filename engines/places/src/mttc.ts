import { fits, type Assignment, type Market } from './market.ts';

/**
 * Multidimensional top trading cycles (Delacrétaz, Kominers & Teytelboym 2023). Households point to the best place that
 * still fits them, places to the first in turn who still fits; whoever stands in a cycle gets the place they point to.
 *
 * Telling the truth is best, and no other plan is better for one household and worse for none. It does not promise
 * everybody a place, nor that nobody lower in turn gets what you wished for.
 */
export function mttc(market: Market): Assignment {
  const { services, needs, lists, priorities } = market;
  const households = lists.length;
  const plan = new Int32Array(households).fill(-1);
  const done = new Uint8Array(households);
  const left = market.room.slice();
  // What no longer fits never fits again, so both only look ahead.
  const wish = new Int32Array(households);
  const turn = new Int32Array(priorities.length);
  const onPath = new Uint8Array(households);

  const pointsTo = (i: number): number => {
    const list = lists[i]!;
    while (wish[i]! < list.length && !fits(market, i, left, list[wish[i]!]!)) wish[i]!++;
    return wish[i]! < list.length ? list[wish[i]!]! : -1;
  };
  const firstOf = (j: number): number => {
    const order = priorities[j]!;
    while (done[order[turn[j]!]!] === 1 || !fits(market, order[turn[j]!]!, left, j)) turn[j]!++;
    return order[turn[j]!]!;
  };

  for (let start = 0; start < households; start++) {
    const path: number[] = [];
    while (done[start] === 0) {
      const i = path.length === 0 ? start : firstOf(pointsTo(path.at(-1)!));
      if (onPath[i] === 0) {
        if (pointsTo(i) < 0) {
          done[i] = 1;
          // Who pointed at a place because of it must look again.
          for (const one of path) onPath[one] = 0;
          path.length = 0;
        } else {
          onPath[i] = 1;
          path.push(i);
        }
        continue;
      }
      const cycle = path.splice(path.indexOf(i));
      // Every place in the cycle takes one household, so what fitted before any of them still does.
      for (const one of cycle) plan[one] = lists[one]![wish[one]!]!;
      for (const one of cycle) {
        done[one] = 1;
        for (let s = 0; s < services; s++) left[plan[one]! * services + s]! -= needs[one * services + s]!;
      }
      // Wishes on the path may have run out of room with it: begin again from the start.
      for (const one of path) onPath[one] = 0;
      path.length = 0;
    }
  }
  return plan;
}
