import { refuse, type Parsed } from '@meedoen/units';
import { match, type Choice } from './match.ts';
import { placesIn } from './replay.ts';
import type { Round } from './round.ts';

/** Who would go elsewhere if only the protected trait were another. Nobody may. */
export type FlipTest = {
  /** How many pairs of household and place are worth something else, and at most how much, as a share. */
  readonly valuesMoved: number;
  readonly largestChange: number;
  readonly householdsMoved: readonly string[];
  /** Nothing moved: neither a value nor a person. */
  readonly passed: boolean;
};

/**
 * The flip test: whoever made the values makes them once more with one protected trait changed for everybody and all
 * else equal. A value that moves shows that the trait, or something that stands for it, counts.
 *
 * @param flipped the same round with the values of the second making
 */
export function flipTest(round: Round, flipped: Round, choice: Choice): Parsed<FlipTest> {
  if (round.values === null || flipped.values === null) {
    return refuse('no-values', 'A flip test compares values. Give both makings of them.');
  }
  const same =
    String(round.places) === String(flipped.places) &&
    String(round.households) === String(flipped.households) &&
    String(round.closed) === String(flipped.closed) &&
    String(round.classOf) === String(flipped.classOf);
  if (!same) {
    return refuse('not-only-flipped', 'Something else than the values differs. Change the protected trait alone.');
  }
  const one = match(round, choice);
  if (!one.ok) return one;
  const other = match(flipped, choice);
  if (!other.ok) return other;
  const [before, after] = [placesIn(one.value), placesIn(other.value)];
  let valuesMoved = 0;
  let largest = 0;
  for (let at = 0; at < round.values.length; at++) {
    const change = Math.abs(round.values[at]! - flipped.values[at]!);
    if (change > 0) valuesMoved++;
    largest = Math.max(largest, change);
  }
  const householdsMoved = round.households.filter((_, i) => before[i]![1] !== after[i]![1]);
  return {
    ok: true,
    value: { valuesMoved, largestChange: largest / 1_048_576, householdsMoved, passed: valuesMoved === 0 },
  };
}
