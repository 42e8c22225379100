import { logBeta } from '@meedoen/numbers';

/** Successes and trials of one arm in each stratum. */
export type ArmInStrata = { readonly successes: ArrayLike<number>; readonly trials: ArrayLike<number> };

/** What is known about each arm in each stratum, borrowing from the other strata. */
export type HierarchicalBelief = {
  /** Posterior mean and standard deviation, by arm and then stratum. */
  readonly mean: readonly Float64Array[];
  readonly sd: readonly Float64Array[];
  /** The chance that each arm is best, by stratum and then arm. */
  readonly best: readonly Float64Array[];
};

/** The grid over where an arm's strata lie (logit of their mean) and how alike they are (log of a + b). */
const places = 81;
const lowestSize = Math.log(0.02);
const highestSize = Math.log(1e9);
const sizes = 101;
/** Points at which success rates are compared, even in arcsine of the root, where a Beta is about equally wide everywhere. */
const rates = 1200;

/**
 * Success rates by arm and stratum with strata of one arm drawn from one Beta(α, β), whose prior is (α + β)^(−5/2). The
 * posterior is summed over a grid of logit mean and log size, where the Jacobian is αβ: no draws, so the same history gives
 * the same belief on every machine. Chances of being best to about 1e-3.
 *
 * O(arms · grid · (strata + rates · share of the grid that matters)).
 *
 * A. Gelman and others (2013), Bayesian Data Analysis, section 5.3; S. Caria and others (2024), JEEA, for the prior.
 */
export function hierarchicalBelief(arms: readonly ArmInStrata[]): HierarchicalBelief {
  const strata = arms[0]!.trials.length;
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
        addBeta(cell, a, b, weight);
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
  const best = Array.from({ length: strata }, (_, x) => chancesFromMass(mass.map((cells) => cells[x]!)));
  return { mean, sd, best };
}

type GridPoint = { readonly alpha: number; readonly beta: number; readonly weight: number };

/** The points of the grid that hold all but a ten-millionth of the posterior. */
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
  // A wide look first, then a fine one at what holds the posterior.
  let middle = Math.log(s / (n - s));
  let reach = 8;
  let grid: { place: number; size: number; log: number }[] = [];
  for (let look = 0; look < 4; look++) {
    grid = [];
    let highest = -Infinity;
    for (let u = 0; u < places; u++) {
      const place = middle - reach + (2 * reach * u) / (places - 1);
      for (let v = 0; v < sizes; v += look < 3 ? 4 : 1) {
        const log = logPosterior(place, size[v]!);
        if (log > highest) highest = log;
        grid.push({ place, size: size[v]!, log });
      }
    }
    grid = grid.filter(({ log }) => log > highest - 20);
    const used = grid.map(({ place }) => place);
    const [low, high] = [Math.min(...used), Math.max(...used)];
    const step = (2 * reach) / (places - 1);
    if (look < 3) {
      middle = (low + high) / 2;
      reach = (high - low) / 2 + step;
    }
  }
  const top = Math.max(...grid.map(({ log }) => log));
  const total = grid.reduce((sum, { log }) => sum + Math.exp(log - top), 0);
  return grid
    .map(({ place, size: v, log }): GridPoint => {
      const share = 1 / (1 + Math.exp(-place));
      return { alpha: Math.exp(v) * share, beta: Math.exp(v) * (1 - share), weight: Math.exp(log - top) / total };
    })
    .filter(({ weight }) => weight > 1e-7);
}

// The rates θ = sin²φ of the cells' middles, their logarithms, and how wide the cells are in θ.
const angle = Float64Array.from({ length: rates }, (_, i) => ((i + 0.5) / rates) * (Math.PI / 2));
const logRate = angle.map((phi) => 2 * Math.log(Math.sin(phi)));
const logRest = angle.map((phi) => 2 * Math.log(Math.cos(phi)));
const logWidth = angle.map((phi) => Math.log(2 * Math.sin(phi) * Math.cos(phi)));

function addBeta(cell: Float64Array, a: number, b: number, weight: number): void {
  // A Beta is about 1/(2√n) wide in φ wherever it lies; beyond eight of those nothing is left.
  const centre = Math.asin(Math.sqrt(a / (a + b)));
  const reach = 8 / (2 * Math.sqrt(a + b)) + 2 / rates;
  const step = Math.PI / 2 / rates;
  const from = a < 2 ? 0 : Math.max(0, Math.floor((centre - reach) / step));
  const to = b < 2 ? rates - 1 : Math.min(rates - 1, Math.ceil((centre + reach) / step));
  const constant = Math.log(weight * step) - logBeta(a, b);
  for (let i = from; i <= to; i++) {
    cell[i]! += Math.exp((a - 1) * logRate[i]! + (b - 1) * logRest[i]! + logWidth[i]! + constant);
  }
}

/** P(best) from the mass of each arm per cell; within one cell, arms are taken to be equally likely ahead. */
function chancesFromMass(mass: readonly Float64Array[]): Float64Array {
  const below = mass.map(() => 0);
  const chances = new Float64Array(mass.length);
  for (let i = 0; i < rates; i++) {
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
