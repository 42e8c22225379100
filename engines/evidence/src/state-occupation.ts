import type { Parsed } from '@meedoen/units';
import type { IncidenceCurve } from './cumulative-incidence.ts';
import type { Note } from './estimate.ts';
import { commonMoves } from './common-moves.ts';
import { everyone, inOrderOf, type Groups } from './groups.ts';
import type { Histories } from './histories.ts';
import { limits, type IntervalShape } from './survival-curve.ts';
import { transitionScales, type TransitionScale } from './transition-scale.ts';

/** How often people moved from one state to another, and the cumulative hazard of that move (Nelson–Aalen). */
export type Transition = {
  readonly from: string;
  readonly to: string;
  /** Weighted number of moves. */
  readonly moves: number;
  /** At the times of the group. */
  readonly cumulativeHazard: Float64Array;
};

/**
 * In which state a group's people are over time (nl: toestandskansen). At every time the states add to 1.
 */
export type Occupation = {
  readonly group: string;
  /** Persons, or the sum of their copies, and how long the last of them was followed. */
  readonly people: number;
  readonly followedTo: number;
  readonly origin: number;
  /** Shares at the origin, per state, before anything happened. */
  readonly atOrigin: readonly number[];
  /** The times at which somebody in the group moved, ascending. */
  readonly time: Float64Array;
  readonly states: readonly (Omit<IncidenceCurve, 'cause'> & {
    readonly state: string;
    readonly atRisk: Float64Array;
  })[];
  /** Every move that was seen. */
  readonly transitions: readonly Transition[];
  readonly interval: IntervalShape;
  readonly confidence: number;
  readonly notes: readonly Note[];
};

export type OccupationOptions = {
  /** Per row; all rows of a person in one group. */
  readonly groups?: Groups;
  /** Households or locations, per row. Rows of one person always count as one. */
  readonly clusters?: Groups;
  /** From when on: later than the earliest start it is a landmark, from which only people followed then are known. */
  readonly origin?: number;
  /** Begin everybody in this state, in place of the shares seen at the origin. */
  readonly startingIn?: string;
  /**
   * Whether the shares at the origin are themselves uncertain. `estimated` (default): they were counted among these
   * people. `given`: taken as known, which is what R's survfit does. Only matters when people begin in several states.
   */
  readonly startingShares?: 'estimated' | 'given';
  readonly interval?: IntervalShape;
  readonly confidence?: number;
};

/**
 * Aalen–Johansen shares in each state for any number of states: p(t) = p(0) Π (I + dA).
 *
 * Standard errors by the infinitesimal jackknife over people (or clusters), the uncertainty of the shares at the origin
 * included. Shares of people who began together are right for any histories that do not depend on who is followed; with
 * `startingIn` also the past beyond the present state must not matter (Markov).
 * Refuses what {@link transitionScales} refuses. O(rows·states²·log times + times·states³); with everybody followed from
 * the origin in one row each O(rows·states + times·states³).
 *
 * O. O. Aalen & S. Johansen (1978), Scandinavian Journal of Statistics 5, 141–150. S. Datta & G. A. Satten (2001),
 * Statistics & Probability Letters 55, 403–411, for histories that are not Markov.
 */
export function stateOccupation(histories: Histories, options: OccupationOptions = {}): Parsed<Occupation[]> {
  const { groups = everyone(histories.size), clusters, interval = 'log-log', confidence = 0.95 } = options;
  const given = options.startingShares === 'given';
  const scales = transitionScales(histories, { ...options, groups });
  if (!scales.ok) return scales;
  const s = histories.states.length;
  return {
    ok: true,
    value: scales.value.map((scale): Occupation => {
      const { times, shares, atRisk } = scale;
      const se = occupationErrors(histories, given ? { ...scale, atOrigin: 0 } : scale, clusters);
      const column = (cells: Float64Array, k: number): Float64Array =>
        Float64Array.from(times, (_, j) => cells[j * s + k]!);
      return {
        group: scale.group,
        people: peopleOf(histories, scale.rows),
        followedTo: scale.followedTo,
        origin: scale.origin,
        atOrigin: [...shares.subarray(0, s)],
        time: times,
        states: histories.states.map((state, k) => {
          const share = column(shares.subarray(s), k);
          const error = column(se, k);
          return { state, share, se: error, ...limits(share, error, interval, confidence), atRisk: column(atRisk, k) };
        }),
        transitions: transitionsOf(histories, scale),
        interval,
        confidence,
        notes: [...histories.notes, ...outOfSight(histories, scale)],
      };
    }),
  };
}

/** Persons with a row here; as copies, the sum of what they count for. */
export function peopleOf({ person, ids, weight, weightMeaning }: Histories, rows: Int32Array): number {
  const seen = new Uint8Array(ids.length);
  let people = 0;
  for (const i of rows) {
    if (seen[person[i]!]) continue;
    seen[person[i]!] = 1;
    people += weight && weightMeaning === 'copies' ? weight[i]! : 1;
  }
  return people;
}

function transitionsOf({ states }: Histories, { times, step, moves }: TransitionScale): Transition[] {
  const s = states.length;
  return states.flatMap((from, h) =>
    states.flatMap((to, k): Transition[] => {
      if (moves[h * s + k] === 0) return [];
      let sum = 0;
      const cumulativeHazard = Float64Array.from(times, (_, j) => (sum += step[(j * s + h) * s + k]!));
      return [{ from, to, moves: moves[h * s + k]!, cumulativeHazard }];
    }),
  );
}

/** A share that is only carried forward: people are said to be in a state, and nobody who could leave it is followed. */
function outOfSight({ states }: Histories, { group, times, atRisk, shares, moves }: TransitionScale): Note[] {
  const s = states.length;
  return states.flatMap((state, h): Note[] => {
    const canLeave = moves.subarray(h * s, (h + 1) * s).some((count) => count > 0);
    if (!canLeave) return [];
    const from = times.findIndex((_, j) => shares[j * s + h]! > 1e-9 && atRisk[j * s + h] === 0);
    if (from < 0) return [];
    return [
      {
        what: 'nobody-followed-in-state',
        words: { group, state, time: times[from]! },
        message: `Group ${group}: at time ${times[from]!} some people are in state ${state} and none of those is followed any more. Their share is only carried forward; end the curve before that time.`,
      },
    ];
  });
}

/**
 * Standard errors of the shares after every time, per state: cell `j·states + k`.
 *
 * Unit i (a person or a cluster) moves p(t) by U_i(t) = U_i(t−)(I + dA) + Σ_h m_ih·v_h + own moves, where m_ih counts its
 * rows now at risk in state h, v_h = −p_h(t−)·dA_h/Y_h, and an own move from h to k adds p_h(t−)/Y_h·(e_k − e_h). Between
 * its own comings, goings and moves (U_i, m_i) changes as {@link CommonMoves} says, alike for all. So the sum of squares
 * over all units goes through time as one matrix, and each unit only adds what it gains when something happens to itself.
 */
function occupationErrors(
  { states, person, ids, from, to, weight, weightMeaning }: Histories,
  scale: TransitionScale,
  clusters: Groups | undefined,
): Float64Array {
  const { rows, first, last, times, atRisk, shares, atOrigin } = scale;
  const s = states.length;
  const width = times.length;
  const common = commonMoves(scale, s);
  const unitOf = clusters ? clusters.codes : person;
  const units = clusters ? clusters.names.length : ids.length;
  // Copies of a person are different people: their squares add by count. Sampling weights multiply what a person moves.
  const copies = !clusters && weight !== null && weightMeaning === 'copies';

  const size = 2 * s; // U, then m
  const cells = size * size;
  /** What comes to the sum of squares at each place because something happened to units; lower halves. */
  const gained = new Float64Array((width + 1) * cells);
  const z = new Float64Array(size);
  let unit = -1;
  let place = -1;
  let many = 1;
  const addSquares = (sign: number): void => {
    for (let a = 0; a < size; a++) {
      const x = sign * many * z[a]!;
      if (x === 0) continue;
      for (let b = 0; b <= a; b++) gained[place * cells + a * size + b]! += x * z[b]!;
    }
  };
  for (const happening of inUnitOrder(scale, unitOf, units, !clusters)) {
    const row = happening >> 1;
    const goes = (happening & 1) === 1;
    if (first[row] === last[row]) continue; // A row that meets no move is never at risk.
    const i = rows[row]!;
    const here = goes ? last[row]! : first[row]!;
    if (unitOf[i] !== unit || here !== place) {
      if (place >= 0) addSquares(1);
      if (unitOf[i] === unit) common.carry(z, place, here);
      else z.fill(0);
      unit = unitOf[i]!;
      place = here;
      many = copies ? weight[i]! : 1;
      addSquares(-1);
    }
    const h = from[i]!;
    const each = weight && !copies ? weight[i]! : 1;
    z[s + h]! += goes ? -each : each;
    if (goes && to[i] !== h) {
      const before = (place - 1) * s + h;
      const moved = (each * shares[before]!) / atRisk[before]!;
      z[to[i]!]! += moved;
      z[h]! -= moved;
    }
    if (!goes && place === 0 && atOrigin > 0) {
      for (let k = 0; k < s; k++) z[k]! += (each * ((k === h ? 1 : 0) - shares[k]!)) / atOrigin;
    }
  }
  if (place >= 0) addSquares(1);

  const squares = gained.slice(0, cells);
  const result = new Float64Array(width * s);
  for (let j = 0; j < width; j++) {
    common.advance(squares, j);
    for (let a = 0; a < cells; a++) squares[a]! += gained[(j + 1) * cells + a]!;
    for (let k = 0; k < s; k++) {
      // Where nobody is, nothing varies: what is left of the squares is rounding.
      const nobody = shares[(j + 1) * s + k] === 0;
      result[j * s + k] = nobody ? 0 : Math.sqrt(Math.max(0, squares[k * size + k]!));
    }
  }
  return result;
}

/**
 * All comings (2·row) and goings (2·row + 1), unit after unit and each unit's through time. A person's rows already stand
 * so; those of a cluster are put in order by counting.
 */
function inUnitOrder(
  { rows, first, last, times }: TransitionScale,
  unitOf: Int32Array,
  units: number,
  sorted: boolean,
): Int32Array {
  const happenings = Int32Array.from({ length: 2 * rows.length }, (_, at) => at);
  if (sorted) return happenings;
  const places = happenings.map((at) => (at & 1 ? last : first)[at >> 1]!);
  const owners = happenings.map((at) => unitOf[rows[at >> 1]!]!);
  return inOrderOf(owners, units, inOrderOf(places, times.length + 1).order).order;
}
