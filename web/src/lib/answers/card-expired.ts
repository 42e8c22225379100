import type { Situation } from '@meedoen/rights';
import { parseDay, type Day } from '@meedoen/units';

/**
 * The last day on somebody's card, when it has passed. The answers stay as they were: a right can go on without the
 * card that proves it. What it means for a person is for the page to say.
 */
export function expiredOn({ facts }: Situation, today: Day): Day | null {
  const written = facts['cardValidUntil'];
  const last = typeof written === 'string' ? parseDay(written) : null;
  return last?.ok && last.value < today ? last.value : null;
}
