import { bestClusterings, settle, type Clustering } from './k-means.ts';
import { neighbourhoods, type Places } from './neighbourhoods.ts';
import { distances, silhouette } from './silhouette.ts';
import { stabilities } from './stability.ts';
import { type Partition } from './tally.ts';

/** What speaks for a number of groups. */
export type GroupCount = {
  readonly count: number;
  /** How far apart the groups lie, −1 to 1. */
  readonly silhouette: number;
  /** How surely they come back when half of the places is left out, up to 1. */
  readonly stability: number;
};

/** Groups of people who vote alike (nl: meningsgroepen), the largest first. */
export type Grouping = Partition & {
  /** Where the middle of each group lies on the map. */
  readonly centerX: Float64Array;
  readonly centerY: Float64Array;
  readonly sizes: Uint32Array;
  /** Squared distances of people to the middle of their group. */
  readonly squaredError: number;
  /** Every number of groups that was considered, 2 and up; empty when everybody stands in one place. */
  readonly considered: readonly GroupCount[];
};

export const mostGroups = 5;
const mostPlaces = 128;
/** The halves are searched on fewer, so that 8 searches cost no more than one. */
const mostPlacesHalved = 64;
/** People for each further group. */
const peoplePerGroup = 12;

/**
 * Groups on the opinion map. The number of groups is the one whose silhouette × stability is highest (of
 * equals the smallest), so that groups are both apart and not a coin flip; `count` overrules it.
 *
 * Depends on where people stand and on nothing else: not on the order of people, statements or votes.
 *
 * @param x places of everybody, by row of the votes; `y` alike
 * @param rows who takes part
 */
export function findGroups(x: Float64Array, y: Float64Array, rows: Uint32Array, count?: number): Grouping {
  const people = standing(x, y, rows);
  const places = neighbourhoods(people, mostPlaces);
  const upTo = count ?? Math.min(mostGroups, 2 + Math.floor(places.x.length / peoplePerGroup));
  const pools = bestClusterings(places, Math.max(1, Math.min(upTo, places.x.length)));

  const between = distances(places);
  const comesBack = stabilities(neighbourhoods(places, mostPlacesHalved), pools.length);
  const considered = pools.slice(1).map((pool, at): GroupCount => ({
    count: at + 2,
    silhouette: silhouette(places, between, pool[0]!),
    stability: comesBack[at] ?? 0,
  }));
  const chosen = count ?? mostConvincing(considered);
  const pool = pools[Math.min(chosen, pools.length) - 1]!;

  // The places stood for people; the people themselves have the last word, between the rivals within 0.2 %.
  let best: Clustering | undefined;
  for (const rival of pool.slice(0, 3)) {
    if (rival.squaredError > 1.002 * pool[0]!.squaredError) break;
    const settled = settle(people, rival);
    if (!best || settled.squaredError < best.squaredError) best = settled;
  }
  return numbered(best!, rows, x.length, considered);
}

function standing(x: Float64Array, y: Float64Array, rows: Uint32Array): Places {
  const people = {
    x: new Float64Array(rows.length),
    y: new Float64Array(rows.length),
    weight: new Float64Array(rows.length).fill(1),
  };
  for (let i = 0; i < rows.length; i++) {
    people.x[i] = x[rows[i]!]!;
    people.y[i] = y[rows[i]!]!;
  }
  return people;
}

function mostConvincing(considered: readonly GroupCount[]): number {
  let best: GroupCount | undefined;
  for (const one of considered) {
    if (!best || one.silhouette * one.stability > best.silhouette * best.stability) best = one;
  }
  return best?.count ?? 1;
}

/** Group 0 is the largest; of equal groups the one further right, then further up. */
function numbered(
  found: Clustering,
  rows: Uint32Array,
  everybody: number,
  considered: readonly GroupCount[],
): Grouping {
  const people = new Uint32Array(found.centerX.length);
  for (const group of found.of) people[group]!++;
  const order = Array.from(people.keys())
    .filter((group) => people[group]! > 0)
    .sort(
      (one, other) =>
        people[other]! - people[one]! ||
        found.centerX[other]! - found.centerX[one]! ||
        found.centerY[other]! - found.centerY[one]!,
    );
  const number = new Int32Array(people.length);
  order.forEach((group, at) => (number[group] = at));
  const of = new Int32Array(everybody).fill(-1);
  rows.forEach((row, at) => (of[row] = number[found.of[at]!]!));
  return {
    groups: order.map((_, at) => at),
    of,
    centerX: Float64Array.from(order, (group) => found.centerX[group]!),
    centerY: Float64Array.from(order, (group) => found.centerY[group]!),
    sizes: Uint32Array.from(order, (group) => people[group]!),
    squaredError: found.squaredError,
    considered,
  };
}
