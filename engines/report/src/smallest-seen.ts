import { holdsNoEffect, type Detectable, type DetectableRatio, type Effect } from '@meedoen/evidence';
import type { Words } from './words.ts';

/**
 * What belongs beside an interval that holds 0: how large an effect would have shown, so that “nothing was seen” is not read
 * as “there is nothing”. Nothing where an effect was seen.
 */
export function saySmallest(words: Words, effect: Pick<Effect, 'se' | 'ci' | 'smallestDetectable'>): string[] {
  const { smallestDetectable: smallest } = effect;
  if (!smallest || holdsNoEffect(effect) !== true) return [];
  return [words.nothingSeen(words.decimal.format(smallest.effect), timesOf(smallest, words))];
}

/** The same for a ratio, where no difference is 1. */
export function saySmallestRatio(words: Words, name: string, { ratios, power }: DetectableRatio): string {
  const [below, above] = ratios.map((ratio) => words.decimal.format(ratio)) as [string, string];
  return words.nothingSeenRatio(name, below, above, timesOf({ power }, words));
}

export function timesOf({ power }: Pick<Detectable, 'power'>, words: Words): string {
  return words.whole.format(100 * power);
}
