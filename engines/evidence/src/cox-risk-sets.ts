import { square, type Square } from '@meedoen/numbers';
import type { CoxDesign } from './cox-design.ts';

/**
 * The risk sets of a Cox model at given coefficients, one entry per event time.
 *
 * With a = Σ over the risk set of w·e^{xβ}·{1, x}, e the same over the tied events and φ_l = a₀ − (l/d)·e₀, the sums
 * over l = 0 … d − 1 that every formula needs are five numbers per time, whatever the number of covariates.
 */
export type RiskSets = {
  /** e^{xβ} per row, without its weight. */
  readonly risk: Float64Array;
  /** a₁ and e₁, p numbers per event time. */
  readonly all: Float64Array;
  readonly tiedOnly: Float64Array;
  /** Σ 1/φ, Σ f/φ, Σ 1/φ², Σ f/φ², Σ f²/φ² with f = l/d, times the mean weight of the events. */
  readonly s10: Float64Array;
  readonly s11: Float64Array;
  readonly s20: Float64Array;
  readonly s21: Float64Array;
  readonly s22: Float64Array;
  /** `NaN` where rounding leaves nothing of it: with late entry and hazards that differ ten-billion-fold. */
  readonly logLikelihood: number;
};

/** One pass over the rows and one over the event times. O(n·p + times·p + events). */
export function riskSets(design: CoxDesign, beta: Float64Array): RiskSets {
  const { size, terms, ties, first, last, isEvent, weight, stratumStart, tied, meanWeight } = design;
  const { matrix } = terms;
  const p = beta.length;
  const width = p + 1;
  const k = tied.length;
  const risk = new Float64Array(size);
  const sums = new Float64Array(k * width);
  const tiedSums = new Float64Array(k * width);
  let logLikelihood = 0;
  for (let i = 0; i < size; i++) {
    const end = last[i]!;
    const begin = first[i]!;
    const row = i * p;
    let eta = 0;
    for (let j = 0; j < p; j++) eta += matrix[row + j]! * beta[j]!;
    const r = Math.exp(eta);
    risk[i] = r;
    if (end <= begin) continue;
    const w = weight ? weight[i]! : 1;
    const wr = w * r;
    // A row is counted where it is last at risk; the sum from the latest time backwards does the rest.
    const at = (end - 1) * width;
    sums[at]! += wr;
    for (let j = 0; j < p; j++) sums[at + 1 + j]! += wr * matrix[row + j]!;
    if (isEvent[i] === 1) {
      logLikelihood += w * eta;
      tiedSums[at]! += wr;
      for (let j = 0; j < p; j++) tiedSums[at + 1 + j]! += wr * matrix[row + j]!;
    }
  }
  // Taken out again before it entered.
  const leaving = takeOut(design, risk, width);

  const all = new Float64Array(k * p);
  const tiedOnly = new Float64Array(k * p);
  const s10 = new Float64Array(k);
  const s11 = new Float64Array(k);
  const s20 = new Float64Array(k);
  const s21 = new Float64Array(k);
  const s22 = new Float64Array(k);
  const running = new Float64Array(width);
  const lost = new Float64Array(width);
  for (let s = 0; s + 1 < stratumStart.length; s++) {
    running.fill(0);
    lost.fill(0);
    let largest = 0;
    for (let t = stratumStart[s + 1]! - 1; t >= stratumStart[s]!; t--) {
      for (let j = 0; j < width; j++) {
        addKeeping(running, lost, j, sums[t * width + j]!);
        if (leaving) addKeeping(running, lost, j, -leaving[t * width + j]!);
      }
      const a0 = running[0]! + lost[0]!;
      // What is left after taking out people who weighed 1e10 times as much has no digits worth having.
      largest = Math.max(largest, a0);
      if (leaving && a0 < 1e-10 * largest) logLikelihood = NaN;
      const e0 = tiedSums[t * width]!;
      for (let j = 0; j < p; j++) {
        all[t * p + j] = running[j + 1]! + lost[j + 1]!;
        tiedOnly[t * p + j] = tiedSums[t * width + 1 + j]!;
      }
      const d = tied[t]!;
      const w = meanWeight[t]!;
      if (ties === 'breslow' || d === 1) {
        s10[t] = (w * d) / a0;
        s20[t] = (w * d) / (a0 * a0);
        logLikelihood -= w * d * Math.log(a0);
        continue;
      }
      let b10 = 0;
      let b11 = 0;
      let b20 = 0;
      let b21 = 0;
      let b22 = 0;
      let logs = 0;
      for (let l = 0; l < d; l++) {
        const f = l / d;
        const phi = a0 - f * e0;
        const one = 1 / phi;
        const two = one * one;
        b10 += one;
        b11 += f * one;
        b20 += two;
        b21 += f * two;
        b22 += f * f * two;
        logs += Math.log(phi);
      }
      s10[t] = w * b10;
      s11[t] = w * b11;
      s20[t] = w * b20;
      s21[t] = w * b21;
      s22[t] = w * b22;
      logLikelihood -= w * logs;
    }
  }
  return { risk, all, tiedOnly, s10, s11, s20, s21, s22, logLikelihood };
}

function takeOut(design: CoxDesign, risk: Float64Array, width: number): Float64Array | null {
  const { size, terms, first, last, weight, stratumStart, tied } = design;
  let leaving: Float64Array | null = null;
  const p = width - 1;
  // A stratum begins at the start of its event times; only rows that come later must be taken out.
  const begins = new Uint8Array(tied.length + 1);
  for (const start of stratumStart) begins[start] = 1;
  for (let i = 0; i < size; i++) {
    const begin = first[i]!;
    if (last[i]! <= begin || begins[begin] === 1) continue;
    leaving ??= new Float64Array(tied.length * width);
    const wr = (weight ? weight[i]! : 1) * risk[i]!;
    const at = (begin - 1) * width;
    leaving[at]! += wr;
    for (let j = 0; j < p; j++) leaving[at + 1 + j]! += wr * terms.matrix[i * p + j]!;
  }
  return leaving;
}

/** Neumaier's sum in place: late entry subtracts large sums, and small risk sets must not drown in their rounding. */
function addKeeping(running: Float64Array, lost: Float64Array, j: number, term: number): void {
  const before = running[j]!;
  const after = before + term;
  lost[j]! += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
  running[j] = after;
}

/** Running sums with a leading 0, so that upTo[b] − upTo[a] adds the times a to b − 1. */
export function cumulated(values: Float64Array, factor: Float64Array | null): Float64Array {
  const upTo = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) upTo[t + 1] = upTo[t]! + values[t]! * (factor ? factor[t]! : 1);
  return upTo;
}

/** The slope of the log likelihood and minus its curvature. */
export type Derivatives = { readonly score: Float64Array; readonly information: Square };

/**
 * Score and information in one pass over the rows; each event time's information multiplied by `factor` if given.
 *
 * A row's exposure is e^{xβ} times the hazard it met, tied events with their part only. The score is
 * Σ w·x·(event − exposure). And Σ over times of a₂·Σ1/φ − e₂·Σf/φ is Σ over rows of w·x·x'·exposure, so that no
 * p × p matrix is kept per time. O((n + times)·p²).
 */
export function derivatives(design: CoxDesign, sets: RiskSets, factor: Float64Array | null = null): Derivatives {
  const { size, terms, first, last, isEvent, weight } = design;
  const { matrix } = terms;
  const { risk, all, tiedOnly, s10, s11, s20, s21, s22 } = sets;
  const p = terms.names.length;
  const upTo = cumulated(s10, factor);
  const score = new Float64Array(p);
  const information = square(p);
  const { values } = information;
  const exposure = new Float64Array(BLOCK);
  for (let from = 0; from < size; from += BLOCK) {
    const until = Math.min(size, from + BLOCK);
    for (let i = from; i < until; i++) {
      const end = last[i]!;
      const begin = first[i]!;
      exposure[i - from] = 0;
      if (end <= begin) continue;
      const event = isEvent[i]!;
      const own = event === 1 ? s11[end - 1]! * (factor ? factor[end - 1]! : 1) : 0;
      const w = weight ? weight[i]! : 1;
      const exposed = w * risk[i]! * (upTo[end]! - upTo[begin]! - own);
      exposure[i - from] = exposed;
      const surplus = w * event - exposed;
      for (let j = 0; j < p; j++) score[j]! += surplus * matrix[i * p + j]!;
    }
    addOuterProducts(values, exposure, matrix, { from, until, p });
  }
  for (let t = 0; t < s20.length; t++) {
    const g = factor ? factor[t]! : 1;
    const at = t * p;
    for (let j = 0; j < p; j++) {
      const aj = all[at + j]!;
      const ej = tiedOnly[at + j]!;
      for (let h = 0; h <= j; h++) {
        const ah = all[at + h]!;
        const eh = tiedOnly[at + h]!;
        values[j * p + h]! -= g * (s20[t]! * aj * ah - s21[t]! * (aj * eh + ej * ah) + s22[t]! * ej * eh);
      }
    }
  }
  for (let j = 0; j < p; j++) for (let h = 0; h < j; h++) values[h * p + j] = values[j * p + h]!;
  return { score, information };
}

/** Rows at a time of which all products are taken: they stay in the fastest memory. */
const BLOCK = 512;

/**
 * Adds Σ w·x·x' over a block of rows to the lower triangle, two products at a time: each sum is kept in a register, where adding to
 * the matrix row by row would wait for memory each time.
 */
function addOuterProducts(
  values: Float64Array,
  weight: Float64Array,
  matrix: Float64Array,
  { from, until, p }: { readonly from: number; readonly until: number; readonly p: number },
): void {
  const count = until - from;
  for (let j = 0; j < p; j++) {
    for (let h = 0; h <= j; h += 2) {
      const second = h < j ? 1 : 0;
      let one = 0;
      let two = 0;
      for (let i = 0, mine = from * p + j, other = from * p + h; i < count; i++, mine += p, other += p) {
        const part = weight[i]! * matrix[mine]!;
        one += part * matrix[other]!;
        two += part * matrix[other + second]!;
      }
      values[j * p + h]! += one;
      if (second === 1) values[j * p + h + 1]! += two;
    }
  }
}

/** Σ w·x²·exposure per covariate, before the squares of the means are taken off: the scale of the information's rounding. */
export function squaresAtRisk(design: CoxDesign, { risk, s10, s11 }: RiskSets): Float64Array {
  const { size, terms, first, last, isEvent, weight } = design;
  const p = terms.names.length;
  const upTo = cumulated(s10, null);
  const squares = new Float64Array(p);
  for (let i = 0; i < size; i++) {
    const end = last[i]!;
    if (end <= first[i]!) continue;
    const own = isEvent[i] === 1 ? s11[end - 1]! : 0;
    const exposure = (weight ? weight[i]! : 1) * risk[i]! * (upTo[end]! - upTo[first[i]!]! - own);
    for (let j = 0; j < p; j++) squares[j]! += exposure * terms.matrix[i * p + j]! ** 2;
  }
  return squares;
}
