import { criticalValue, type Note } from './estimate.ts';
import type { Groups } from './groups.ts';
import { influenceOnLogSurvival } from './influence.ts';
import { riskTables, type RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';

export type IntervalShape = 'log-log' | 'log' | 'plain';

export type CurveOptions = {
  readonly groups?: Groups;
  /** Rows of one person or household: errors then come from the influence function, summed within clusters. */
  readonly clusters?: Groups;
  /** Default `log-log`: never below 0 or above 1, and honest in the tails. */
  readonly interval?: IntervalShape;
  /** Default 0.95. */
  readonly confidence?: number;
};

/** The share still without the event over time, one point per distinct time (nl: overlevingscurve). */
export type SurvivalCurve = {
  readonly table: RiskTable;
  readonly survival: Float64Array;
  /** Standard error of ln S; `Infinity` once S is 0. */
  readonly seLog: Float64Array;
  /** Standard error of S; `null` once S is 0, where Greenwood's formula says nothing. */
  readonly se: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly interval: IntervalShape;
  readonly confidence: number;
  readonly notes: readonly Note[];
};

/**
 * Kaplan–Meier curves, one per group, any cause counting as the event.
 *
 * S(t) = Π (1 − d/n) over the times up to t. Errors: Greenwood's Σ d / (n(n − d)) for people who were counted;
 * from the influence function (infinitesimal jackknife) for sampling weights or clusters.
 * An interval is `null` where its formula is undefined: log-log at S = 1 and 0, log and plain at 0.
 * O(n + groups × times).
 *
 * E. L. Kaplan & P. Meier (1958), JASA 53, 457–481. M. Greenwood (1926).
 */
export function kaplanMeier(spells: Spells, options: CurveOptions = {}): SurvivalCurve[] {
  const { groups, clusters, interval = 'log-log', confidence = 0.95 } = options;
  const robust = clusters !== undefined || (spells.weight !== null && spells.weightMeaning === 'sampling');
  return riskTables(spells, groups).map((table, code) =>
    curveOf(
      table,
      robust ? influenceOnLogSurvival(spells, table, { groups, code, clusters }) : greenwood(table),
      interval,
      confidence,
    ),
  );
}

/** The curve of a risk table, given the variance of ln S at each of its times. */
export function curveOf(
  table: RiskTable,
  variance: Float64Array,
  interval: IntervalShape,
  confidence: number,
): SurvivalCurve {
  const survival = productOfStaying(table);
  const seLog = new Float64Array(variance.length);
  for (let j = 0; j < seLog.length; j++) seLog[j] = Math.sqrt(variance[j]!);
  return {
    table,
    survival,
    seLog,
    ...band(survival, seLog, interval, confidence),
    interval,
    confidence,
    notes: notesOn(table),
  };
}

function productOfStaying({ atRisk, events }: RiskTable): Float64Array {
  const survival = new Float64Array(atRisk.length);
  let staying = 1;
  for (let j = 0; j < atRisk.length; j++) {
    staying *= 1 - events[j]! / atRisk[j]!;
    survival[j] = staying;
  }
  return survival;
}

function greenwood({ atRisk, events }: RiskTable): Float64Array {
  const variance = new Float64Array(atRisk.length);
  let total = 0;
  for (let j = 0; j < atRisk.length; j++) {
    const n = atRisk[j]!;
    const d = events[j]!;
    if (d > 0) total += d / (n * (n - d));
    variance[j] = total;
  }
  return variance;
}

type Band = Pick<SurvivalCurve, 'se' | 'lower' | 'upper'>;

function band(survival: Float64Array, seLog: Float64Array, shape: IntervalShape, confidence: number): Band {
  const se: (number | null)[] = [];
  for (let j = 0; j < survival.length; j++) se.push(survival[j] === 0 ? null : survival[j]! * seLog[j]!);
  return { se, ...limits(survival, se, shape, confidence) };
}

/** Pointwise limits of a share between 0 and 1 from its standard error: `null` where the formula is undefined. */
export function limits(
  shares: Float64Array,
  se: ArrayLike<number | null>,
  shape: IntervalShape,
  confidence: number,
): Pick<SurvivalCurve, 'lower' | 'upper'> {
  const z = criticalValue(confidence);
  const lower: (number | null)[] = [];
  const upper: (number | null)[] = [];
  for (let j = 0; j < shares.length; j++) {
    const s = shares[j]!;
    // A sum of shares may miss 1 by its rounding.
    const end = (s === 0 && shape !== 'plain') || (Math.abs(s - 1) < 1e-12 && shape === 'log-log');
    if (se[j] === null || end) {
      lower.push(null);
      upper.push(null);
      continue;
    }
    const sigma = se[j]! / s;
    if (shape === 'log-log') {
      const log = Math.log(s);
      const stretch = Math.exp((z * sigma) / log); // below 1, because ln s is below 0
      lower.push(Math.exp(log / stretch));
      upper.push(Math.exp(log * stretch));
    } else if (shape === 'log') {
      lower.push(s * Math.exp(-z * sigma));
      upper.push(Math.min(1, s * Math.exp(z * sigma)));
    } else {
      lower.push(Math.max(0, s - z * se[j]!));
      upper.push(Math.min(1, s + z * se[j]!));
    }
  }
  return { lower, upper };
}

/** With late entry the first people at risk may be so few that one event settles the whole curve. */
function notesOn({ group, atRisk, events, time }: RiskTable): Note[] {
  let any = false;
  let thin = -1; // the first event among few …
  let enough = -1; // … and the last time at which there were not few
  for (let j = 0; j < events.length; j++) {
    const few = atRisk[j]! < 10;
    if (events[j]! > 0) {
      any = true;
      if (few && thin < 0) thin = j;
    }
    if (!few) enough = j;
  }
  if (!any) {
    return [
      {
        what: 'no-events',
        words: { group },
        message: `Group ${group}: nobody had the event, so the curve stays at 1.`,
      },
    ];
  }
  if (thin < 0 || enough < thin) return [];
  return [
    {
      what: 'thin-start',
      words: { group, time: time[thin]!, atRisk: atRisk[thin]! },
      message: `Group ${group}: at time ${time[thin]!} only ${atRisk[thin]!} people were followed, and more came later. One event there moves the whole curve; consider a later start.`,
    },
  ];
}

/** The curve at one time: S, its error and interval. Before the first time S is 1; `null` after the last, unless S is 0 there. */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): {
  readonly survival: number;
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
} | null {
  const { table, survival, se, lower, upper, interval } = curve;
  const last = table.time.length - 1;
  if (time > table.time[last]! && survival[last]! > 0) return null;
  let j = last;
  while (j >= 0 && table.time[j]! > time) j--;
  if (j < 0) {
    const limit = interval === 'log-log' ? null : 1;
    return { survival: 1, se: 0, lower: limit, upper: limit };
  }
  return { survival: survival[j]!, se: se[j]!, lower: lower[j]!, upper: upper[j]! };
}
