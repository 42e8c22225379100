import { normalQuantile } from '@meedoen/numbers';
import type { Estimate } from './estimate.ts';

/**
 * The smallest true effect that data like these would probably show (nl: kleinst aantoonbare effect): away from 0 in either
 * direction, in the unit of the estimate. It belongs beside every interval that holds 0, where “nothing was seen” must not
 * be read as “there is nothing”.
 */
export type Detectable = {
  readonly effect: number;
  /** How often such an effect would be seen, and how often chance alone looks like one (two-sided). */
  readonly power: number;
  readonly alpha: number;
};

/** The same where the estimate is a logarithm: the ratios nearest to 1, on either side, that would show. */
export type DetectableRatio = Detectable & { readonly ratios: readonly [below: number, above: number] };

/** An estimate of a difference: 0 is no effect. `null` where there is no error to tell it by. */
export type Effect = Estimate & { readonly smallestDetectable: Detectable | null };
export type LogEffect = Estimate & { readonly smallestDetectable: DetectableRatio | null };

const POWER = 0.8;

/**
 * (z_{1−α/2} + z_power)·se, power 0.8, from the error the study itself had. Where the interval reaches further than the
 * normal quantile (Student's t for few clusters or studies), its own reach takes the place of z_{1−α/2}·se.
 *
 * It says what the data could have shown, from how much they scatter. It is no power of the effect that was found, which
 * would only say the p-value again. H. S. Bloom (1995), Evaluation Review 19, 547–556; J. M. Hoenig & D. M. Heisey (2001),
 * The American Statistician 55, 19–24.
 */
export function detectable({ se, ci }: Pick<Estimate, 'se' | 'ci'>): Detectable | null {
  if (se === null || !(se > 0) || ci.lower === null || ci.upper === null) return null;
  return sized((ci.upper - ci.lower) / 2 + normalQuantile(POWER) * se, 1 - ci.confidence);
}

export function detectableRatio(estimate: Pick<Estimate, 'se' | 'ci'>): DetectableRatio | null {
  const found = detectable(estimate);
  return found && asRatio(found);
}

/**
 * The hazard ratio that a log-rank test with this variance of observed − expected would show: ln HR = (z + z)/√V. V adds
 * s(1 − s) over the events, s the share at risk who are in one group: with two groups that keep their shares it is
 * Schoenfeld's D·s(1 − s). D. A. Schoenfeld (1981), Biometrika 68, 316–319; (1983), Biometrics 39, 499–503.
 */
export function detectableByEvents(variance: number, alpha = 0.05): DetectableRatio {
  return asRatio(sized((normalQuantile(POWER) - normalQuantile(alpha / 2)) / Math.sqrt(variance), alpha));
}

/** Does the interval hold “no effect”? `null` where it is undefined. */
export function holdsNoEffect({ ci }: Pick<Estimate, 'ci'>): boolean | null {
  return ci.lower === null || ci.upper === null ? null : ci.lower <= 0 && ci.upper >= 0;
}

function sized(effect: number, alpha: number): Detectable {
  // 1 − 0.95 is 0.050000000000000044.
  return { effect, power: POWER, alpha: Number(alpha.toPrecision(12)) };
}

function asRatio(found: Detectable): DetectableRatio {
  return { ...found, ratios: [Math.exp(-found.effect), Math.exp(found.effect)] };
}
