import { refuse, type Parsed } from '@meedoen/units';
import { fraction, toNumber, type Fraction } from './fraction.ts';
import { readCost } from './noisy-statistics.ts';
import { epsilonOf } from './privacy-loss.ts';

/**
 * How much may ever be learnt about one person from all noisy releases about a population, and what has been spent.
 * ρ of zCDP adds up (Bun & Steinke 2016); decimals are added exactly. A value, so that a shell can keep it as JSON.
 */
export type PrivacyBudget = {
  readonly rho: string;
  readonly spent: readonly { readonly release: string; readonly rho: string }[];
};

/** Spend, or refuse when it is more than is left. Nothing is spent by a refusal. */
export function spend(budget: PrivacyBudget, release: string, rho: number | string): Parsed<PrivacyBudget> {
  const cost = readCost(rho);
  if (!cost) return refuse('privacy-cost', 'Write what this release spends as a number above 0, such as 0.1.');
  if (budget.spent.some((one) => one.release === release)) {
    return refuse(
      'release-known',
      `Release ${release} has been paid for already. Publish what it gave, and draw no new noise.`,
      {
        release,
      },
    );
  }
  const left = leftOf(budget);
  if (cost.over * left.under > left.over * cost.under) {
    return refuse(
      'budget-spent',
      `This release would spend ρ = ${rho}, and ${toNumber(left)} is left of ${budget.rho}. Publish less, or less often.`,
      { rho: String(rho), left: toNumber(left) },
    );
  }
  return { ok: true, value: { ...budget, spent: [...budget.spent, { release, rho: String(rho) }] } };
}

/** What all releases together give away: ρ, and the ε it means at this δ. */
export function spentSoFar(
  budget: PrivacyBudget,
  delta: number,
): { rho: number; epsilon: number; delta: number; left: number } {
  const left = leftOf(budget);
  const total = fraction(budget.rho);
  const rho = toNumber({ over: total.over * left.under - left.over * total.under, under: total.under * left.under });
  return { rho, epsilon: epsilonOf(rho, delta), delta, left: toNumber(left) };
}

function leftOf({ rho, spent }: PrivacyBudget): Fraction {
  return spent
    .map((one) => fraction(one.rho))
    .reduce(
      (left, { over, under }) => ({ over: left.over * under - over * left.under, under: left.under * under }),
      fraction(rho),
    );
}
