import { boardQuestions } from '@meedoen/board';
import { monthly, viewOf } from './questionnaire.ts';
import { withoutMarks } from '#lib/language/marks.ts';

/** What each column and each value means: columns in English, questions as people read them, in Dutch and English. */
export async function codebook(): Promise<unknown> {
  const { id, version, questions } = await monthly();
  const asked = await Promise.all(
    boardQuestions.map(async ({ question, kind }) => {
      const found = questions.find((one) => one.id === question);
      if (!found) return { question, kind };
      const [nl, en] = [await viewOf(found, 'nl'), await viewOf(found, 'en')];
      return {
        question,
        kind,
        asked: { nl: withoutMarks(nl.ask.text), en: withoutMarks(en.ask.text) },
        ...(kind === 'mark'
          ? { values: { '0-5': 'marks 0 to 5', '6-7': 'marks 6 and 7', '8-10': 'marks 8 to 10' } }
          : {
              values: Object.fromEntries(
                nl.options.map((option, at) => [
                  option.id,
                  { nl: withoutMarks(option.label.text), en: withoutMarks(en.options[at]?.label.text ?? option.id) },
                ]),
              ),
            }),
      };
    }),
  );
  return {
    questionnaire: { id, version },
    columns,
    missing: 'empty (CSV) or null: hidden to protect people',
    questions: asked,
  };
}

const columns: Readonly<Record<string, string>> = {
  town: 'CBS code of the municipality (GM0344), an example town, or all',
  example: 'true: synthetic people, nobody here exists',
  topic:
    'first-work: time to first paid work; wait: mean months without paid work; answers: answers of a month; barriers: reports of barriers in a month; heard: who answered in a year; equal-access: waits between doors',
  period: 'half-year of the release (2026-2), month (2026-10), year (2025) or day',
  split: 'what people are told apart by: everyone, door, cohort (of arrival), programme, language, ageBand, gender',
  group: 'the group within the split; together: small groups in one',
  question: 'the question; of first-work what happened: work, left, none, followed; of equal-access: raw, or alike',
  value:
    'the answer; of first-work the months since arrival in which it happened; empty: the total, or how many answered',
  months: 'months since arrival, or the horizon of a mean',
  unit: 'people: a count rounded to 5; share: 0 to 1; months: a mean or a difference of means',
  number: 'the number',
  lower: 'lower limit of the 95 % interval, rounded outwards',
  upper: 'upper limit of the 95 % interval, rounded outwards',
};
