import { everyone, type Groups } from './groups.ts';
import type { Spells } from './spells.ts';

/** Who was followed and what happened, per distinct time: all that curves, log-rank and restricted means need. */
export type RiskTable = {
  readonly group: string;
  /** Rows in the group, and people: the sum of their weights. */
  readonly rows: number;
  readonly people: number;
  /** The times at which somebody in the group left or had an event, ascending. */
  readonly time: Float64Array;
  /** Their places on the scale of the spells. */
  readonly place: Int32Array;
  /** Weighted number followed just before each time. */
  readonly atRisk: Float64Array;
  /** Weighted number of events of any cause at each time. */
  readonly events: Float64Array;
  /** The same per cause: `eventsByCause[0]` is cause 1. */
  readonly eventsByCause: readonly Float64Array[];
  readonly censored: Float64Array;
};

/** One table per group, in the order of the group names. O(n + groups × distinct times). */
export function riskTables(spells: Spells, groups: Groups = everyone(spells.size)): RiskTable[] {
  const { size, times, from, causes, weight } = spells;
  const { codes, names } = groups;
  if (codes.length !== size) throw new RangeError(`There are ${size} spells and ${codes.length} group codes.`);
  const width = times.length;
  const kinds = causes + 1;
  const leaving = leavingPerCell(spells, codes, names.length * width, kinds);
  const entering = from ? enteringPerCell(spells, codes, names.length * width) : null;
  const rows = new Int32Array(names.length);
  for (let i = 0; i < size; i++) rows[codes[i]!]!++;
  const people = weight ? weightPerGroup(weight, codes, names.length) : Float64Array.from(rows);

  return names.map((group, code) => {
    const base = code * width;
    let length = 0;
    for (let j = 0; j < width; j++) if (somebodyLeaves(leaving, base + j, kinds)) length++;
    const time = new Float64Array(length);
    const place = new Int32Array(length);
    const atRisk = new Float64Array(length);
    const events = new Float64Array(length);
    const censored = new Float64Array(length);
    const eventsByCause = Array.from({ length: causes }, () => new Float64Array(length));
    // Backwards: at risk = everybody who leaves now or later, minus those who enter later.
    let followed = 0;
    for (let j = width - 1, k = length - 1; j >= 0; j--) {
      const cell = base + j;
      if (somebodyLeaves(leaving, cell, kinds)) {
        time[k] = times[j]!;
        place[k] = j;
        censored[k] = leaving[cell * kinds]!;
        followed += censored[k]!;
        for (let c = 1; c <= causes; c++) {
          const count = leaving[cell * kinds + c]!;
          eventsByCause[c - 1]![k] = count;
          events[k]! += count;
          followed += count;
        }
        // With fractional weights rounding may leave crumbs of people who are all gone.
        const staying = followed - events[k]!;
        atRisk[k] = weight && Math.abs(staying) < 1e-12 * people[code]! ? events[k]! : followed;
        k--;
      }
      if (entering) followed -= entering[cell]!;
    }
    return { group, rows: rows[code]!, people: people[code]!, time, place, atRisk, events, eventsByCause, censored };
  });
}

function somebodyLeaves(leaving: Int32Array | Float64Array, cell: number, kinds: number): boolean {
  for (let at = cell * kinds, end = at + kinds; at < end; at++) if (leaving[at]! > 0) return true;
  return false;
}

/**
 * How many leave per group, place and way to leave: cell = code · width + place, and in it one count per cause, censored first.
 * One random access a row is what a million rows cost; whole people are counted in whole numbers, which take half the room.
 */
export function leavingPerCell(
  { size, times, to, cause, weight }: Spells,
  codes: Int32Array,
  cells: number,
  kinds: number,
): Int32Array | Float64Array {
  const width = times.length;
  if (!weight) {
    const counts = new Int32Array(cells * kinds);
    for (let i = 0; i < size; i++) counts[(codes[i]! * width + to[i]!) * kinds + cause[i]!]!++;
    return counts;
  }
  const counts = new Float64Array(cells * kinds);
  for (let i = 0; i < size; i++) counts[(codes[i]! * width + to[i]!) * kinds + cause[i]!]! += weight[i]!;
  return counts;
}

/** How many enter per group and place. */
export function enteringPerCell({ size, times, from, weight }: Spells, codes: Int32Array, cells: number): Float64Array {
  const counts = new Float64Array(cells);
  for (let i = 0; i < size; i++) counts[codes[i]! * times.length + from![i]!]! += weight ? weight[i]! : 1;
  return counts;
}

function weightPerGroup(weight: Float64Array, codes: Int32Array, groups: number): Float64Array {
  const people = new Float64Array(groups);
  for (let i = 0; i < weight.length; i++) people[codes[i]!]! += weight[i]!;
  return people;
}
