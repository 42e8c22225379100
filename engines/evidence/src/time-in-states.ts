import { normalTwoSided } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import { RAW_COMPARISON } from './assumptions.ts';
import { detectable, type Effect } from './detectable.ts';
import { symmetricInterval, type Estimate, type Note } from './estimate.ts';
import { everyone, refuseUnlessTwo, type Groups } from './groups.ts';
import type { Histories } from './histories.ts';
import { varianceFromInfluence } from './influence-variance.ts';
import { peopleOf, type OccupationOptions } from './state-occupation.ts';
import { transitionScales, type TransitionScale } from './transition-scale.ts';

export type TimeInStatesOptions = Omit<OccupationOptions, 'interval'> & {
  /** Count the time from the origin up to here. */
  readonly horizon: number;
};

/**
 * The mean time a group spends in one state up to a horizon, in the unit of the data (nl: gemiddelde tijd in een toestand).
 * The times of all states add to the horizon minus the origin. `influence` holds one number per row of the histories, 0
 * outside the group.
 */
export type TimeInState = Estimate & {
  readonly group: string;
  readonly state: string;
  readonly horizon: number;
  readonly influence: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'independent-censoring',
    words: {},
    message: 'People whom we stopped following would have gone on like those in the same state whom we still follow.',
  },
];

/**
 * Mean time in each state, one list per group in the order of the states: ∫ p(t) from the origin to the horizon.
 *
 * Errors from the influence function of the Aalen–Johansen shares (Overgaard, Parner & Pedersen 2017, for its form), so they
 * hold with late entry, sampling weights and clusters. Refuses a horizon that is not after the origin, or to which a group
 * was not followed, and what {@link transitionScales} refuses. O(rows + times·states³).
 */
export function timeInStates(histories: Histories, options: TimeInStatesOptions): Parsed<TimeInState[][]> {
  const { horizon, groups = everyone(histories.size), clusters, confidence = 0.95 } = options;
  const scales = transitionScales(histories, { ...options, groups });
  if (!scales.ok) return scales;
  const s = histories.states.length;
  // States in which nobody is ever followed, such as gone, are for good: there time goes on without us.
  const livedIn = new Set(histories.from);
  const all: TimeInState[][] = [];
  for (const scale of scales.value) {
    const { group, origin, followedTo, shares, times } = scale;
    if (!(horizon > origin && horizon < Infinity)) {
      return refuse(
        'horizon-not-usable',
        `The horizon ${horizon} is not a time after the origin ${origin}. Give a later time.`,
        { horizon: String(horizon), origin },
      );
    }
    const goesOn = histories.states.some((_, h) => livedIn.has(h) && shares[times.length * s + h]! > 0);
    if (horizon > followedTo && goesOn) {
      return refuse(
        'horizon-beyond-follow-up',
        `Group ${group} was followed up to ${followedTo}, not to ${horizon}. Choose a horizon of at most ${followedTo}, or follow people longer.`,
        { group, horizon, followedTo },
      );
    }
    const known = options.startingShares === 'given' ? { ...scale, atOrigin: 0 } : scale;
    const { area, influence } = areas(histories, known, horizon);
    const n = peopleOf(histories, scale.rows);
    all.push(
      histories.states.map((state, k): TimeInState => {
        const se = Math.sqrt(varianceFromInfluence(influence[k]!, { ...histories, clusters }));
        return {
          group,
          state,
          horizon,
          estimate: area[k]!,
          se,
          ci: symmetricInterval(area[k]!, se, confidence),
          n,
          level: null,
          assumptions: ASSUMPTIONS,
          diagnostics: histories.notes,
          influence: influence[k]!,
        };
      }),
    );
  }
  return { ok: true, value: all };
}

/** How much more time the second group spends in a state than the first. A raw comparison, level 1. */
export type TimeInStateDifference = Omit<TimeInState, 'group'> &
  Pick<Effect, 'smallestDetectable'> & {
    readonly groups: readonly [minuend: string, subtrahend: string];
    /** Two-sided, for a difference of 0; `null` without an error. */
    readonly p: number | null;
  };

/** One difference per state; they add to 0. Needs exactly two groups; refuses as {@link timeInStates} does. */
export function timeInStatesDifference(
  histories: Histories,
  options: TimeInStatesOptions & { readonly groups: Groups },
): Parsed<TimeInStateDifference[]> {
  const { groups, clusters, confidence = 0.95 } = options;
  const several = refuseUnlessTwo(groups);
  if (several) return several;
  const times = timeInStates(histories, options);
  if (!times.ok) return times;
  const [first, second] = times.value as [TimeInState[], TimeInState[]];
  return {
    ok: true,
    value: second.map((more, k): TimeInStateDifference => {
      const less = first[k]!;
      const influence = more.influence.map((value, i) => value - less.influence[i]!);
      const se = Math.sqrt(varianceFromInfluence(influence, { ...histories, clusters }));
      const estimate = more.estimate - less.estimate;
      const ci = symmetricInterval(estimate, se, confidence);
      return {
        groups: [more.group, less.group],
        state: more.state,
        horizon: more.horizon,
        estimate,
        se,
        ci,
        smallestDetectable: detectable({ se, ci }),
        n: more.n + less.n,
        p: se > 0 ? normalTwoSided(estimate / se) : null,
        level: 1,
        assumptions: [...ASSUMPTIONS, RAW_COMPARISON],
        diagnostics: more.diagnostics,
        influence,
      };
    }),
  };
}

/**
 * Areas under the shares, and what each row moves them by, read backwards: G_j = Δ_j·I + (I + dA_{j+1})·G_{j+1} is what a
 * share just after time j is worth in later time per state, so a row at risk in h at time j moves the area in state k by
 * −p_h/Y_h·Σ dA_hl·G_lk, and by p_h/Y_h·(G_to,k − G_hk) when it moves itself.
 */
function areas(
  { size, states, from, to }: Histories,
  { rows, first, last, times, atRisk, step, shares, origin, atOrigin }: TransitionScale,
  horizon: number,
): { readonly area: Float64Array; readonly influence: readonly Float64Array[] } {
  const s = states.length;
  const cells = s * s;
  let width = 0; // the times up to the horizon
  while (width < times.length && times[width]! <= horizon) width++;
  const area = new Float64Array(s);
  for (let place = 0; place <= width; place++) {
    const begins = place === 0 ? origin : times[place - 1]!;
    const ends = place === width ? horizon : times[place]!;
    for (let k = 0; k < s; k++) area[k]! += shares[place * s + k]! * (ends - begins);
  }

  const worth = new Float64Array((width + 1) * cells); // after time j − 1, as `shares`
  for (let place = width; place >= 0; place--) {
    const length = (place === width ? horizon : times[place]!) - (place === 0 ? origin : times[place - 1]!);
    for (let h = 0; h < s; h++) {
      for (let k = 0; k < s; k++) {
        let later = h === k ? length : 0;
        if (place < width) {
          later += worth[(place + 1) * cells + h * s + k]!;
          for (let l = 0; l < s; l++) {
            later += step[(place * s + h) * s + l]! * worth[(place + 1) * cells + l * s + k]!;
          }
        }
        worth[place * cells + h * s + k] = later;
      }
    }
  }
  // What being at risk in h has cost up to each place, summed over the times before it.
  const exposure = new Float64Array((width + 1) * cells);
  for (let j = 0; j < width; j++) {
    for (let h = 0; h < s; h++) {
      const y = atRisk[j * s + h]!;
      const each = y > 0 ? shares[j * s + h]! / y : 0;
      for (let k = 0; k < s; k++) {
        let expected = 0;
        for (let l = 0; l < s; l++) expected += step[(j * s + h) * s + l]! * worth[(j + 1) * cells + l * s + k]!;
        exposure[(j + 1) * cells + h * s + k] = exposure[j * cells + h * s + k]! - each * expected;
      }
    }
  }
  const worthAtOrigin = area.map((_, k) => {
    let total = 0;
    for (let h = 0; h < s; h++) total += shares[h]! * worth[h * s + k]!;
    return total;
  });

  const influence = states.map(() => new Float64Array(size));
  for (let a = 0; a < rows.length; a++) {
    if (first[a] === last[a]) continue;
    const i = rows[a]!;
    const h = from[i]!;
    const begins = Math.min(first[a]!, width) * cells + h * s;
    const ends = Math.min(last[a]!, width) * cells + h * s;
    const moves = to[i] !== h && last[a]! <= width;
    const j = last[a]! - 1;
    const each = moves ? shares[j * s + h]! / atRisk[j * s + h]! : 0;
    const after = (j + 1) * cells;
    for (let k = 0; k < s; k++) {
      let moved = exposure[ends + k]! - exposure[begins + k]!;
      if (moves) moved += each * (worth[after + to[i]! * s + k]! - worth[after + h * s + k]!);
      if (first[a] === 0 && atOrigin > 0) moved += (worth[h * s + k]! - worthAtOrigin[k]!) / atOrigin;
      influence[k]![i] = moved;
    }
  }
  return { area, influence };
}
