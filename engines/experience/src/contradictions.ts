import type { Month } from '@meedoen/units';
import { allHold, before, valuesOf, type Answers, type PastMonth } from './answers.ts';
import type { Questionnaire } from './questionnaire.ts';

/**
 * Two answers of one person that do not fit together (nl: tegenspraak). People remember, correct and are asked in another
 * language: a screen asks about it kindly, and both stay as they were given.
 */
export type Contradiction = {
  /**
   * `began-earlier`: the month in which it began lies before a month that said it was not so.
   * `ended-earlier`: the month in which it ended lies before a month that said it was still so.
   * `ends-before-it-begins`: an earlier month gave a beginning that comes after this end.
   * `another-month`: an earlier month gave another month for the same beginning.
   */
  readonly kind: 'began-earlier' | 'ended-earlier' | 'ends-before-it-begins' | 'another-month';
  /** What is said now. */
  readonly now: { readonly question: string; readonly value: string };
  /** Which earlier month said what. */
  readonly earlier: { readonly month: Month; readonly question: string; readonly value: string };
};

/** What the answers of a month contradict in earlier ones, each question at most once for each kind, against the latest month that does. */
export function contradictions(
  questionnaire: Questionnaire,
  month: Month,
  history: readonly PastMonth[],
  answers: Answers,
): readonly Contradiction[] {
  const past = before(month, history).toReversed();
  const found: Contradiction[] = [];
  for (const question of questionnaire.questions) {
    if (question.kind !== 'month') continue;
    const [given] = valuesOf(answers, question.id);
    if (given === undefined) continue;
    const now = { question: question.id, value: given };
    const { begins, ends, notBefore } = question;

    const state = begins ?? ends;
    if (state) {
      // In the month itself both can be true: it begins or ends on some day of it.
      const clash = past.find(({ month: then, answers: said }) => {
        const known = Object.keys(state).every((other) => valuesOf(said, other).length > 0);
        return then > given && known && allHold(state, said) === (ends !== null);
      });
      if (clash) {
        const [other] = Object.keys(state);
        const value = valuesOf(clash.answers, other!)[0]!;
        const kind = begins ? 'began-earlier' : 'ended-earlier';
        found.push({ kind, now, earlier: { month: clash.month, question: other!, value } });
      }
    }
    if (begins) {
      // The same stretch of time, told with another beginning.
      for (const one of past) {
        const [told] = valuesOf(one.answers, question.id);
        if (told !== undefined) {
          if (told !== given) {
            found.push({
              kind: 'another-month',
              now,
              earlier: { month: one.month, question: question.id, value: told },
            });
          }
          break;
        }
        if (!allHold(begins, one.answers)) break;
      }
    }
    if (notBefore !== null && valuesOf(answers, notBefore).length === 0) {
      const told = past.find((one) => valuesOf(one.answers, notBefore).length > 0);
      const began = told && valuesOf(told.answers, notBefore)[0]!;
      if (told && began !== undefined && given < began) {
        found.push({
          kind: 'ends-before-it-begins',
          now,
          earlier: { month: told.month, question: notBefore, value: began },
        });
      }
    }
  }
  return found;
}
