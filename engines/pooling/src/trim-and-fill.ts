import { refuse, type Parsed } from '@meedoen/units';
import { metaRegression } from './meta-regression.ts';
import { pool, type Pooled, type PoolOptions, type Studies } from './pool.ts';

/** How the pooled effect would look if small studies that found little had stayed in a drawer. */
export type TrimAndFill = {
  /** On which side of the funnel studies seem to be missing, and how many. */
  readonly side: 'left' | 'right';
  readonly missing: number;
  /** Pooled again with a mirror image of each study that has no counterpart. */
  readonly filled: Pooled;
  /** The studies that were added. */
  readonly added: Studies;
};

const MOST_ROUNDS = 100;

/**
 * Trim and fill: take the most extreme studies of one side away until the funnel is even (their number by the estimator L₀),
 * then put them back with their mirror images. A look at how sensitive the result is, never a correction: an uneven funnel has
 * other reasons as well.
 *
 * `side` is where studies are missing; left out, it is found from Egger's slope (positive: left). Refuses what {@link pool}
 * refuses, fewer than three studies, and errors that are all alike when no side is given.
 *
 * S. Duval & R. Tweedie (2000), JASA 95, 89–98 and Biometrics 56, 455–463.
 */
export function trimAndFill(
  studies: Studies,
  { side, ...options }: PoolOptions & { readonly side?: 'left' | 'right' } = {},
): Parsed<TrimAndFill> {
  const whole = pool(studies, options);
  if (!whole.ok) return whole;
  const k = studies.effect.length;
  if (k < 3) {
    return refuse('too-few-studies', `${k} studies do not make a funnel: at least 3 are needed.`, { studies: k });
  }
  let missingAt = side;
  if (missingAt === undefined) {
    const slope = metaRegression(studies, {
      moderators: [{ name: 'standard error', values: studies.se }],
      errors: 'normal',
    });
    if (!slope.ok) return slope;
    missingAt = slope.value.terms[1]!.estimate < 0 ? 'right' : 'left';
  }
  // Seen so that studies are missing on the left: the extremes are at the right end.
  const mirror = missingAt === 'right' ? -1 : 1;
  const order = Array.from({ length: k }, (_, at) => at).sort(
    (a, b) => mirror * (studies.effect[a]! - studies.effect[b]!),
  );
  const effect = order.map((at) => mirror * studies.effect[at]!);
  const se = order.map((at) => studies.se[at]!);

  let missing = 0;
  let centre = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const trimmed = pool({ effect: effect.slice(0, k - missing), se: se.slice(0, k - missing) }, options);
    if (!trimmed.ok) return trimmed;
    centre = trimmed.value.estimate;
    const before = missing;
    missing = Math.min(k - 2, Math.max(0, Math.round(estimateMissing(effect, centre))));
    if (missing === before) break;
  }
  const last = effect.length - missing;
  const added = {
    effect: effect.slice(last).map((y) => mirror * (2 * centre - y)),
    se: se.slice(last),
  };
  const filled = pool(
    { effect: [...effect.map((y) => mirror * y), ...added.effect], se: [...se, ...added.se] },
    options,
  );
  return filled.ok ? { ok: true, value: { side: missingAt, missing, filled: filled.value, added } } : filled;
}

/** L₀ = (4T − k(k + 1))/(2k − 1), T the sum of ranks (by distance from the centre) of the studies above it. */
function estimateMissing(effect: readonly number[], centre: number): number {
  const k = effect.length;
  const byDistance = effect.map((y) => y - centre).sort((a, b) => Math.abs(a) - Math.abs(b));
  let above = 0;
  for (let rank = 1; rank <= k; rank++) if (byDistance[rank - 1]! > 0) above += rank;
  return (4 * above - k * (k + 1)) / (2 * k - 1);
}
