import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { CutoffData, Side } from './cutoff-data.ts';
import { detectable, type Effect } from './detectable.ts';
import { jumpWithin, regressionDiscontinuity, type Discontinuity, type DiscontinuityOptions } from './discontinuity.ts';
import type { Note } from './estimate.ts';
import { inferenceOf, type Inference } from './inference.ts';

/**
 * What receiving something does, where a rule makes it likelier but not certain (nl: onscherpe regressiediscontinuïteit):
 * the jump of the outcome per jump of the share who received it.
 */
export type FuzzyDiscontinuity = Effect & {
  readonly se: number;
  readonly p: number;
  readonly conventional: Inference;
  readonly robust: Inference;
  /** What the rule itself did to the outcome, whoever received anything. */
  readonly outcome: Discontinuity;
  /** How much the share who received it jumps, and the squared z of that jump. */
  readonly received: Discontinuity;
  readonly firstStage: number;
};

/** Below this squared z of the first stage the ratio is not near normal; the rule of thumb of Staiger & Stock (1997). */
const WEAK = 10;

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'only-through-receiving',
    words: {},
    message: 'The rule moves the outcome only through what people receive.',
  },
  {
    what: 'nobody-moved-away',
    words: {},
    message: 'The rule makes nobody do without who would have received it otherwise.',
  },
  {
    what: 'for-whom-the-rule-decided',
    words: {},
    message: 'The effect is that on people near the cutoff who received it because of the rule.',
  },
];

/**
 * The effect of receiving something at a fuzzy cutoff: τ = τ_Y/τ_D, both jumps within the bandwidths of the outcome (rdrobust's
 * `sharpbw`). Bias and errors follow from the jump of (Y − τD)/τ_D, which is τ's slope in both (delta method): its
 * bias-corrected jump is added to τ, and its robust error is τ's.
 *
 * `received` has one number from 0 to 1 per row, as given to `readCutoffData`. Refuses other numbers, a first stage whose robust z²
 * is below 10, and what {@link regressionDiscontinuity} refuses. Level 4 of the Maryland scale. O(n) after sorting.
 *
 * J. Hahn, P. Todd & W. van der Klaauw (2001), Econometrica 69, 201–209. S. Calonico, M. D. Cattaneo & R. Titiunik (2014),
 * Econometrica 82, 2295–2326. D. Staiger & J. H. Stock (1997), Econometrica 65, 557–586.
 */
export function fuzzyDiscontinuity(
  data: CutoffData,
  received: ArrayLike<number>,
  options: DiscontinuityOptions = {},
): Parsed<FuzzyDiscontinuity> {
  if (received.length !== data.size) {
    return refuse(
      'columns-differ-in-length',
      `Column received has ${received.length} rows and the outcome has ${data.size}. Give every column one value per row.`,
      { column: 'received', rows: received.length, expected: data.size },
    );
  }
  for (let i = 0; i < received.length; i++) {
    if (!(received[i]! >= 0 && received[i]! <= 1)) {
      return refuseCell(
        'received-not-usable',
        'received',
        i,
        `${received[i]!} is no share received. Write 1 for received, 0 for not, or a part in between.`,
        { found: String(received[i]!) },
      );
    }
  }
  const outcome = regressionDiscontinuity(data, options);
  if (!outcome.ok) return outcome;
  const { bandwidths, degree, biasDegree, kernel, residuals, rule } = outcome.value;
  const { confidence = 0.95 } = options;
  const settings = { degree, biasDegree, kernel, residuals, rule, confidence };
  const jumpOf = (y: (side: Side, at: number) => number): Parsed<Discontinuity> => {
    const of = (side: Side): Side => ({ ...side, y: Float64Array.from({ length: side.size }, (_, at) => y(side, at)) });
    return jumpWithin({ ...data, below: of(data.below), above: of(data.above) }, bandwidths, settings);
  };
  const share = jumpOf((side, at) => received[side.row[at]!]!);
  if (!share.ok) return share;
  const firstStage = share.value.robust.z ** 2;
  if (!(firstStage >= WEAK)) {
    const jump = share.value.robust.estimate;
    return refuse(
      'first-stage-weak',
      `At the cutoff the share who received it jumps by ${jump.toFixed(3)} only, not sure enough to divide by (z² is ${firstStage.toFixed(1)}, and 10 is needed). Show what the rule did to the outcome, or use more rows.`,
      { jump, firstStage },
    );
  }
  const estimate = outcome.value.estimate / share.value.estimate;
  const rest = jumpOf((side, at) => (side.y[at]! - estimate * received[side.row[at]!]!) / share.value.estimate);
  if (!rest.ok) return rest;
  const robust = inferenceOf(estimate + rest.value.robust.estimate, rest.value.robust.se, confidence);
  return {
    ok: true,
    value: {
      estimate,
      se: robust.se,
      ci: robust.ci,
      smallestDetectable: detectable(robust),
      p: robust.p,
      n: data.size,
      level: 4,
      assumptions: [...outcome.value.assumptions, ...ASSUMPTIONS],
      diagnostics: outcome.value.diagnostics,
      conventional: inferenceOf(estimate, rest.value.conventional.se, confidence),
      robust,
      outcome: outcome.value,
      received: share.value,
      firstStage,
    },
  };
}
