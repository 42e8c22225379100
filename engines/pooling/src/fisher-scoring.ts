/** A likelihood at one value of the variance between studies, and the step Fisher scoring would take from there. */
export type ScoringStep = { readonly logLikelihood: number; readonly step: number };

/** A step this small beside the variance and the data's own is none. */
const SETTLED = 1e-14;

/**
 * The variance τ² ≥ 0 to which Fisher scoring climbs from `start`. `scale` is the size of the sampling variances.
 *
 * A step is halved as long as it would lower the likelihood, so that two precise studies and an outlier do not
 * make it jump to and fro. The likelihood may have two hills; this is the one above the start.
 */
export function climbToVariance(start: number, scale: number, at: (tau2: number) => ScoringStep): number {
  let tau2 = start;
  let here = at(tau2);
  for (let iteration = 0; iteration < 500; iteration++) {
    let step = here.step;
    let next = Math.max(0, tau2 + step);
    let there = at(next);
    const slack = 1e-13 * (1 + Math.abs(here.logLikelihood));
    for (let halving = 0; there.logLikelihood < here.logLikelihood - slack && halving < 60; halving++) {
      step /= 2;
      next = Math.max(0, tau2 + step);
      there = at(next);
    }
    const settled = Math.abs(next - tau2) <= SETTLED * (next + scale);
    tau2 = next;
    here = there;
    if (settled) break;
  }
  return tau2;
}
