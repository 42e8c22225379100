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
  const { size, times, from, to, cause, causes, weight } = spells;
  const { codes, names } = groups;
  if (codes.length !== size) throw new RangeError(`There are ${size} spells and ${codes.length} group codes.`);
  const width = times.length;
  // One long row per group: cell = code · width + place. Kind 0 is censored.
  const cells = names.length * width;
  const leaving = Array.from({ length: causes + 1 }, () => new Float64Array(cells));
  const entering = from ? new Float64Array(cells) : null;
  const rows = new Int32Array(names.length);
  const people = new Float64Array(names.length);
  for (let i = 0; i < size; i++) {
    const code = codes[i]!;
    const cell = code * width + to[i]!;
    const w = weight ? weight[i]! : 1;
    leaving[cause[i]!]![cell]! += w;
    if (entering) entering[code * width + from![i]!]! += w;
    rows[code]!++;
    people[code]! += w;
  }

  const somebodyLeaves = (cell: number): boolean => leaving.some((count) => count[cell]! > 0);

  return names.map((group, code) => {
    const base = code * width;
    let length = 0;
    for (let j = 0; j < width; j++) if (somebodyLeaves(base + j)) length++;
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
      if (somebodyLeaves(cell)) {
        time[k] = times[j]!;
        place[k] = j;
        censored[k] = leaving[0]![cell]!;
        followed += leaving[0]![cell]!;
        for (let c = 1; c <= causes; c++) {
          const count = leaving[c]![cell]!;
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
