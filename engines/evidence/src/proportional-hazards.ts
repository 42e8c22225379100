import { chiSquaredUpperTail, cholesky, quadraticForm, solve, square } from '@meedoen/numbers';
import type { ChiSquaredTest, CoxModel } from './cox.ts';
import { derivatives } from './cox-risk-sets.ts';
import { riskTables } from './risk-table.ts';
import { countUpTo } from './spells.ts';

/** Does the effect stay the same over time? A small p says it does not. `null` where the test does not exist. */
export type Proportionality = {
  readonly terms: readonly { readonly name: string; readonly test: ChiSquaredTest | null }[];
  readonly global: ChiSquaredTest | null;
};

/**
 * Score tests of proportional hazards against effects that change with g(t) = 1 − S(t−), S the pooled Kaplan–Meier.
 *
 * U = Σ g·(Schoenfeld residual), A = ΣV, B = ΣgV, C = Σg²V over the event times, V the information at each:
 * globally U'(C − BA⁻¹B)⁻¹U, per covariate U_j² / (C_jj − B_j'A⁻¹B_j). What R's cox.zph does since 3.0. O((n + times)·p²).
 *
 * P. M. Grambsch & T. M. Therneau (1994), Biometrika 81, 515–526.
 */
export function testProportionality({ state }: CoxModel): Proportionality {
  const { spells, design, sets, event } = state;
  const { names, matrix } = design.terms;
  const p = names.length;
  const g = transformedTimes();

  const u = new Float64Array(p);
  const seen = new Float64Array(design.eventPlace.length * p);
  for (let i = 0; i < design.size; i++) {
    if (design.isEvent[i] === 0 || design.last[i]! <= design.first[i]!) continue;
    const w = design.weight ? design.weight[i]! : 1;
    for (let j = 0; j < p; j++) seen[(design.last[i]! - 1) * p + j]! += w * matrix[i * p + j]!;
  }
  for (let t = 0; t < g.length; t++) {
    for (let j = 0; j < p; j++) {
      const expected = sets.s10[t]! * sets.all[t * p + j]! - sets.s11[t]! * sets.tiedOnly[t * p + j]!;
      u[j]! += g[t]! * (seen[t * p + j]! - expected);
    }
  }

  const a = cholesky(derivatives(design, sets).information, 1e-14);
  const b = derivatives(design, sets, g).information.values;
  const c = derivatives(
    design,
    sets,
    g.map((value) => value * value),
  ).information.values;
  if ('dependentRow' in a) return { terms: names.map((name) => ({ name, test: null })), global: null };
  // C − B A⁻¹ B, whose diagonal serves the single tests.
  const left = square(p);
  for (let h = 0; h < p; h++) {
    const column = solve(a, b.slice(h * p, (h + 1) * p));
    for (let j = 0; j < p; j++) {
      let taken = 0;
      for (let m = 0; m < p; m++) taken += b[j * p + m]! * column[m]!;
      left.values[j * p + h] = c[j * p + h]! - taken;
    }
  }
  const test = (chiSquared: number, degrees: number): ChiSquaredTest => ({
    chiSquared,
    degrees,
    p: chiSquaredUpperTail(chiSquared, degrees),
  });
  const factor = cholesky(left, 1e-12);
  return {
    terms: names.map((name, j) => {
      const variance = left.values[j * p + j]!;
      return { name, test: variance > 1e-12 * c[j * p + j]! ? test(u[j]! ** 2 / variance, 1) : null };
    }),
    global: 'dependentRow' in factor ? null : test(quadraticForm(factor, u), p),
  };

  function transformedTimes(): Float64Array {
    const [table] = riskTables(spells);
    const { time, atRisk, eventsByCause } = table!;
    const before = new Float64Array(time.length);
    let staying = 1;
    for (let j = 0; j < time.length; j++) {
      before[j] = staying;
      staying *= 1 - eventsByCause[event - 1]![j]! / atRisk[j]!;
    }
    return Float64Array.from(design.eventPlace, (place) => 1 - before[countUpTo(time, spells.times[place]!) - 1]!);
  }
}
