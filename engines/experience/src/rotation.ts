import { month as monthNamed, monthsBetween, type Month } from '@meedoen/units';
import type { Questionnaire } from './questionnaire.ts';

/** Turns are counted from here; a later year would only shift who is first. */
const origin = monthNamed('2000-01');

/** How many turns the rotation has: one more than the highest that a question names; 1 when nothing rotates. */
export function turnsOf(questionnaire: Questionnaire): number {
  return 1 + Math.max(0, ...questionnaire.questions.flatMap(({ turns }) => turns ?? []));
}

/**
 * Whose turn a month is, the same for everybody, so that a month can be compared between people.
 *
 * Each round begins one turn earlier than the round before: 0 1 2, 2 0 1, 1 2 0. Somebody who answers every third month
 * would otherwise be asked the same third of the questions for ever. Every turn comes within `turns + 1` months.
 */
export function turnOf(month: Month, turns: number): number {
  const months = monthsBetween(origin, month);
  const round = Math.floor(months / turns);
  return (((months - round) % turns) + turns) % turns;
}
