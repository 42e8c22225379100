import { refuse, type Parsed } from '@meedoen/units';
import { INDEPENDENT_CENSORING } from './assumptions.ts';
import { symmetricInterval, type Estimate, type Note } from './estimate.ts';
import { everyone, type Groups } from './groups.ts';
import { varianceFromInfluence } from './influence-variance.ts';
import { riskTables, type RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';

export type TimesLostOptions = {
  /** τ: count the time up to here, in the unit of the data. */
  readonly horizon: number;
  /** What the causes 1, 2 … are called. All must be named. */
  readonly causes: readonly string[];
  readonly groups?: Groups;
  /** Rows of one person or household. */
  readonly clusters?: Groups;
  readonly confidence?: number;
};

/**
 * The mean time up to a horizon that comes after a cause, such as days in work in the first year; or, as `waiting`, the
 * mean time before any. Together they are the horizon. `influence` holds one number per row, 0 outside the group.
 */
export type TimeLost = Estimate & {
  readonly group: string;
  readonly cause: string;
  readonly horizon: number;
  readonly influence: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [INDEPENDENT_CENSORING];

/**
 * Mean times before and after each way to leave, one list per group: ∫ S, then ∫ F_k, from 0 to τ. Errors from the influence
 * function. Refuses what {@link restrictedMeans} refuses, and causes without a name. O(n + groups × times × causes).
 *
 * P. K. Andersen (2013), Statistics in Medicine 32, 5278–5285.
 */
export function timesLost(spells: Spells, options: TimesLostOptions): Parsed<TimeLost[][]> {
  const { horizon, causes, groups = everyone(spells.size), clusters, confidence = 0.95 } = options;
  if (!(horizon > 0 && horizon < Infinity)) {
    return refuse(
      'horizon-not-usable',
      `The horizon ${horizon} is not a length of time. Give a number above 0, such as 365.`,
      { horizon: String(horizon) },
    );
  }
  if (causes.length < spells.causes) {
    return refuse(
      'cause-without-a-name',
      `The data hold cause ${spells.causes}, and ${causes.length} causes have a name. Name every cause.`,
      { causes: spells.causes, names: causes.length },
    );
  }
  const all: TimeLost[][] = [];
  for (const [code, table] of riskTables(spells, groups).entries()) {
    const { group, rows, time, people } = table;
    if (rows === 0) {
      return refuse('group-empty', `Group ${group} has no rows. Leave it out of the list of groups.`, { group });
    }
    const followedTo = time[time.length - 1]!;
    const before = stayingBefore(table);
    if (horizon > followedTo && before[time.length]! > 0) {
      return refuse(
        'horizon-beyond-follow-up',
        `Group ${group} was followed up to ${followedTo}, not to ${horizon}. Choose a horizon of at most ${followedTo}, or follow people longer.`,
        { group, horizon, followedTo },
      );
    }
    const lost = causes.map((_, k) => timeAfter(spells, table, before, k + 1, horizon, groups, code));
    const waiting = {
      area: lost.reduce((left, { area }) => left - area, horizon),
      influence: new Float64Array(spells.size),
    };
    for (const { influence } of lost) for (let i = 0; i < spells.size; i++) waiting.influence[i]! -= influence[i]!;
    all.push(
      [waiting, ...lost].map(({ area, influence }, k): TimeLost => {
        const se = Math.sqrt(varianceFromInfluence(influence, { ...spells, clusters }));
        return {
          group,
          cause: k === 0 ? 'waiting' : causes[k - 1]!,
          horizon,
          estimate: area,
          se,
          ci: symmetricInterval(area, se, confidence),
          n: people,
          level: null,
          assumptions: ASSUMPTIONS,
          diagnostics: [],
          influence,
        };
      }),
    );
  }
  return { ok: true, value: all };
}

/** S just before each time of the table, and after the last. */
function stayingBefore({ time, atRisk, events }: RiskTable): Float64Array {
  const before = new Float64Array(time.length + 1);
  before[0] = 1;
  for (let j = 0; j < time.length; j++) before[j + 1] = before[j]! * (1 - events[j]! / atRisk[j]!);
  return before;
}

/**
 * ∫ F_k = Σ (τ − t)·S(t−)·d_k/n, and what each row moves it by: at each time at risk −(τ − t)·S(t−)·d_k/n² + B·d/(n(n − d)),
 * at its own event B/(n − d) less and, if it is cause k, (τ − t)·S(t−)/n more, where B is the part of the sum still to come.
 */
function timeAfter(
  { size, from, to, cause, times }: Spells,
  { time, place, atRisk, events, eventsByCause }: RiskTable,
  before: Float64Array,
  causeNumber: number,
  horizon: number,
  groups: Groups,
  code: number,
): { readonly area: number; readonly influence: Float64Array } {
  const own = eventsByCause[causeNumber - 1];
  const parts = Float64Array.from(time, (t, j) =>
    own && t < horizon ? ((horizon - t) * before[j]! * own[j]!) / atRisk[j]! : 0,
  );
  const area = parts.reduce((a, b) => a + b, 0);
  const exposure = new Float64Array(times.length + 1);
  const leaving = new Float64Array(times.length);
  const reaching = new Float64Array(times.length);
  let toCome = area;
  for (let at = 0, j = 0; at < times.length; at++) {
    exposure[at + 1] = exposure[at]!;
    if (j >= place.length || place[j] !== at) continue;
    const n = atRisk[j]!;
    const d = events[j]!;
    toCome -= parts[j]!;
    exposure[at + 1]! -= parts[j]! / n;
    // Where the last person goes, nothing is still to come.
    if (n > d && time[j]! < horizon) {
      exposure[at + 1]! += (toCome * d) / (n * (n - d));
      leaving[at] = toCome / (n - d);
    }
    if (time[j]! < horizon) reaching[at] = ((horizon - time[j]!) * before[j]!) / n;
    j++;
  }
  const influence = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (groups.codes[i] !== code) continue;
    const at = to[i]!;
    influence[i] = exposure[at + 1]! - (from ? exposure[from[i]!]! : 0);
    if (cause[i]! > 0) influence[i]! -= leaving[at]!;
    if (cause[i] === causeNumber) influence[i]! += reaching[at]!;
  }
  return { area, influence };
}
