/**
 * How strong a hidden difference would have to be: the risk ratio it must have both with the cohort and with the outcome,
 * beyond the named characteristics, to explain an effect away (nl: E-waarde). 1: nothing is needed.
 */
export type EValue = {
  readonly estimate: number;
  /** The same for the limit of the interval nearest to no effect; 1 when the interval holds no effect. `null` without one. */
  readonly limit: number | null;
  /** The risk ratio it is computed from, and how that was had. */
  readonly riskRatio: number;
  readonly from: 'risk ratio' | 'difference of means' | 'hazard ratio';
};

type RatioWithLimits = { readonly estimate: number; readonly lower: number | null; readonly upper: number | null };

/**
 * RR + √(RR(RR − 1)) for RR ≥ 1, of 1/RR below. Throws RangeError for a ratio that is not above 0.
 *
 * T. J. VanderWeele & P. Ding (2017), Annals of Internal Medicine 167, 268–274.
 */
export function eValue({ estimate, lower, upper }: RatioWithLimits, from: EValue['from'] = 'risk ratio'): EValue {
  const nearest = estimate >= 1 ? lower : upper;
  // An interval that reaches beyond 1 holds no effect.
  const crosses = nearest !== null && (estimate >= 1 ? nearest <= 1 : nearest >= 1);
  return {
    estimate: strengthOf(estimate),
    limit: nearest === null ? null : crosses ? 1 : strengthOf(nearest),
    riskRatio: estimate,
    from,
  };
}

function strengthOf(ratio: number): number {
  if (!(ratio > 0 && ratio < Infinity)) throw new RangeError(`eValue: a ratio must be above 0, not ${ratio}.`);
  const away = ratio >= 1 ? ratio : 1 / ratio;
  return away + Math.sqrt(away * (away - 1));
}

/**
 * For a difference of means: d = difference/sd, RR ≈ e^(0.91·d), limits e^(0.91·d ± 1.78·se/sd), as the authors advise
 * (after Chinn 2000, and the 95 % interval only). `null` when the outcome does not vary.
 */
export function eValueOfDifference(difference: number, se: number | null, sd: number): EValue | null {
  if (!(sd > 0)) return null;
  const log = (0.91 * difference) / sd;
  const reach = se === null ? null : (1.78 * se) / sd;
  return eValue(
    {
      estimate: Math.exp(log),
      lower: reach === null ? null : Math.exp(log - reach),
      upper: reach === null ? null : Math.exp(log + reach),
    },
    'difference of means',
  );
}

/**
 * For a hazard ratio of something common: RR ≈ (1 − ½^√HR)/(1 − ½^√(1/HR)); for something rare (below 15 % at the end of
 * follow-up) the hazard ratio itself.
 */
export function eValueOfHazardRatio(ratio: RatioWithLimits, { rare }: { readonly rare: boolean }): EValue {
  const asRisk = (hr: number): number => (rare ? hr : (1 - 0.5 ** Math.sqrt(hr)) / (1 - 0.5 ** Math.sqrt(1 / hr)));
  return eValue(
    {
      estimate: asRisk(ratio.estimate),
      lower: ratio.lower === null ? null : asRisk(ratio.lower),
      upper: ratio.upper === null ? null : asRisk(ratio.upper),
    },
    'hazard ratio',
  );
}
