import { monthsBetween, monthsLater, type Month } from '@meedoen/units';
import { valuesOf, type PastMonth } from './answers.ts';
import type { Contribution } from './contribution.ts';
import type { Questionnaire } from './questionnaire.ts';

/** Somebody's own months, as they are drawn for that person alone. (nl: mijn verloop) */
export type MyHistory = {
  /** Every month from the first to the last answered, those without an answer too: a gap is shown as a gap. */
  readonly months: readonly Month[];
  /** Marks and numbers: one value a month, `null` where it was not answered. */
  readonly marks: readonly MarkSeries[];
  /** Choices: one option a month, `null` where it was not answered. */
  readonly states: readonly StateSeries[];
  /** "All that fit": for each option that was ever chosen the months in which it was, the most chosen first. */
  readonly named: readonly NamedSeries[];
  /** Months that began or ended something, in order of time, each as it was told last. */
  readonly turningPoints: readonly { readonly question: string; readonly month: Month }[];
  /** Own words with their month, in order. */
  readonly words: readonly { readonly question: string; readonly month: Month; readonly text: string }[];
};

export type MarkSeries = {
  readonly question: string;
  readonly lowest: number;
  readonly highest: number;
  readonly values: readonly (number | null)[];
};
export type StateSeries = { readonly question: string; readonly values: readonly (string | null)[] };
export type NamedSeries = {
  readonly question: string;
  readonly options: readonly { readonly option: string; readonly months: readonly Month[] }[];
};

/**
 * The series behind "my own picture". Questions that were never answered have none. A month that stands twice counts
 * as it was given last. At most 50 years from the first month to the last; beyond that, the latest 50 years.
 */
export function myHistory(questionnaire: Questionnaire, past: readonly PastMonth[]): MyHistory {
  const byMonth = new Map(past.map((one) => [one.month, one]));
  const answered = [...byMonth.keys()].toSorted();
  const last = answered.at(-1);
  const first = last && answered.find((month) => monthsBetween(month, last) < 600);
  const months = first
    ? Array.from({ length: monthsBetween(first, last) + 1 }, (_, step) => monthsLater(first, step))
    : [];
  const valuesIn = (month: Month, question: string): readonly string[] =>
    valuesOf(byMonth.get(month)?.answers ?? {}, question);

  const marks: MarkSeries[] = [];
  const states: StateSeries[] = [];
  const named: NamedSeries[] = [];
  const points = new Map<string, { question: string; month: Month }>();
  for (const question of questionnaire.questions) {
    const values = months.map((month) => valuesIn(month, question.id));
    if (values.every(({ length }) => length === 0)) continue;
    if (question.kind === 'mark' || question.kind === 'number') {
      const { id, lowest, highest } = question;
      marks.push({ question: id, lowest, highest, values: values.map(([value]) => (value ? Number(value) : null)) });
    } else if (question.kind === 'choice') {
      states.push({ question: question.id, values: values.map(([value]) => value ?? null) });
    } else if (question.kind === 'choices') {
      const options = question.options
        .map(({ id }) => ({ option: id, months: months.filter((_, at) => values[at]!.includes(id)) }))
        .filter(({ months: chosen }) => chosen.length > 0)
        .toSorted((a, b) => b.months.length - a.months.length);
      named.push({ question: question.id, options });
    } else if (question.kind === 'month') {
      for (const [value] of values) {
        if (value) points.set(`${question.id} ${value}`, { question: question.id, month: value as Month });
      }
    }
  }
  const words = months.flatMap((month) =>
    questionnaire.questions.flatMap(({ id }) => {
      const text = byMonth.get(month)?.answers[id]?.words;
      return text ? [{ question: id, month, text }] : [];
    }),
  );
  const turningPoints = [...points.values()].toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
  return { months, marks, states, named, turningPoints, words };
}

/** What contributions tell of earlier months, for a device that lost its own. */
export function pastOf(contributions: readonly Contribution[]): readonly PastMonth[] {
  return contributions.map(({ month, answers, words }) => {
    const found: Record<string, { values: string[]; words: string | null }> = {};
    const entry = (question: string) => (found[question] ??= { values: [], words: null });
    for (const { question, value } of answers) entry(question).values.push(value);
    for (const { question, text } of words) entry(question).words = text;
    return { month, answers: found };
  });
}
