import type { Say } from '#lib/language/say.ts';
import type { QuestionView } from './question-view.ts';
import type { AnswerProblem } from './typed-answer.ts';

/** What is wrong with an answer, and how to mend it. */
export function sayAnswerProblem(say: Say, { key, words, month }: AnswerProblem, { options }: QuestionView): string {
  const option = options.find(({ id }) => id === words['option'])?.label.text;
  return say(key, {
    ...words,
    ...(option === undefined ? {} : { option }),
    ...(month === undefined ? {} : { month: say.month(month) }),
  });
}
