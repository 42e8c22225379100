import { logBeta } from '@meedoen/numbers';

/** Successes and trials of one arm in each stratum. */
export type ArmInStrata = { readonly successes: ArrayLike<number>; readonly trials: ArrayLike<number> };

/** What is known about each arm in each stratum, borrowing from the other strata. */
export type HierarchicalBelief = {
  /** Posterior mean and standard deviation, by arm and then stratum. */
  readonly mean: readonly Float64Array[];
  readonly sd: readonly Float64Array[];
  /** The chance that each of these arms is the best of them, in a stratum; in the order asked. */
  readonly bestAmong: (stratum: number, arms: readonly number[]) => Float64Array;
};

/** The grid over where an arm's strata lie (logit of their mean) and how alike they are (log of a + b). */
const places = 21;
const lowestSize = Math.log(0.02);
const highestSize = Math.log(1e9);
const sizes = 49;
/** What is e^−14 times as likely as the best does not matter; closer looks end after so many, narrower than 1e-6. */
const negligible = 14;
const mostLooks = 6;
/** Cells in which success rates are compared, even in arcsine of the root, where a Beta is about equally wide everywhere. */
const fewestRates = 160;
const mostRates = 1200;
/** Cells within one standard deviation of what is known best. */
const cellsPerDeviation = 5;

/**
 * Success rates by arm and stratum with strata of one arm drawn from one Beta(α, β), whose prior is (α + β)^(−5/2). The
 * posterior is summed over a grid of logit mean and log size, where the Jacobian is αβ: no draws, so the same history gives
 * the same belief on every machine. Chances of being best to about 1e-3.
 *
 * O(arms · grid · strata · cells).
 *
 * A. Gelman and others (2013), Bayesian Data Analysis, section 5.3; S. Caria and others (2024), JEEA, for the prior.
 */
export function hierarchicalBelief(arms: readonly ArmInStrata[]): HierarchicalBelief {
  const strata = arms[0]!.trials.length;
  const scale = scaleFor(arms);
  const rates = scale.angle.length;
  const mean: Float64Array[] = [];
  const sd: Float64Array[] = [];
  // Mass of each arm's rate in each cell, by stratum.
  const mass: Float64Array[][] = [];
  for (const arm of arms) {
    const grid = posteriorGrid(arm);
    const means = new Float64Array(strata);
    const sds = new Float64Array(strata);
    const cells: Float64Array[] = [];
    for (let x = 0; x < strata; x++) {
      const s = arm.successes[x]!;
      const failures = arm.trials[x]! - s;
      let first = 0;
      let second = 0;
      const cell = new Float64Array(rates);
      for (const { alpha, beta, weight } of grid) {
        const a = alpha + s;
        const b = beta + failures;
        const n = a + b;
        first += (weight * a) / n;
        second += (weight * a * (a + 1)) / (n * (n + 1));
        addBeta(cell, scale, a, b, weight);
      }
      means[x] = first;
      sds[x] = Math.sqrt(Math.max(0, second - first * first));
      const total = cell.reduce((left, right) => left + right, 0);
      cells.push(cell.map((value) => value / total));
    }
    mean.push(means);
    sd.push(sds);
    mass.push(cells);
  }
  return { mean, sd, bestAmong: (x, among) => chancesFromMass(among.map((d) => mass[d]![x]!)) };
}

type GridPoint = { readonly alpha: number; readonly beta: number; readonly weight: number };

/** The points of the grid that hold all but a thousandth of a percent of the posterior. */
function posteriorGrid({ successes, trials }: ArmInStrata): GridPoint[] {
  const strata = trials.length;
  const logPosterior = (place: number, size: number): number => {
    const total = Math.exp(size);
    const share = 1 / (1 + Math.exp(-place));
    const alpha = total * share;
    const beta = total * (1 - share);
    let value = -2.5 * size + Math.log(alpha) + Math.log(beta);
    const prior = logBeta(alpha, beta);
    for (let x = 0; x < strata; x++) {
      if (trials[x]! > 0) value += logBeta(alpha + successes[x]!, beta + trials[x]! - successes[x]!) - prior;
    }
    return value;
  };
  let s = 0.5;
  let n = 1;
  for (let x = 0; x < strata; x++) {
    s += successes[x]!;
    n += trials[x]!;
  }
  const size = Array.from({ length: sizes }, (_, v) => lowestSize + (v * (highestSize - lowestSize)) / (sizes - 1));
  const grid: { place: number; size: number; log: number }[] = [];
  let top = -Infinity;
  for (let v = 0; v < sizes; v++) {
    // Half a step at either end, as the trapezoidal rule has it.
    const half = v === 0 || v === sizes - 1 ? -Math.LN2 : 0;
    // The more alike the strata, the less place is left for their mean: each size has places of its own, a wide look
    // first and closer ones until the posterior covers enough of them.
    let [low, high] = [Math.log(s / (n - s)) - 10, Math.log(s / (n - s)) + 10];
    for (let look = 0; ; look++) {
      const step = (high - low) / (places - 1);
      const row = Array.from({ length: places }, (_, u) => {
        const place = low + u * step;
        return { place, size: size[v]!, log: logPosterior(place, size[v]!) + Math.log(step) + half };
      });
      const best = Math.max(...row.map(({ log }) => log));
      const near = row.filter(({ log }) => log > best - negligible);
      if (near.length > places / 2 || look === mostLooks) {
        grid.push(...near);
        top = Math.max(top, best);
        break;
      }
      [low, high] = [near[0]!.place - step, near[near.length - 1]!.place + step];
    }
  }
  const total = grid.reduce((sum, { log }) => sum + Math.exp(log - top), 0);
  return grid
    .map(({ place, size: v, log }): GridPoint => {
      const share = 1 / (1 + Math.exp(-place));
      return { alpha: Math.exp(v) * share, beta: Math.exp(v) * (1 - share), weight: Math.exp(log - top) / total };
    })
    .filter(({ weight }) => weight > 1e-6);
}

/** The rates θ = sin²φ of the cells' middles, their logarithms, and how wide the cells are in θ. */
type RateScale = Readonly<Record<'angle' | 'logRate' | 'logRest' | 'logWidth', Float64Array>>;

function scaleFor(arms: readonly ArmInStrata[]): RateScale {
  // When strata of an arm are alike, all its people say where its rate lies.
  const people = Math.max(...arms.map(({ trials }) => Array.from(trials).reduce((sum, n) => sum + n, 0)));
  const wanted = Math.ceil(Math.PI * Math.sqrt(people + 2) * cellsPerDeviation);
  const rates = Math.min(mostRates, Math.max(fewestRates, wanted));
  const angle = Float64Array.from({ length: rates }, (_, i) => ((i + 0.5) / rates) * (Math.PI / 2));
  return {
    angle,
    logRate: angle.map((phi) => 2 * Math.log(Math.sin(phi))),
    logRest: angle.map((phi) => 2 * Math.log(Math.cos(phi))),
    logWidth: angle.map((phi) => Math.log(2 * Math.sin(phi) * Math.cos(phi))),
  };
}

function addBeta(
  cell: Float64Array,
  { logRate, logRest, logWidth }: RateScale,
  a: number,
  b: number,
  weight: number,
): void {
  const rates = cell.length;
  // A Beta is about 1/(2√n) wide in φ wherever it lies; beyond six of those nothing is left.
  const centre = Math.asin(Math.sqrt(a / (a + b)));
  const wide = 1 / (2 * Math.sqrt(a + b));
  const step = Math.PI / 2 / rates;
  if (wide < step) {
    // Narrower than a cell: all of it lies between two middles, which the density at the middles would miss.
    const place = Math.min(rates - 1, Math.max(0, centre / step - 0.5));
    const left = Math.floor(place);
    const right = Math.min(rates - 1, left + 1);
    cell[left]! += weight * (1 - (place - left));
    cell[right]! += weight * (place - left);
    return;
  }
  const reach = 6 * wide + 2 * step;
  const from = a < 2 ? 0 : Math.max(0, Math.floor((centre - reach) / step));
  const to = b < 2 ? rates - 1 : Math.min(rates - 1, Math.ceil((centre + reach) / step));
  const constant = Math.log(weight * step) - logBeta(a, b);
  for (let i = from; i <= to; i++) {
    let value = Math.exp((a - 1) * logRate[i]! + (b - 1) * logRest[i]! + logWidth[i]! + constant);
    // At the very ends the density goes as φ^(2a − 1): its integral over the cell, not its value in the middle.
    if (i === 0) value *= 2 ** (2 * a - 2) / a;
    if (i === rates - 1) value *= 2 ** (2 * b - 2) / b;
    cell[i]! += value;
  }
}

/** P(best) from the mass of each arm per cell; within one cell, arms are taken to be equally likely ahead. */
function chancesFromMass(mass: readonly Float64Array[]): Float64Array {
  const below = mass.map(() => 0);
  const chances = new Float64Array(mass.length);
  for (let i = 0; i < mass[0]!.length; i++) {
    for (let d = 0; d < mass.length; d++) {
      let product = mass[d]![i]!;
      for (let j = 0; j < mass.length && product > 0; j++) if (j !== d) product *= below[j]! + mass[j]![i]! / 2;
      chances[d]! += product;
    }
    for (let j = 0; j < mass.length; j++) below[j]! += mass[j]![i]!;
  }
  const total = chances.reduce((left, right) => left + right, 0);
  return chances.map((chance) => chance / total);
}
