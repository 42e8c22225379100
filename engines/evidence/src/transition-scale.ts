import { refuse, type Parsed } from '@meedoen/units';
import type { Groups } from './groups.ts';
import type { Histories } from './histories.ts';
import { countUpTo } from './spells.ts';

/**
 * The moves of one group on a scale of their distinct times, and the shares in each state that follow from them:
 * p(t) = p(t−)(I + dA), dA the moves over the people at risk (Aalen & Johansen 1978). Everything about states reads this.
 *
 * Row `rows[a]` is at risk at the times `first[a]` to `last[a] − 1`; its own move is at `last[a] − 1`.
 */
export type TransitionScale = {
  readonly group: string;
  /** Rows of the histories, person after person and each person's through time. */
  readonly rows: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Distinct times after the origin at which somebody moved. */
  readonly times: Float64Array;
  /** Weighted people at risk just before each time, per state: cell `j·states + h`. */
  readonly atRisk: Float64Array;
  /** dA at each time: cell `(j·states + from)·states + to`; the diagonal is minus the rest of its row. */
  readonly step: Float64Array;
  /** Shares before each time, and after the last: `(times + 1)·states` numbers. */
  readonly shares: Float64Array;
  /** Moves per pair of states: cell `from·states + to`, weighted. */
  readonly moves: Float64Array;
  readonly origin: number;
  readonly followedTo: number;
  /** Weighted people whose states make the shares at the origin: those at risk at the first move. 0 when the start was given. */
  readonly atOrigin: number;
};

export type ScaleOptions = {
  readonly groups: Groups;
  /** From when on. Default: the earliest start of all rows. */
  readonly origin?: number;
  /** Begin everybody in this state: the row of P(origin, t) that belongs to it. */
  readonly startingIn?: string;
};

/** One scale per group; groups of no rows, or with nobody at the origin, are refused. O(n log times + times·states²). */
export function transitionScales(
  histories: Histories,
  { groups, origin = histories.start.reduce((a, b) => Math.min(a, b), Infinity), startingIn }: ScaleOptions,
): Parsed<TransitionScale[]> {
  const { size, states, person } = histories;
  if (groups.codes.length !== size) {
    throw new RangeError(`There are ${size} rows of histories and ${groups.codes.length} group codes.`);
  }
  if (!(origin >= 0 && origin < Infinity)) {
    return refuse('origin-not-usable', `The origin ${origin} is not a time. Give a number from 0 up.`, {
      origin: String(origin),
    });
  }
  const begin = startingIn === undefined ? null : states.indexOf(startingIn);
  if (begin === -1) {
    return refuse(
      'state-not-listed',
      `“${startingIn}” is not in the list of states. Use one of: ${states.join(', ')}.`,
      { found: startingIn! },
    );
  }
  const groupOf = new Int32Array(histories.ids.length).fill(-1);
  for (let i = 0; i < size; i++) {
    const known = groupOf[person[i]!]!;
    if (known !== -1 && known !== groups.codes[i]) {
      const who = String(histories.ids[person[i]!]);
      return refuse(
        'person-in-two-groups',
        `${who} is in group ${groups.names[known]} and in group ${groups.names[groups.codes[i]!]}. Give all rows of a person one group.`,
        { id: who },
      );
    }
    groupOf[person[i]!] = groups.codes[i]!;
  }

  const scales: TransitionScale[] = [];
  for (const [code, group] of groups.names.entries()) {
    const members = histories.order.filter((i) => groups.codes[i] === code && histories.stop[i]! > origin);
    if (members.length === 0) {
      return refuse('group-empty', `Group ${group} has no rows after ${origin}. Leave it out, or begin earlier.`, {
        group,
        origin,
      });
    }
    const scale = scaleOf(histories, members, group, origin, begin);
    if (!scale) {
      return refuse(
        'nobody-at-origin',
        `Nobody in group ${group} was followed at ${origin}, so nobody knows in which states people began. Begin where people are followed, or name the state they start in.`,
        { group, origin },
      );
    }
    scales.push(scale);
  }
  return { ok: true, value: scales };
}

function scaleOf(
  { states, start, stop, from, to, weight }: Histories,
  rows: Int32Array,
  group: string,
  origin: number,
  begin: number | null,
): TransitionScale | null {
  const s = states.length;
  const times = distinctMoves(rows, stop, from, to);
  const width = times.length;
  const first = new Int32Array(rows.length);
  const last = new Int32Array(rows.length);
  const atRisk = new Float64Array(width * s);
  // People who come (before a time) and go (after it), turned into people at risk by a running sum.
  const change = new Float64Array((width + 1) * s);
  const step = new Float64Array(width * s * s);
  const moves = new Float64Array(s * s);
  const initial = new Float64Array(s);
  let atOrigin = 0;
  let people = 0;
  let followedTo = 0;
  for (let a = 0; a < rows.length; a++) {
    const i = rows[a]!;
    const w = weight ? weight[i]! : 1;
    const h = from[i]!;
    people += w;
    first[a] = start[i]! <= origin ? 0 : countUpTo(times, start[i]!);
    last[a] = countUpTo(times, stop[i]!);
    change[first[a]! * s + h]! += w;
    change[last[a]! * s + h]! -= w;
    // Who counts at the origin: people at risk at the first move, because nothing happened before it; R does so too.
    if (width > 0 ? first[a] === 0 && last[a]! > 0 : start[i]! <= origin) {
      initial[h]! += w;
      atOrigin += w;
    }
    followedTo = Math.max(followedTo, stop[i]!);
    if (to[i] !== h) {
      moves[h * s + to[i]!]! += w;
      step[((last[a]! - 1) * s + h) * s + to[i]!]! += w;
    }
  }
  if (begin !== null) {
    initial.fill(0);
    initial[begin] = 1;
    atOrigin = 0;
  } else {
    if (atOrigin === 0) return null;
    for (let h = 0; h < s; h++) initial[h]! /= atOrigin;
  }

  const shares = new Float64Array((width + 1) * s);
  shares.set(initial);
  const followed = new Float64Array(s);
  for (let j = 0; j < width; j++) {
    for (let h = 0; h < s; h++) {
      followed[h]! += change[j * s + h]!;
      const row = (j * s + h) * s;
      let leaving = 0;
      for (let k = 0; k < s; k++) leaving += step[row + k]!;
      // With fractional weights rounding may leave crumbs of people who are all gone.
      if (weight && Math.abs(followed[h]! - leaving) < 1e-12 * people) followed[h] = leaving;
      const y = followed[h]!;
      atRisk[j * s + h] = y;
      const p = shares[j * s + h]!;
      if (leaving > 0) {
        for (let k = 0; k < s; k++) {
          step[row + k]! /= y;
          shares[(j + 1) * s + k]! += p * step[row + k]!;
        }
        step[row + h] = -leaving / y;
      }
      shares[(j + 1) * s + h]! += leaving > 0 ? p * (1 - leaving / y) : p;
    }
  }
  return { group, rows, first, last, times, atRisk, step, shares, moves, origin, followedTo, atOrigin };
}

function distinctMoves(rows: Int32Array, stop: Float64Array, from: Uint8Array, to: Uint8Array): Float64Array {
  const all: number[] = [];
  for (const i of rows) if (from[i] !== to[i]) all.push(stop[i]!);
  const sorted = Float64Array.from(all).sort();
  let distinct = 0;
  for (let a = 0; a < sorted.length; a++) if (a === 0 || sorted[a] !== sorted[a - 1]) sorted[distinct++] = sorted[a]!;
  return sorted.slice(0, distinct);
}
