/**
 * The smallest ε for which ρ-zCDP implies (ε, δ)-differential privacy: Canonne, Kamath & Steinke (2020), corollary 13,
 * δ = min over α > 1 of e^{(α−1)(αρ−ε)}/(α−1) · (1 − 1/α)^α.
 */
export function epsilonOf(rho: number, delta: number): number {
  if (!(rho >= 0 && rho < Infinity)) throw new RangeError(`epsilonOf: rho must be 0 or more, not ${rho}.`);
  if (!(delta > 0 && delta < 1)) throw new RangeError(`epsilonOf: delta must be between 0 and 1, not ${delta}.`);
  if (rho === 0) return 0;
  // For each α the bound can be solved for ε; in log(α − 1) it has one valley.
  const needed = (log: number): number => {
    const less = Math.exp(log);
    const alpha = less + 1;
    return alpha * rho + (-Math.log(delta) - log - alpha * Math.log1p(1 / less)) / less;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [from, to] = [-12, 40];
  for (let step = 0; step < 200 && to - from > 1e-13; step++) {
    const a = to - golden * (to - from);
    const b = from + golden * (to - from);
    if (needed(a) <= needed(b)) to = b;
    else from = a;
  }
  return Math.max(0, needed((from + to) / 2));
}

/** ε-differential privacy implies ε²/2-zCDP (Bun & Steinke 2016). */
export function rhoOfPure(epsilon: number): number {
  return (epsilon * epsilon) / 2;
}
