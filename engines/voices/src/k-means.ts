import { type Places } from './neighbourhoods.ts';

/** People divided over centers so that the squared distance to the own center is small. */
export type Clustering = {
  readonly centerX: Float64Array;
  readonly centerY: Float64Array;
  /** For each place the number of its center. */
  readonly of: Uint8Array;
  /** Squared distances to the own center, times the people at each place. */
  readonly squaredError: number;
};

type Centers = Pick<Clustering, 'centerX' | 'centerY'>;

/** Improvements smaller than this are rounding. */
const rounding = 1e-9;
/** A division with up to so many times the smallest error may become the best by exchange. */
const promise = 1.3;
/** So many new centers are tried where one is missing: none of 6,000 random maps then had a better division than the one found. */
const thorough = 8;
/** With so few places a new center is tried at every one of them, in every division found: that costs little, and finds more. */
const few = 64;
/** Enough where the mean of many searches counts. */
export const quick = 3;

/** For each place the number of its nearest center. */
export function nearestCenters({ x, y }: Places, { centerX, centerY }: Centers): Uint8Array {
  const of = new Uint8Array(x.length);
  for (let i = 0; i < x.length; i++) {
    let distance = Infinity;
    for (let c = 0; c < centerX.length; c++) {
      const d = (x[i]! - centerX[c]!) ** 2 + (y[i]! - centerY[c]!) ** 2;
      if (d < distance) {
        distance = d;
        of[i] = c;
      }
    }
  }
  return of;
}

/**
 * Every place to its nearest center (of equals the first), every center to the mean of its places, until
 * nothing moves. Never raises the error. S. P. Lloyd (1982), IEEE Trans. Inf. Theory 28:129; places that cannot have
 * come nearer to another center are not measured again, after G. Hamerly (2010), SIAM Data Mining.
 */
export function settle(places: Places, start: Centers): Clustering {
  const { x, y, weight } = places;
  const k = start.centerX.length;
  const centerX = start.centerX.slice();
  const centerY = start.centerY.slice();
  const of = new Uint8Array(x.length);
  // How much all centers together may move before a place can change to another.
  const slack = new Float64Array(x.length).fill(-1);
  for (let round = 0; round < 1000; round++) {
    let changed = round === 0;
    for (let i = 0; i < x.length; i++) {
      if (slack[i]! > 0) continue;
      let nearest = 0;
      let least = Infinity;
      let next = Infinity;
      for (let c = 0; c < k; c++) {
        const dx = x[i]! - centerX[c]!;
        const dy = y[i]! - centerY[c]!;
        const d = dx * dx + dy * dy;
        if (d < least) {
          next = least;
          least = d;
          nearest = c;
        } else if (d < next) next = d;
      }
      slack[i] = Math.sqrt(next) - Math.sqrt(least);
      if (of[i] !== nearest) {
        of[i] = nearest;
        changed = true;
      }
    }
    if (!changed) break;
    const furthest = moveToMeans(places, of, centerX, centerY);
    // Its own center may have gone that far away, and another may have come that much nearer. A little more for rounding.
    const lost = furthest * (2 + rounding);
    for (let i = 0; i < slack.length; i++) slack[i]! -= lost;
  }
  let squaredError = 0;
  for (let i = 0; i < x.length; i++) {
    squaredError += weight[i]! * ((x[i]! - centerX[of[i]!]!) ** 2 + (y[i]! - centerY[of[i]!]!) ** 2);
  }
  return { centerX, centerY, of, squaredError };
}

/** Gives how far the center went that went furthest; a center without people stays. */
function moveToMeans({ x, y, weight }: Places, of: Uint8Array, centerX: Float64Array, centerY: Float64Array): number {
  const sumX = new Float64Array(centerX.length);
  const sumY = new Float64Array(centerX.length);
  const people = new Float64Array(centerX.length);
  for (let i = 0; i < x.length; i++) {
    const c = of[i]!;
    const w = weight[i]!;
    sumX[c]! += w * x[i]!;
    sumY[c]! += w * y[i]!;
    people[c]! += w;
  }
  let furthest = 0;
  for (let c = 0; c < centerX.length; c++) {
    if (people[c]! === 0) continue;
    const toX = sumX[c]! / people[c]!;
    const toY = sumY[c]! / people[c]!;
    furthest = Math.max(furthest, Math.sqrt((toX - centerX[c]!) ** 2 + (toY - centerY[c]!) ** 2));
    centerX[c] = toX;
    centerY[c] = toY;
  }
  return furthest;
}

/**
 * Places move one by one to the group where they add least error, counting that both middles shift along, until
 * none wants to. What is left is settled too, and often lower. J. A. Hartigan (1975), Clustering Algorithms, Wiley, chapter 4.
 */
function exchange(places: Places, settled: Clustering): Clustering {
  const { x, y, weight } = places;
  const k = settled.centerX.length;
  const centerX = settled.centerX.slice();
  const centerY = settled.centerY.slice();
  const of = settled.of.slice();
  const people = new Float64Array(k);
  for (let i = 0; i < x.length; i++) people[of[i]!]! += weight[i]!;
  let moved = false;
  for (let quiet = 0, i = 0, steps = 0; quiet < x.length && steps < 100 * x.length; steps++, i = (i + 1) % x.length) {
    quiet++;
    const own = of[i]!;
    const w = weight[i]!;
    if (w === 0 || people[own]! <= w) continue;
    const leaves = cost(i, own) * (people[own]! / (people[own]! - w));
    let to = own;
    let least = leaves * (1 - rounding);
    for (let c = 0; c < k; c++) {
      if (c === own) continue;
      const joins = cost(i, c) * (people[c]! / (people[c]! + w));
      if (joins < least) {
        least = joins;
        to = c;
      }
    }
    if (to === own) continue;
    people[own]! -= w;
    centerX[own]! -= (w * (x[i]! - centerX[own]!)) / people[own]!;
    centerY[own]! -= (w * (y[i]! - centerY[own]!)) / people[own]!;
    people[to]! += w;
    centerX[to]! += (w * (x[i]! - centerX[to]!)) / people[to]!;
    centerY[to]! += (w * (y[i]! - centerY[to]!)) / people[to]!;
    of[i] = to;
    moved = true;
    quiet = 0;
  }
  return moved ? settle(places, { centerX, centerY }) : settled;

  function cost(i: number, c: number): number {
    return (x[i]! - centerX[c]!) ** 2 + (y[i]! - centerY[c]!) ** 2;
  }
}

/**
 * For each number of groups from 1 to `most` the divisions that settle with the smallest error, best first.
 * No chance and no order of the places comes into it.
 *
 * k groups grow out of the best k − 1 by a new center where it must take away most error (A. Likas, N. Vlassis &
 * J. J. Verbeek 2003, Pattern Recognition 36:451; of few places out of every division found); then each center is tried wherever one was
 * missed, as long as that helps (P. Fränti & J. Kivijärvi 2000, Pattern Analysis & Applications 3:358, with every swap tried instead of a random one).
 */
export function bestClusterings(places: Places, most: number, effort: number = thorough): Clustering[][] {
  const mean = settle(places, { centerX: new Float64Array(1), centerY: new Float64Array(1) });
  const found: Clustering[][] = [[mean]];
  while (found.length < most) {
    const next = grow(places, found.at(-1)!, effort);
    if (next.length === 0) break;
    found.push(next);
  }
  return found;
}

function grow(places: Places, smaller: readonly Clustering[], effort: number): Clustering[] {
  const pool: Clustering[] = [];
  const from = tryEverywhere(places, effort) ? smaller.slice(0, few) : smaller.slice(0, 1);
  for (const one of from) {
    for (const start of withOneMore(places, one, effort)) keep(pool, places, settle(places, start));
  }
  let grown: Clustering | undefined;
  while (pool[0] && pool[0] !== grown) {
    grown = pool[0];
    for (let c = 0; c < grown.centerX.length; c++) {
      for (const start of withOneMore(places, without(grown, c), effort)) keep(pool, places, settle(places, start));
    }
  }
  return pool;
}

/** The pool holds each settled division once, best first; those that come near the best are worked on. */
function keep(pool: Clustering[], places: Places, found: Clustering): void {
  const promising = pool.length === 0 || found.squaredError < promise * pool[0]!.squaredError;
  const settled = promising ? exchange(places, found) : found;
  const near = (one: Clustering): boolean =>
    Math.abs(one.squaredError - settled.squaredError) <= rounding * settled.squaredError;
  if (pool.some(near) || !allUsed(settled)) return;
  const place = pool.findIndex((one) => one.squaredError > settled.squaredError);
  pool.splice(place < 0 ? pool.length : place, 0, settled);
}

function tryEverywhere({ x }: Places, effort: number): boolean {
  return effort >= thorough && x.length <= few;
}

function allUsed({ of, centerX }: Clustering): boolean {
  const used = new Uint8Array(centerX.length);
  let count = 0;
  for (const c of of) if (used[c] === 0) count += used[c] = 1;
  return count === centerX.length;
}

function without({ centerX, centerY }: Centers, gone: number): Centers {
  return { centerX: centerX.filter((_, c) => c !== gone), centerY: centerY.filter((_, c) => c !== gone) };
}

/** Starts with a center more, at the places where it takes away most error; each from another neighbourhood. */
function withOneMore(places: Places, centers: Centers, most: number): Centers[] {
  const { x, y, weight } = places;
  const size = x.length;
  const far = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let distance = Infinity;
    for (let c = 0; c < centers.centerX.length; c++) {
      distance = Math.min(distance, (x[i]! - centers.centerX[c]!) ** 2 + (y[i]! - centers.centerY[c]!) ** 2);
    }
    far[i] = distance;
  }
  const gain = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    let total = 0;
    for (let i = 0; i < size; i++) {
      const dx = x[i]! - x[at]!;
      const dy = y[i]! - y[at]!;
      const won = far[i]! - (dx * dx + dy * dy);
      if (won > 0) total += weight[i]! * won;
    }
    gain[at] = total;
  }
  const starts: Centers[] = [];
  const every = tryEverywhere(places, most);
  while (every || starts.length < most) {
    let best = -1;
    for (let at = 0; at < size; at++) if (gain[at]! > 0 && (best < 0 || gain[at]! > gain[best]!)) best = at;
    if (best < 0) break;
    starts.push({
      centerX: Float64Array.of(...centers.centerX, x[best]!),
      centerY: Float64Array.of(...centers.centerY, y[best]!),
    });
    for (let i = 0; i < size && !every; i++) {
      if ((x[i]! - x[best]!) ** 2 + (y[i]! - y[best]!) ** 2 < far[i]!) gain[i] = 0;
    }
    gain[best] = 0;
  }
  return starts;
}
