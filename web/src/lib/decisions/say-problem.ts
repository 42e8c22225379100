import type { Say } from '#lib/language/say.ts';
import type { DecisionProblem } from './decision-form.ts';

/** What to mend, in words. */
export function sayProblem(say: Say, { key, words, day }: DecisionProblem): string {
  return say(key, { ...words, ...(day === undefined ? {} : { today: say.date(day) }) });
}
