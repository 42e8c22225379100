import { normalTwoSided } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import { INDEPENDENT_CENSORING, RAW_COMPARISON } from './assumptions.ts';
import { detectable, type Effect } from './detectable.ts';
import { symmetricInterval, type Estimate, type Note } from './estimate.ts';
import { everyone, refuseUnlessTwo, type Groups } from './groups.ts';
import { varianceFromInfluence } from './influence-variance.ts';
import { riskTables, type RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';

export type RestrictedMeanOptions = {
  /** τ: count the time up to here, in the unit of the data. */
  readonly horizon: number;
  readonly groups?: Groups;
  /** Rows of one person or household. */
  readonly clusters?: Groups;
  readonly confidence?: number;
};

/**
 * The mean time without the event up to a horizon, in the unit of the data (nl: gemiddelde duur tot de grens).
 * `influence` holds one number per row of the spells, 0 outside the group; weighted, it sums to 0. Its square sum is se²
 * when everybody is followed from the start; with late entry only robust errors are that sum.
 */
export type RestrictedMean = Estimate & {
  readonly group: string;
  readonly horizon: number;
  readonly influence: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [INDEPENDENT_CENSORING];

/**
 * Restricted mean survival times, one per group: ∫ S from 0 to τ.
 *
 * Variance Σ A² d / (n(n − d)) over the times up to τ, A the area under S from that time to τ; for sampling weights or
 * clusters the squares of the influence function instead. Refuses a horizon that a group was not followed up to
 * (unless everybody there had the event). O(n + groups × times).
 *
 * P. Royston & M. K. B. Parmar (2013), BMC Medical Research Methodology 13:152.
 */
export function restrictedMeans(spells: Spells, options: RestrictedMeanOptions): Parsed<RestrictedMean[]> {
  const { horizon, groups = everyone(spells.size), clusters, confidence = 0.95 } = options;
  if (!(horizon > 0 && horizon < Infinity)) {
    return refuse(
      'horizon-not-usable',
      `The horizon ${horizon} is not a length of time. Give a number above 0, such as 365.`,
      {
        horizon: String(horizon),
      },
    );
  }
  const robust = isRobust(spells, clusters);
  const means: RestrictedMean[] = [];
  for (const [code, table] of riskTables(spells, groups).entries()) {
    if (table.rows === 0) return refuseEmpty(table.group);
    const followedTo = table.time[table.time.length - 1]!;
    const { area, areaAfter, everybodyGone } = areasUnder(table, horizon);
    if (horizon > followedTo && !everybodyGone) {
      return refuse(
        'horizon-beyond-follow-up',
        `Group ${table.group} was followed up to ${followedTo}, not to ${horizon}. Choose a horizon of at most ${followedTo}, or follow people longer.`,
        { group: table.group, horizon, followedTo },
      );
    }
    const influence = influenceOnArea(spells, table, areaAfter, groups, code);
    const se = Math.sqrt(
      robust ? varianceFromInfluence(influence, { ...spells, clusters }) : greenwoodOfArea(table, areaAfter),
    );
    means.push({
      group: table.group,
      horizon,
      estimate: area,
      se,
      ci: symmetricInterval(area, se, confidence),
      n: table.people,
      level: null,
      assumptions: ASSUMPTIONS,
      diagnostics: se > 0 ? [] : [noSpread(table.group, horizon)],
      influence,
    });
  }
  return { ok: true, value: means };
}

/** The difference between two groups' restricted means: the headline effect. “On average 56 more days in work in the first year.” */
export type RestrictedMeanDifference = Effect & {
  readonly groups: readonly [minuend: string, subtrahend: string];
  readonly horizon: number;
  /** Two-sided, for a difference of 0; `null` where nothing varied. */
  readonly p: number | null;
  /** Ratio of the two means, with the standard error of its logarithm. */
  readonly ratio: number;
  readonly seLogRatio: number;
  readonly influence: Float64Array;
};

/**
 * How much longer people of the second group stay without the event than people of the first, up to the horizon.
 *
 * SE = √(se₁² + se₂²); with clusters that span the groups their covariance counts too. Needs exactly two groups,
 * and refuses as {@link restrictedMeans} does. A raw comparison: level 1, whatever the groups are called.
 */
export function restrictedMeanDifference(
  spells: Spells,
  options: RestrictedMeanOptions & { readonly groups: Groups },
): Parsed<RestrictedMeanDifference> {
  const { groups, clusters, confidence = 0.95, horizon } = options;
  const several = refuseUnlessTwo(groups);
  if (several) return several;
  const means = restrictedMeans(spells, options);
  if (!means.ok) return means;
  const [first, second] = means.value as [RestrictedMean, RestrictedMean];
  const influence = second.influence.map((value, i) => value - first.influence[i]!);
  const difference = second.estimate - first.estimate;
  const se = isRobust(spells, clusters)
    ? Math.sqrt(varianceFromInfluence(influence, { ...spells, clusters }))
    : Math.hypot(first.se!, second.se!);
  const ci = symmetricInterval(difference, se, confidence);
  return {
    ok: true,
    value: {
      groups: [second.group, first.group],
      horizon,
      estimate: difference,
      se,
      ci,
      smallestDetectable: detectable({ se, ci }),
      n: first.n + second.n,
      p: se > 0 ? normalTwoSided(difference / se) : null,
      ratio: second.estimate / first.estimate,
      seLogRatio: Math.hypot(first.se! / first.estimate, second.se! / second.estimate),
      level: 1,
      assumptions: [...ASSUMPTIONS, RAW_COMPARISON],
      diagnostics: [...first.diagnostics, ...second.diagnostics],
      influence,
    },
  };
}

function noSpread(group: string, horizon: number): Note {
  return {
    what: 'no-spread',
    words: { group, horizon },
    message: `Group ${group}: before ${horizon} the event came to nobody, or to everybody at once. How far the truth may lie from this mean cannot be told from these people.`,
  };
}

function refuseEmpty(group: string): ReturnType<typeof refuse> {
  return refuse('group-empty', `Group ${group} has no rows. Leave it out of the list of groups.`, { group });
}

function isRobust(spells: Spells, clusters: Groups | undefined): boolean {
  return clusters !== undefined || (spells.weight !== null && spells.weightMeaning === 'sampling');
}

/** Σ A² d / (n(n − d)); where the last person goes, no area is left to be uncertain about. */
function greenwoodOfArea({ atRisk, events }: RiskTable, areaAfter: Float64Array): number {
  let variance = 0;
  for (let j = 0; j < atRisk.length; j++) {
    const n = atRisk[j]!;
    const d = events[j]!;
    if (d > 0 && n > d) variance += (areaAfter[j]! ** 2 * d) / (n * (n - d));
  }
  return variance;
}

type Areas = { readonly area: number; readonly areaAfter: Float64Array; readonly everybodyGone: boolean };

/** ∫ S from 0 to τ, and from each time to τ. */
function areasUnder({ time, atRisk, events }: RiskTable, horizon: number): Areas {
  const survival = new Float64Array(time.length);
  const upTo = new Float64Array(time.length);
  let area = 0;
  let staying = 1;
  let before = 0;
  for (let j = 0; j < time.length; j++) {
    const t = Math.min(time[j]!, horizon);
    area += staying * (t - before);
    upTo[j] = area;
    before = t;
    staying *= 1 - events[j]! / atRisk[j]!;
    survival[j] = staying;
  }
  area += staying * (horizon - before);
  return { area, areaAfter: upTo.map((part) => area - part), everybodyGone: staying === 0 };
}

/** Row i moves the area by −Σ A·([event of i] − [i at risk]·d/n) / (n − d) over the times up to τ. */
function influenceOnArea(
  spells: Spells,
  table: RiskTable,
  areaAfter: Float64Array,
  groups: Groups,
  code: number,
): Float64Array {
  const { size, from, to, cause, times } = spells;
  // For each place on the scale: the sum of A·d / (n(n − d)) before it, and A / (n − d) at it.
  const summed = new Float64Array(times.length + 1);
  const atEvent = new Float64Array(times.length);
  for (let j = 0, k = 0; j < times.length; j++) {
    summed[j + 1] = summed[j]!;
    if (k < table.place.length && table.place[k] === j) {
      const n = table.atRisk[k]!;
      const d = table.events[k]!;
      // Where the last person goes, no area is left to move.
      if (n > d) {
        atEvent[j] = areaAfter[k]! / (n - d);
        summed[j + 1]! += (atEvent[j]! * d) / n;
      }
      k++;
    }
  }
  const influence = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (groups.codes[i] !== code) continue;
    influence[i] = summed[to[i]! + 1]! - (from ? summed[from[i]!]! : 0) - (cause[i]! > 0 ? atEvent[to[i]!]! : 0);
  }
  return influence;
}
