import type { CoxModel } from './cox.ts';

/** The cumulative hazard of somebody with every covariate 0, at the event times of one stratum. */
export type BaselineHazard = { readonly stratum: string; readonly time: Float64Array; readonly hazard: Float64Array };

/** One baseline per stratum, in steps Σ_l 1/φ_l: Breslow's estimate with the ties of the model. O(times). */
export function baselineHazards({ state, terms }: CoxModel): BaselineHazard[] {
  const { spells, strata, design, sets } = state;
  const { stratumStart, eventPlace } = design;
  // Covariates were centred; e^(−x̄β) takes the hazard from their mean to 0.
  const scale = Math.exp(-terms.reduce((sum, term, j) => sum + design.terms.mean[j]! * term.estimate, 0));
  return strata.names.map((stratum, s) => {
    const begin = stratumStart[s]!;
    const end = stratumStart[s + 1]!;
    const hazard = new Float64Array(end - begin);
    let total = 0;
    for (let t = begin; t < end; t++) {
      total += sets.s10[t]! * scale;
      hazard[t - begin] = total;
    }
    return {
      stratum,
      time: Float64Array.from(eventPlace.subarray(begin, end), (place) => spells.times[place]!),
      hazard,
    };
  });
}
