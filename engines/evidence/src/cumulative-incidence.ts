import type { Note } from './estimate.ts';
import { everyone, type Groups } from './groups.ts';
import { influenceOnIncidence, influenceOnLogSurvival } from './influence.ts';
import { riskTables, type RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';
import { limits, type IntervalShape } from './survival-curve.ts';
import { refuse, type Parsed } from '@meedoen/units';

/** The share whom one cause had reached by each time. */
export type IncidenceCurve = {
  readonly cause: string;
  readonly share: Float64Array;
  readonly se: Float64Array;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
};

/**
 * Where a group's people are over time: still waiting, or ended by each of the causes (nl: cumulatieve incidentie).
 *
 * All causes stand together, because one alone misleads: “found work” is only half the story when others left the country.
 * At every time `waiting` and the causes add to 1.
 */
export type Risks = {
  readonly table: RiskTable;
  readonly waiting: IncidenceCurve;
  readonly causes: readonly [IncidenceCurve, ...IncidenceCurve[]];
  readonly interval: IntervalShape;
  readonly confidence: number;
  readonly notes: readonly Note[];
};

export type RisksOptions = {
  /** What the causes 1, 2 … are called. All must be named. */
  readonly causes: readonly string[];
  readonly groups?: Groups;
  /** Rows of one person or household. */
  readonly clusters?: Groups;
  readonly interval?: IntervalShape;
  readonly confidence?: number;
};

/**
 * Aalen–Johansen estimates, one set per group: F_k(t) = Σ S(t−)·d_k/n.
 *
 * Standard errors by the infinitesimal jackknife, as R's survfit gives them, in closed form by running sums; late entry,
 * sampling weights and clusters too. Refuses a name list that does not fit the causes in the data. O(n + groups × times × causes).
 *
 * O. O. Aalen & S. Johansen (1978), Scandinavian Journal of Statistics 5, 141–150.
 */
export function cumulativeIncidence(spells: Spells, options: RisksOptions): Parsed<Risks[]> {
  const { causes: names, groups = everyone(spells.size), clusters, interval = 'log-log', confidence = 0.95 } = options;
  // With everybody followed from the start the influence function has a closed form over counts.
  const fromCounts = !spells.from && !clusters && !(spells.weight && spells.weightMeaning === 'sampling');
  if (names.length < spells.causes) {
    return refuse(
      'cause-without-a-name',
      `The data hold cause ${spells.causes}, and ${names.length} causes have a name. Name every cause.`,
      {
        causes: spells.causes,
        names: names.length,
      },
    );
  }
  if (names.length === 0) return refuse('no-causes', 'Name at least one cause.');
  const all = riskTables(spells, groups).map((table, code): Risks => {
    const within = { groups, code, clusters };
    const { time, atRisk, events } = table;
    const empty = new Float64Array(time.length);
    const before = new Float64Array(time.length);
    const waiting = new Float64Array(time.length);
    let staying = 1;
    for (let j = 0; j < time.length; j++) {
      before[j] = staying;
      staying *= 1 - events[j]! / atRisk[j]!;
      waiting[j] = staying;
    }
    const curve = (cause: string, share: Float64Array, se: Float64Array): IncidenceCurve => ({
      cause,
      share,
      se,
      ...limits(share, se, interval, confidence),
    });
    const curves = names.map((cause, k) => {
      const share = new Float64Array(time.length);
      const own = table.eventsByCause[k] ?? empty;
      let reached = 0;
      for (let j = 0; j < time.length; j++) share[j] = reached += (before[j]! * own[j]!) / atRisk[j]!;
      const se = fromCounts
        ? errorsOfIncidence(table, before, own, share)
        : influenceOnIncidence(spells, table, k + 1, within).map(Math.sqrt);
      return curve(cause, share, se);
    });
    return {
      table,
      waiting: curve(
        'waiting',
        waiting,
        fromCounts
          ? errorsOfWaiting(table, waiting)
          : influenceOnLogSurvival(spells, table, within).map((v, j) =>
              waiting[j] === 0 ? 0 : waiting[j]! * Math.sqrt(v),
            ),
      ),
      causes: curves as [IncidenceCurve, ...IncidenceCurve[]],
      interval,
      confidence,
      notes: [],
    };
  });
  return { ok: true, value: all };
}

/** S·√Σ d/(n(n − d)); 0 once nobody waits, because then nothing is left that could vary. */
function errorsOfWaiting({ atRisk, events }: RiskTable, waiting: Float64Array): Float64Array {
  let total = 0;
  return waiting.map((share, j) => {
    const n = atRisk[j]!;
    const d = events[j]!;
    if (n > d) total += d / (n * (n - d));
    return share * Math.sqrt(total);
  });
}

/**
 * Var F(t) = Σ [F(t) − F(t_j)]²·g + Σ a − 2Σ [F(t) − F(t_j)]·c over t_j ≤ t, with g = d/(n(n − d)) (0 where n = d),
 * a = S(t−)²·d_k(n − d_k)/n³ and c = S(t−)·d_k/n². Multiplied out, six running sums carry it through time.
 */
function errorsOfIncidence(
  { atRisk, events }: RiskTable,
  before: Float64Array,
  own: Float64Array,
  share: Float64Array,
): Float64Array {
  let g0 = 0;
  let g1 = 0;
  let g2 = 0;
  let a = 0;
  let c0 = 0;
  let c1 = 0;
  return share.map((f, j) => {
    const n = atRisk[j]!;
    const d = events[j]!;
    const dk = own[j]!;
    const s = before[j]!;
    const g = n > d ? d / (n * (n - d)) : 0;
    g0 += g;
    g1 += f * g;
    g2 += f * f * g;
    a += (s * s * dk * (n - dk)) / (n * n * n);
    const c = (s * dk) / (n * n);
    c0 += c;
    c1 += f * c;
    return Math.sqrt(Math.max(0, f * f * g0 - 2 * f * g1 + g2 + a - 2 * f * c0 + 2 * c1));
  });
}
