import { parseMonth } from '@meedoen/units';
import type { Say } from '#lib/language/say.ts';
import type { QuestionView } from './question-view.ts';

/** One coded answer in words. */
export function sayAnswer(say: Say, question: QuestionView, value: string): string {
  if (question.kind === 'month') {
    const month = parseMonth(value);
    return month.ok ? say.month(month.value) : value;
  }
  return question.options.find(({ id }) => id === value)?.label.text ?? value;
}
