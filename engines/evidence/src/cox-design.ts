import { refuse, type Parsed } from '@meedoen/units';
import { standardise, type Covariate, type Standardised } from './covariates.ts';
import { everyone, inOrderOf, type Groups } from './groups.ts';
import { countUpTo, type Spells } from './spells.ts';

export type CoxTies = 'efron' | 'breslow';

/**
 * What every pass over a Cox model reads. All event times of all strata stand in one row, stratum after stratum,
 * ascending; row i is at risk at the event times `first[i]` to `last[i] - 1`. An event of row i is at `last[i] - 1`.
 *
 * Rows stand in the order of their stratum and end, events first, so that passes walk through memory; `order[i]` is the row
 * as it was given.
 */
export type CoxDesign = {
  readonly size: number;
  readonly order: Int32Array;
  readonly terms: Standardised;
  readonly ties: CoxTies;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly isEvent: Uint8Array;
  readonly weight: Float64Array | null;
  /** Where each stratum's event times begin; one more entry closes the last. */
  readonly stratumStart: Int32Array;
  /** Place of each event time on the scale of the spells. */
  readonly eventPlace: Int32Array;
  /** Events at each time: the number tied for Efron's correction … */
  readonly tied: Float64Array;
  /** … and what each of those counts for: 1, or the mean sampling weight. */
  readonly meanWeight: Float64Array;
  readonly events: number;
};

/**
 * Prepare a Cox model for the event `cause` (others count as censored). O(n·p + n + times), no sort by value.
 *
 * Refuses unusable covariates, no events, and fractional copies with Efron's ties: half a person is not tied with anybody.
 */
export function coxDesign(
  spells: Spells,
  {
    covariates,
    strata = everyone(spells.size),
    ties = 'efron',
    cause = 1,
  }: {
    readonly covariates: readonly Covariate[];
    readonly strata?: Groups;
    readonly ties?: CoxTies;
    readonly cause?: number;
  },
): Parsed<CoxDesign> {
  const { size, from, weight, weightMeaning } = spells;
  const { place, order, runs } = inRuns(spells, strata, cause);
  const terms = standardise(covariates, size, place);
  if (!terms.ok) return terms;

  const isEvent = new Uint8Array(size);
  const first = new Int32Array(size);
  const last = new Int32Array(size);
  const stratumStart = new Int32Array(strata.names.length + 1);
  const eventPlace: number[] = [];
  const tied: number[] = [];
  const meanWeight: number[] = [];
  let events = 0;
  let stratum = -1;
  for (let r = 0; r < runs.stratum.length; r++) {
    while (stratum < runs.stratum[r]!) stratumStart[++stratum] = eventPlace.length;
    const begin = runs.start[r]!;
    const afterEvents = begin + runs.events[r]!;
    if (afterEvents > begin) {
      isEvent.fill(1, begin, afterEvents);
      let mass = afterEvents - begin;
      let count = mass;
      if (weight) {
        mass = 0;
        for (let a = begin; a < afterEvents; a++) mass += weight[order[a]!]!;
        if (weightMeaning === 'copies') count = mass;
      }
      eventPlace.push(runs.end[r]!);
      tied.push(count);
      meanWeight.push(mass / count);
      events += count;
    }
    const after = runs.start[r + 1]!;
    last.fill(eventPlace.length, begin, after);
    first.fill(stratumStart[stratum]!, begin, after);
  }
  stratumStart.fill(eventPlace.length, stratum + 1);
  if (events === 0)
    return refuse('no-events', 'Nobody had the event, so there is nothing to explain. Follow people longer.');
  if (ties === 'efron' && weight && weightMeaning === 'copies' && tied.some((count) => count !== Math.round(count))) {
    return refuse(
      'copies-not-whole',
      'Weights that count copies must be whole numbers for Efron’s ties. Use whole counts, Breslow’s ties, or say that the weights are sampling weights.',
    );
  }

  const places = Int32Array.from(eventPlace);
  if (from) {
    for (let a = 0; a < size; a++) {
      const code = strata.codes[order[a]!]!;
      const mine = places.subarray(stratumStart[code]!, stratumStart[code + 1]!);
      first[a]! += countUpTo(mine, from[order[a]!]! - 1);
    }
  }
  return {
    ok: true,
    value: {
      size,
      order,
      terms: terms.value,
      ties,
      first,
      last,
      isEvent,
      weight: weight && Float64Array.from(order, (row) => weight[row]!),
      stratumStart,
      eventPlace: places,
      tied: Float64Array.from(tied),
      meanWeight: Float64Array.from(meanWeight),
      events,
    },
  };
}

/** Rows of one stratum and one end stand together, events first; a run is such rows, from `start[r]` to `start[r + 1] - 1`. */
type Runs = {
  readonly stratum: Int32Array;
  readonly end: Int32Array;
  readonly start: Int32Array;
  readonly events: Int32Array;
};

/** Rows by stratum, end and event: where each row stands, which row stands where, and the runs. O(n + times). */
function inRuns(
  { size, to, times, cause: causes }: Spells,
  strata: Groups,
  cause: number,
): { readonly place: Int32Array; readonly order: Int32Array; readonly runs: Runs } {
  const width = times.length;
  const place = new Int32Array(size);
  const order = new Int32Array(size);
  const stratum: number[] = [];
  const end: number[] = [];
  const start: number[] = [];
  const events: number[] = [];
  const cells = 2 * strata.names.length * width;
  if (cells <= 4 * size + 65_536) {
    // One count of all three together: each row is read once for the count and once for its place.
    const next = new Int32Array(cells + 1);
    for (let i = 0; i < size; i++) {
      const cell = 2 * (strata.codes[i]! * width + to[i]!) + (causes[i] === cause ? 0 : 1);
      place[i] = cell;
      next[cell + 1]!++;
    }
    for (let cell = 0; cell < cells; cell++) next[cell + 1]! += next[cell]!;
    for (let cell = 0; cell < cells; cell += 2) {
      if (next[cell + 2] === next[cell]) continue;
      stratum.push(Math.floor(cell / (2 * width)));
      end.push((cell / 2) % width);
      start.push(next[cell]!);
      events.push(next[cell + 1]! - next[cell]!);
    }
    for (let i = 0; i < size; i++) {
      const a = next[place[i]!]!++;
      place[i] = a;
      order[a] = i;
    }
  } else {
    // Nearly every cell would be empty: three counts instead of one.
    const later = Int32Array.from(causes, (c) => (c === cause ? 0 : 1));
    const byEnd = inOrderOf(to, width, inOrderOf(later, 2).order).order;
    order.set(inOrderOf(strata.codes, strata.names.length, byEnd).order);
    for (let a = 0; a < size; a++) {
      const i = order[a]!;
      place[i] = a;
      const r = start.length - 1;
      if (r < 0 || stratum[r] !== strata.codes[i] || end[r] !== to[i]) {
        stratum.push(strata.codes[i]!);
        end.push(to[i]!);
        start.push(a);
        events.push(1 - later[i]!);
      } else events[r]! += 1 - later[i]!;
    }
  }
  start.push(size);
  const [ofStratum, atEnd, from, happened] = [stratum, end, start, events].map((list) => Int32Array.from(list));
  return { place, order, runs: { stratum: ofStratum!, end: atEnd!, start: from!, events: happened! } };
}
