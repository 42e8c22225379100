import { refuse, type Parsed } from '@meedoen/units';
import { standardise, type Covariate, type Standardised } from './covariates.ts';
import { everyone, inOrderOf, type Groups } from './groups.ts';
import { countUpTo, type Spells } from './spells.ts';

export type CoxTies = 'efron' | 'breslow';

/**
 * What every pass over a Cox model reads. All event times of all strata stand in one row, stratum after stratum,
 * ascending; row i is at risk at the event times `first[i]` to `last[i] - 1`. An event of row i is at `last[i] - 1`.
 *
 * Rows stand in the order of their stratum and end, so that passes walk through memory; `order[i]` is the row as it was given.
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
  const { size, to, from, times, weight, weightMeaning } = spells;
  const terms = standardise(covariates, size);
  if (!terms.ok) return terms;

  const { order } = inOrderOf(strata.codes, strata.names.length, inOrderOf(to, times.length).order);
  const isEvent = new Uint8Array(size);
  for (let a = 0; a < size; a++) isEvent[a] = spells.cause[order[a]!] === cause ? 1 : 0;
  const first = new Int32Array(size);
  const last = new Int32Array(size);
  const stratumStart = new Int32Array(strata.names.length + 1);
  const eventPlace: number[] = [];
  const tied: number[] = [];
  const meanWeight: number[] = [];
  let events = 0;
  for (let a = 0, stratum = -1; a < size;) {
    const lead = order[a]!;
    while (stratum < strata.codes[lead]!) stratumStart[++stratum] = eventPlace.length;
    // One run: the rows of this stratum that end at this time.
    let b = a;
    let count = 0;
    let mass = 0;
    for (; b < size && to[order[b]!] === to[lead] && strata.codes[order[b]!] === stratum; b++) {
      if (isEvent[b] === 0) continue;
      const w = weight ? weight[order[b]!]! : 1;
      mass += w;
      count += weightMeaning === 'copies' ? w : 1;
    }
    if (count > 0) {
      eventPlace.push(to[lead]!);
      tied.push(count);
      meanWeight.push(mass / count);
      events += count;
    }
    for (; a < b; a++) {
      last[a] = eventPlace.length;
      first[a] = stratumStart[stratum]!;
    }
    if (a === size) stratumStart.fill(eventPlace.length, stratum + 1);
  }
  if (events === 0)
    return refuse('no-events', 'Nobody had the event, so there is nothing to explain. Follow people longer.');
  if (ties === 'efron' && weight && weightMeaning === 'copies' && tied.some((count) => count !== Math.round(count))) {
    return refuse(
      'copies-not-whole',
      'Weights that count copies must be whole numbers for Efron’s ties. Use whole counts, Breslow’s ties, or say that the weights are sampling weights.',
    );
  }

  const place = Int32Array.from(eventPlace);
  if (from) {
    for (let a = 0; a < size; a++) {
      const row = order[a]!;
      const stratum = strata.codes[row]!;
      const mine = place.subarray(stratumStart[stratum]!, stratumStart[stratum + 1]!);
      first[a]! += countUpTo(mine, from[row]! - 1);
    }
  }
  return {
    ok: true,
    value: {
      size,
      order,
      terms: { ...terms.value, matrix: rowsInOrder(terms.value.matrix, order) },
      ties,
      first,
      last,
      isEvent,
      weight: weight && Float64Array.from(order, (row) => weight[row]!),
      stratumStart,
      eventPlace: place,
      tied: Float64Array.from(tied),
      meanWeight: Float64Array.from(meanWeight),
      events,
    },
  };
}

function rowsInOrder(matrix: Float64Array, order: Int32Array): Float64Array {
  const p = matrix.length / order.length;
  const sorted = new Float64Array(matrix.length);
  for (let a = 0; a < order.length; a++) {
    const from = order[a]! * p;
    for (let j = 0; j < p; j++) sorted[a * p + j] = matrix[from + j]!;
  }
  return sorted;
}
