import { inverse } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { weightedSquares } from './least-squares.ts';
import { covarianceInOwnUnits, inOwnUnits, linearPredictor, type LinearDesign } from './linear-design.ts';
import { maximise, type MaximumWords } from './maximise.ts';
import type { FitWeights, ModelFit } from './model-fit.ts';

/** A fitted logistic regression: `fitted` is the share of people like this row who have a 1. */
export type LogisticFit = ModelFit & {
  /** −2 log likelihood. */
  readonly deviance: number;
  readonly iterations: number;
};

const WORDS: MaximumWords = {
  dependent: (column) =>
    `Column ${column} says nothing more than the columns before it. Leave it out, or merge rare categories.`,
  separated: (column) =>
    `Column ${column}, alone or with others, tells the two sides apart without exception: there are people whom nobody on the other side is like. Merge rare categories, leave such people out on both sides, or add people who are alike.`,
};

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares) with step halving.
 *
 * Refuses an outcome other than 0 and 1, an outcome that everybody shares, columns that follow from the others, and
 * separation (a coefficient without end), complete or in one corner only. O(iterations·n·p²).
 */
export function fitLogistic(
  design: LinearDesign,
  outcome: ArrayLike<number>,
  { weight = null, emphasis, column = 'outcome' }: FitWeights & { readonly column?: string } = {},
): Parsed<LogisticFit> {
  const { size, names, matrix } = design;
  if (outcome.length !== size) throw new RangeError(`There are ${size} rows and ${outcome.length} outcomes.`);
  const k = names.length;
  const counts = new Float64Array(size);
  for (let i = 0; i < size; i++) counts[i] = (weight ? weight[i]! : 1) * (emphasis ? emphasis[i]! : 1);
  let ones = 0;
  let all = 0;
  for (let i = 0; i < size; i++) {
    if (counts[i] === 0) continue;
    const y = outcome[i]!;
    if (y !== 0 && y !== 1) {
      return refuseCell('outcome-not-usable', column, i, `${y} is neither 0 nor 1. Write 1 for yes and 0 for no.`, {
        found: String(y),
      });
    }
    all += counts[i]!;
    ones += counts[i]! * y;
  }
  if (ones === 0 || ones === all) {
    return refuse(
      'outcome-constant',
      all === 0
        ? 'There are no rows to fit a model on. Give at least one person.'
        : `Column ${column} is ${ones === 0 ? 0 : 1} in every row, so there is nothing to tell apart. Give people of both kinds.`,
      { column },
    );
  }

  const found = maximise(
    names,
    (beta) => {
      const linear = linearPredictor(design, beta);
      let logLikelihood = 0;
      for (let i = 0; i < size; i++) {
        if (counts[i] === 0) continue;
        // ln p or ln(1 − p), without forming a p that rounds to 0 or 1.
        const away = outcome[i] === 1 ? -linear[i]! : linear[i]!;
        logLikelihood -= counts[i]! * (Math.max(0, away) + Math.log1p(Math.exp(-Math.abs(away))));
      }
      const shares = (): Float64Array => linear.map(shareOf);
      const spreads = (): Float64Array => linear.map((eta, i) => counts[i]! * shareOf(eta) * shareOf(-eta));
      return {
        at: { shares, spreads },
        logLikelihood,
        derivatives: () => {
          const score = new Float64Array(k);
          for (let i = 0; i < size; i++) {
            if (counts[i] === 0) continue;
            const pulled = counts[i]! * (outcome[i] === 1 ? shareOf(-linear[i]!) : -shareOf(linear[i]!));
            for (let j = 0; j < k; j++) score[j]! += matrix[i * k + j]! * pulled;
          }
          return { score, information: weightedSquares(design, spreads()) };
        },
        squares: () => {
          const { values } = weightedSquares(design, spreads());
          return Float64Array.from({ length: k }, (_, j) => values[j * k + j]!);
        },
      };
    },
    WORDS,
  );
  if (!found.ok) return found;
  const { beta, at, information, iterations, logLikelihood } = found.value;
  const fitted = at.shares();
  const pull = new Float64Array(size);
  for (let i = 0; i < size; i++) if (counts[i] !== 0) pull[i] = (emphasis?.[i] ?? 1) * (outcome[i]! - fitted[i]!);
  return {
    ok: true,
    value: {
      design,
      beta,
      coefficients: inOwnUnits(design, beta),
      covariance: covarianceInOwnUnits(design, inverse(information)),
      fitted,
      pull,
      information,
      deviance: -2 * logLikelihood,
      iterations,
    },
  };
}

/** 1 / (1 + e^−η), with all digits in both tails. */
function shareOf(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}
