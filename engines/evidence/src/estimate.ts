import { normalQuantile } from '@meedoen/numbers';
import type { Problem } from '@meedoen/units';

/** Something a reader should know beside the number: a code, its words, and the sentence in plain English. */
export type Note = Pick<Problem, 'what' | 'words' | 'message'>;

/** Where the truth could be. `null`: undefined for these data, which is not the same as 0 or 1. */
export type Interval = { readonly lower: number | null; readonly upper: number | null; readonly confidence: number };

/**
 * The Maryland scale of evidence about an effect, as far as a method alone can earn it: 1 a raw or before–after
 * comparison, 2 one that holds named characteristics equal, 3 differences in differences or justified matching,
 * 4 regression discontinuity or an instrument, 5 chance decided. A failed check takes one off.
 * `null`: a description, which says nothing about an effect.
 */
export type EvidenceLevel = null | 1 | 2 | 3 | 4 | 5;

/** The one currency of this room: every estimator answers in it, or refuses. */
export type Estimate = {
  readonly estimate: number;
  /** Standard error; `null` where it is undefined. */
  readonly se: number | null;
  readonly ci: Interval;
  /** People (rows, or the sum of their copies) the number rests on. */
  readonly n: number;
  readonly level: EvidenceLevel;
  readonly assumptions: readonly Note[];
  readonly diagnostics: readonly Note[];
};

/** How many standard errors an interval of this confidence (a share, as 0.95) reaches to each side. */
export function criticalValue(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must be between 0 and 1, not ${confidence}.`);
  }
  return -normalQuantile((1 - confidence) / 2);
}

/** estimate ± z·se; undefined where nothing varied: a study without spread cannot say how sure it is. */
export function symmetricInterval(estimate: number, se: number, confidence: number): Interval {
  if (!(se > 0)) return { lower: null, upper: null, confidence };
  const reach = criticalValue(confidence) * se;
  return { lower: estimate - reach, upper: estimate + reach, confidence };
}

/** A ratio, such as of hazards, with its interval: what is estimated as a logarithm. */
export type Ratio = Pick<Estimate, 'estimate' | 'ci'>;

export function ratioOf(log: number, { lower, upper, confidence }: Interval): Ratio {
  const orNone = (bound: number | null): number | null => (bound === null ? null : Math.exp(bound));
  return { estimate: Math.exp(log), ci: { lower: orNone(lower), upper: orNone(upper), confidence } };
}
