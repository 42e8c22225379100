import type { Month } from '@meedoen/units';
import { allHold, anyHolds, before, valuesOf, type Answers, type PastMonth } from './answers.ts';
import type { Question, Questionnaire } from './questionnaire.ts';
import { turnOf, turnsOf } from './rotation.ts';

/** More than this many questions a month is more than two minutes. */
export const mostQuestions = 8;

export type Asking = {
  readonly month: Month;
  /** What was answered this month until now. */
  readonly answers: Answers;
  readonly history: readonly PastMonth[];
  /** Has the person switched on the questions about health? */
  readonly sensitive: boolean;
};

/**
 * The questions of this month, in order, as far as the answers until now tell: a follow-up appears when the answer it
 * waits for is there. Which questions rotate depends on the month alone.
 */
export function questionsFor(questionnaire: Questionnaire, asking: Asking): readonly Question[] {
  const { month, answers, history, sensitive } = asking;
  const turn = turnOf(month, turnsOf(questionnaire));
  const past = before(month, history);
  return questionnaire.questions.filter(
    (question) =>
      (question.turns === null || question.turns.includes(turn)) &&
      (sensitive || !question.sensitive) &&
      allHold(question.askWhen, answers) &&
      !anyHolds(question.askUnless, answers) &&
      (question.kind !== 'month' || isNews(question, answers, past)),
  );
}

/** The month in which something began or ended is asked once: when it is new, or over. */
function isNews(
  question: Question & { readonly kind: 'month' },
  answers: Answers,
  past: readonly PastMonth[],
): boolean {
  const { begins, ends } = question;
  if (begins) {
    if (!allHold(begins, answers)) return false;
    // Back through the months in which it went on, as far as they tell.
    for (const one of past.toReversed()) {
      if (valuesOf(one.answers, question.id).length > 0) return false;
      if (says(begins, one.answers) && !allHold(begins, one.answers)) return true;
    }
    return true;
  }
  if (ends) {
    const last = past.findLast((one) => says(ends, one.answers));
    return says(ends, answers) && !allHold(ends, answers) && last !== undefined && allHold(ends, last.answers);
  }
  return true;
}

/** Were the questions of this state answered at all? */
function says(state: Readonly<Record<string, unknown>>, answers: Answers): boolean {
  return Object.keys(state).every((question) => valuesOf(answers, question).length > 0);
}
