/** One-sided 90 % (nl: betrouwbaarheidsgrens); Polis uses it everywhere. */
export const z90 = 1.2816;

/** How far a share lies above one half, in standard errors, after one extra success. */
export function aboveHalf(successes: number, trials: number): number {
  return 2 * Math.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5);
}

/** How far one share lies above another, in standard errors, after one extra success on both sides. */
export function aboveOther(successes: number, trials: number, otherSuccesses: number, otherTrials: number): number {
  const a = successes + 1;
  const n = trials + 1;
  const b = otherSuccesses + 1;
  const m = otherTrials + 1;
  const pooled = (a + b) / (n + m);
  return pooled === 1 ? 0 : (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}

/** A share with one success and one failure added: never 0, never 1 (Laplace). */
export function smoothed(successes: number, trials: number): number {
  return (successes + 1) / (trials + 2);
}

/** Lower end of the Wilson interval for a share; 0 without trials. E. B. Wilson (1927), JASA 22:209. */
export function wilsonLower(successes: number, trials: number, z: number): number {
  return trials === 0 ? 0 : wilson(successes, trials, z)[0];
}

/** The Wilson interval for a share; 0 to 1 without trials. */
export function wilson(successes: number, trials: number, z: number): readonly [lower: number, upper: number] {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const z2 = z * z;
  const middle = share + z2 / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const stretch = 1 + z2 / trials;
  // At the ends the two terms cancel exactly in theory; rounding must not lift 0 or lower 1.
  return [successes === 0 ? 0 : (middle - half) / stretch, successes === trials ? 1 : (middle + half) / stretch];
}
