import type { Month } from '@meedoen/units';
import type { Condition } from './questionnaire.ts';

/**
 * What was answered to one question. A choice, mark, number or month is one value as text, "all that fit" several in the
 * order of the options; own words stand apart, because they need a consent of their own.
 */
export type Answer = { readonly values: readonly string[]; readonly words: string | null };

/** The answers of one month by the id of the question; what was skipped is not there. */
export type Answers = Readonly<Record<string, Answer>>;

/** An earlier month, as the device or the person's own contributions remember it. */
export type PastMonth = { readonly month: Month; readonly answers: Answers };

/** The values of one question; none when it was skipped. */
export function valuesOf(answers: Answers, question: string): readonly string[] {
  return Object.hasOwn(answers, question) ? answers[question]!.values : [];
}

/** Does every question of the condition have one of its answers? A skipped question has none. */
export function allHold(condition: Condition, answers: Answers): boolean {
  return Object.entries(condition).every(([question, wanted]) => oneOf(wanted, answers, question));
}

/** Does any question of the condition have one of its answers? */
export function anyHolds(condition: Condition, answers: Answers): boolean {
  return Object.entries(condition).some(([question, wanted]) => oneOf(wanted, answers, question));
}

function oneOf(wanted: readonly string[], answers: Answers, question: string): boolean {
  return valuesOf(answers, question).some((value) => wanted.includes(value));
}

/** The months before this one, in order, latest last; a month that stands twice counts as it was given last. */
export function before(month: Month, history: readonly PastMonth[]): readonly PastMonth[] {
  const last = new Map(history.filter((past) => past.month < month).map((past) => [past.month, past]));
  return [...last.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}
