import type { Say } from '#lib/language/say.ts';
import type { Place } from './report.ts';

/** A kind of place in words; those who also act in the steps have their name there. */
export function sayPlace(say: Say, place: Place): string {
  switch (place) {
    case 'care':
    case 'housing':
    case 'other':
      return say(`told.place.${place}`);
    default:
      return say(`today.step.actor.${place}`);
  }
}
