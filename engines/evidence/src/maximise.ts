import { cholesky, quadraticForm, solve, type Cholesky, type Square } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';

/** A partial likelihood at some coefficients; what Newton needs of it is computed when asked for. */
export type Slope<State> = {
  readonly at: State;
  readonly logLikelihood: number;
  readonly derivatives: () => { readonly score: Float64Array; readonly information: Square };
  /** Per covariate, the sum that its information is a small difference of: the scale of its rounding. */
  readonly squares: () => Float64Array;
};

export type Maximum<State> = {
  readonly beta: Float64Array;
  readonly at: State;
  readonly logLikelihood: number;
  readonly information: Cholesky;
  /** Log likelihood at 0, and the score test of all coefficients being 0. */
  readonly start: number;
  readonly scoreChiSquared: number;
  readonly iterations: number;
};

const MOST_ITERATIONS = 40;

/** What a refusal says of a column that adds nothing, and of one whose coefficient has no end. */
export type MaximumWords = {
  readonly dependent: (column: string) => string;
  readonly separated: (column: string) => string;
};

const TIME_TO_EVENT: MaximumWords = {
  dependent: (column) =>
    `Column ${column} says nothing more: people followed together do not differ in it, or the columns and strata before it say the same. Leave it out.`,
  separated: (column) =>
    `The coefficient of ${column} has no end: the event never happens on one side of it. Merge rare categories, leave the column out, or follow more people.`,
};

/**
 * Newton's method with step halving from 0, for standardised covariates, until the log likelihood changes by less than
 * 1e-9 of itself and no coefficient by more than 1e-8; Newton then has about twice as many digits.
 *
 * Refuses covariates that say nothing more than the others, and coefficients without end (separation).
 */
export function maximise<State>(
  names: readonly string[],
  slopeAt: (beta: Float64Array) => Slope<State>,
  words: MaximumWords = TIME_TO_EVENT,
): Parsed<Maximum<State>> {
  const refuseDependent = (column: string): Refusal =>
    refuse('covariates-dependent', words.dependent(column), { column });
  const refuseSeparation = (): Refusal => {
    let far = 0;
    for (let j = 1; j < beta.length; j++) if (Math.abs(beta[j]!) > Math.abs(beta[far]!)) far = j;
    const column = names[far]!;
    return refuse('separation', words.separated(column), { column });
  };
  let beta = new Float64Array(names.length);
  let here = slopeAt(beta);
  const start = here.logLikelihood;
  let scoreChiSquared = 0;
  let atZero: Cholesky | null = null;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const { score, information } = here.derivatives();
    if (!atZero) {
      const mute = rowWithoutSpread(information, here.squares());
      if (mute !== null) return refuseDependent(names[mute]!);
    }
    const factor = cholesky(information, atZero ? 1e-14 : 1e-11);
    if ('dependentRow' in factor) {
      return atZero ? refuseSeparation() : refuseDependent(names[factor.dependentRow]!);
    }
    if (!atZero) scoreChiSquared = quadraticForm(factor, score);
    else if (vanished(factor, atZero)) return refuseSeparation();
    atZero ??= factor;

    let step = solve(factor, score);
    // The whole step counts, also when it is halved: at a maximum Newton wants to go nowhere.
    const wanted = Math.max(...step.map(Math.abs));
    let next = beta.map((b, j) => b + step[j]!);
    let there = slopeAt(next);
    // Too far when the likelihood falls or cannot be computed; by rounding alone it may fall in its last digits.
    const slack = 1e-10 * (1 + Math.abs(start));
    for (let halving = 0; !(there.logLikelihood >= here.logLikelihood - slack) && halving < 30; halving++) {
      step = step.map((s) => s / 2);
      next = beta.map((b, j) => b + step[j]!);
      there = slopeAt(next);
    }
    const gained = Math.abs(there.logLikelihood - here.logLikelihood) / Math.max(1e-300, Math.abs(there.logLikelihood));
    beta = next;
    here = there;
    if (gained < 1e-9 && wanted < 1e-8) {
      const fitted = cholesky(here.derivatives().information, 1e-14);
      if ('dependentRow' in fitted || vanished(fitted, atZero)) return refuseSeparation();
      return {
        ok: true,
        value: {
          beta,
          at: here.at,
          logLikelihood: here.logLikelihood,
          information: fitted,
          start,
          scoreChiSquared,
          iterations: iteration + 1,
        },
      };
    }
  }
  return refuseSeparation();
}

/** A covariate that is constant within every risk set: its information is the rounding of a difference, not a number. */
function rowWithoutSpread({ size, values }: Square, squares: Float64Array): number | null {
  for (let j = 0; j < size; j++) if (!(values[j * size + j]! > 1e-11 * squares[j]!)) return j;
  return null;
}

/**
 * Separation shows in the information: towards a coefficient without end it falls like e^(−β) while the likelihood hardly
 * moves, and rounding may stop the search anywhere. A ten-millionth of what it was at 0 is no information: one event
 * among a million people still has a hundred times as much, and beyond it late entry leaves no correct digits.
 */
function vanished({ size, lower }: Cholesky, atZero: Cholesky): boolean {
  for (let j = 0; j < size; j++) {
    const cell = j * size + j;
    if (lower[cell]! ** 2 < 1e-7 * atZero.lower[cell]! ** 2) return true;
  }
  return false;
}
