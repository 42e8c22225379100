import type { Chance } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';

export type AssignmentRule = 'tempered-thompson' | 'exploration' | 'uniform';

/** How the next people are spread over the arms. */
export type AssignmentOptions = {
  /** Default `tempered-thompson`. */
  readonly rule?: AssignmentRule;
  /** The share that is spread evenly whatever was learnt; default 0.2. */
  readonly gamma?: number;
  /** No arm gets less than this; default 0.05. Raises the evenly spread share where needed. */
  readonly floor?: number;
};

/**
 * Probabilities of assignment from the chances of being best: P = γ/k + (1 − γ)·q, where q is the chance of being best
 * (tempered Thompson) or p(1 − p)/Σp(1 − p) (exploration sampling, which learns about the runners-up). An even share keeps
 * every arm possible, without which no honest estimate can be made afterwards.
 *
 * Refuses a floor that the arms together cannot have. Throws for chances that do not add to 1.
 *
 * S. Caria and others (2024), JEEA: γ = 0.2. M. Kasy & A. Sautmann (2021), Econometrica 89, 113–132.
 */
export function assignmentProbabilities(
  best: ArrayLike<number>,
  { rule = 'tempered-thompson', gamma = 0.2, floor = 0.05 }: AssignmentOptions = {},
): Parsed<Float64Array> {
  const k = best.length;
  const chances = Float64Array.from(best);
  const sum = chances.reduce((left, right) => left + right, 0);
  if (!(Math.abs(sum - 1) < 1e-6)) throw new RangeError(`assignmentProbabilities: the chances add to ${sum}, not 1.`);
  if (!(gamma >= 0 && gamma <= 1 && floor >= 0)) {
    throw new RangeError(
      `assignmentProbabilities: γ lies from 0 to 1 and the floor from 0, not ${gamma} and ${floor}.`,
    );
  }
  if (floor * k > 1) {
    return refuse(
      'floor-too-high',
      `${k} arms cannot each get at least ${floor}: together that is more than everybody. Choose a floor of at most ${1 / k}.`,
      { arms: k, floor },
    );
  }
  if (rule === 'uniform') return { ok: true, value: new Float64Array(k).fill(1 / k) };
  const even = Math.max(gamma, floor * k);
  const aim = rule === 'exploration' ? explored(chances) : chances;
  return { ok: true, value: aim.map((share) => even / k + (1 - even) * share) };
}

function explored(chances: Float64Array): Float64Array {
  const doubt = chances.map((p) => p * (1 - p));
  const total = doubt.reduce((left, right) => left + right, 0);
  return total > 0 ? doubt.map((value) => value / total) : chances;
}

/**
 * The arm of one person: the first whose cumulative probability exceeds `share`, a number in [0, 1) that the shell makes
 * from a keyed hash of (secret seed, programme, person). Anyone who may know the seed can make it again and see that
 * nobody chose.
 */
export function armAt(probabilities: ArrayLike<number>, share: number): number {
  if (!(share >= 0 && share < 1)) throw new RangeError(`armAt: the share lies in [0, 1), not ${share}.`);
  let cumulative = 0;
  let last = 0;
  for (let arm = 0; arm < probabilities.length; arm++) {
    if (probabilities[arm]! > 0) last = arm;
    cumulative += probabilities[arm]!;
    if (share < cumulative) return arm;
  }
  return last;
}

/** Whole places for a batch of known size: each arm its whole part, and what is left by draws weighted by the fractions. */
export function wholePlaces(probabilities: ArrayLike<number>, places: number, draw: Chance): Int32Array {
  const whole = Int32Array.from({ length: probabilities.length }, (_, arm) =>
    Math.floor(places * probabilities[arm]! + 1e-9),
  );
  const rest = Float64Array.from(whole, (count, arm) => Math.max(0, places * probabilities[arm]! - count));
  let left = places - whole.reduce((sum, count) => sum + count, 0);
  for (; left > 0; left--) {
    const total = rest.reduce((sum, value) => sum + value, 0);
    const arm =
      total > 0
        ? armAt(
            rest.map((value) => value / total),
            draw.share(),
          )
        : draw.whole(whole.length);
    whole[arm]!++;
    rest[arm] = 0;
  }
  return whole;
}
