import type { Answer } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { stateOf } from './timeline.ts';

/** The days that matter, in order: today with what holds now, then each day on which something opens. */
export function timePoints(on: Day, answers: readonly Answer[]): { day: Day; rights: readonly Answer[] }[] {
  const now = answers.filter((answer) => stateOf(answer) === 'yes');
  const later = answers.filter((answer) => stateOf(answer) === 'from');
  const days = [...new Set(later.map(({ from }) => from))].filter((day) => day !== null).sort((a, b) => a - b);
  return [{ day: on, rights: now }, ...days.map((day) => ({ day, rights: later.filter(({ from }) => from === day) }))];
}
