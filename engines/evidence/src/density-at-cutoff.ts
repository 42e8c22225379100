import { normalTwoSided } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { CutoffData, Side } from './cutoff-data.ts';
import { coefficients, fitLocally, rowWeights, type LocalFit } from './local-polynomial.ts';

/** Whether more people than expected stand just on one side (nl: manipulatietoets): a difference of two densities. */
export type DensityTest = {
  /** Share of all rows per unit of the running variable, just below the cutoff and just from it. */
  readonly below: number;
  readonly above: number;
  readonly difference: number;
  readonly se: number;
  readonly z: number;
  readonly p: number;
  readonly bandwidths: readonly [below: number, above: number];
  readonly rows: readonly [below: number, above: number];
};

/** Degree of the curve through the distribution function whose bandwidth is chosen; the test itself fits one more. */
const DEGREE = 2;
/** Distinct values a window must hold. */
const FEWEST_DISTINCT = 20;

/**
 * Is the density of the running variable the same on both sides of the cutoff?
 *
 * A cubic through the empirical distribution function near the cutoff; its slope is the density, without the binning of a
 * histogram and without bias at the border. Bandwidths make the squared error of the quadratic's slope small on each side
 * (plug-in); the error counts that all rows make the distribution function.
 * Where values repeat, the distribution function is taken at the middle of its jump.
 *
 * Refuses fewer than 20 distinct running values on a side. O(n).
 *
 * M. D. Cattaneo, M. Jansson & X. Ma (2020), Journal of the American Statistical Association 115, 1449–1455. The choice of
 * bandwidth follows their formula, not the code of rddensity: figures differ in the second digit.
 */
export function densityAtCutoff(data: CutoffData): Parsed<DensityTest> {
  const { below, above, cutoff } = data;
  for (const side of [below, above]) {
    if (side.groups < FEWEST_DISTINCT) {
      return refuse(
        'too-few-values-for-density',
        `One side of the cutoff ${cutoff} has ${side.groups} different running values; a density needs at least ${FEWEST_DISTINCT}. Judge by what you know of how people come to their value.`,
        { values: side.groups, needed: FEWEST_DISTINCT },
      );
    }
  }
  const parts = [below, above].map((side) => {
    const shares = distribution(data, side);
    const width = bandwidthOf(data, side, shares);
    const fit = width === null ? null : fitLocally(side, DEGREE + 1, width, 'triangular');
    if (!fit) return null;
    const influence = influenceOn(1, data, fit, shares).map((moved) => moved / fit.bandwidth);
    return { slope: coefficients(fit, shares)[1]! / fit.bandwidth, fit, influence };
  });
  const [l, r] = parts;
  if (!l || !r) {
    return refuse(
      'window-too-small',
      'Near the cutoff there are too few different running values to fit a density to.',
    );
  }
  let variance = 0;
  for (let i = 0; i < data.size; i++) variance += (r.influence[i]! - l.influence[i]!) ** 2;
  const se = Math.sqrt(variance);
  const difference = r.slope - l.slope;
  return {
    ok: true,
    value: {
      below: l.slope,
      above: r.slope,
      difference,
      se,
      z: difference / se,
      p: normalTwoSided(difference / se),
      bandwidths: [l.fit.bandwidth, r.fit.bandwidth],
      rows: [l.fit.rows, r.fit.rows],
    },
  };
}

/** The empirical distribution function at each row of a side, in the middle of its jump there. */
function distribution({ size, below, above }: CutoffData, side: Side): Float64Array {
  const shares = new Float64Array(side.size);
  for (let group = 0; group < side.groups; group++) {
    const from = side.groupStart[group]!;
    const to = side.groupStart[group + 1]!;
    // Rows nearer the cutoff are those before; below the cutoff they are the larger ones.
    const smaller = side === above ? below.size + from : below.size - to;
    shares.fill((smaller + (to - from) / 2) / size, from, to);
  }
  return shares;
}

/**
 * What each row of the data moves the coefficient of u^power: Σ l·([x_j ≤ x_i] − F(x_i))/n over the rows i of the window,
 * half where the two are equal.
 */
function influenceOn(power: number, data: CutoffData, fit: LocalFit, shares: Float64Array): Float64Array {
  const { below, above, size } = data;
  const { side, rows } = fit;
  const l = rowWeights(fit, power);
  let all = 0;
  let expected = 0;
  for (let i = 0; i < rows; i++) {
    all += l[i]!;
    expected += l[i]! * shares[i]!;
  }
  const influence = new Float64Array(size);
  // Below the window a row counts for every row in it, above it for none.
  for (const row of (side === above ? below : above).row) {
    influence[row] = ((side === above ? all : 0) - expected) / size;
  }
  let nearer = 0; // Σ l over rows nearer the cutoff
  for (let group = 0; group < side.groups; group++) {
    const from = side.groupStart[group]!;
    const to = side.groupStart[group + 1]!;
    let own = 0;
    for (let i = from; i < Math.min(to, rows); i++) own += l[i]!;
    const counted = side === above ? all - nearer - own / 2 : nearer + own / 2;
    for (let i = from; i < to; i++) influence[side.row[i]!] = (counted - expected) / size;
    nearer += own;
  }
  return influence;
}

/** h with the smallest squared error of the quadratic's slope: pilot·(V/(2p·bias²))^(1/(2p + 1)). */
function bandwidthOf(data: CutoffData, side: Side, shares: Float64Array): number | null {
  const furthest = Math.abs(side.x[side.size - 1]!);
  const nearest = Math.abs(side.x[side.groupStart[FEWEST_DISTINCT - 1]!]!) * (1 + 1e-9);
  const within = (h: number): number => Math.min(Math.max(h, nearest), furthest);
  // The pilot serves the third derivative of a distribution function, whose best bandwidth shrinks with n^(−1/9).
  const pilot = within(2.576 * data.spread * data.size ** (-1 / 9));
  const fit = fitLocally(side, DEGREE, pilot, 'triangular');
  const wider = fitLocally(side, DEGREE + 2, pilot, 'triangular');
  if (!fit || !wider) return null;
  const l = rowWeights(fit, 1);
  let kappa = 0;
  for (let i = 0; i < fit.rows; i++) kappa += l[i]! * fit.u[i]! ** (DEGREE + 1);
  const curvature = coefficients(wider, shares)[DEGREE + 1]!;
  // A curvature estimated from noise is never far below that noise, so its square needs no error added.
  const bias = (kappa * curvature) ** 2;
  const variance = squareSum(influenceOn(1, data, fit, shares));
  return within(pilot * (variance / (2 * DEGREE * bias)) ** (1 / (2 * DEGREE + 1)));
}

function squareSum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}
