import type { CrossTable } from '@meedoen/publication';
import { readCrossTable } from '@meedoen/publication';
import type { Month, Parsed } from '@meedoen/units';

/** One value of a question in a month, and how many gave it. */
export type ValueCount = { readonly value: string; readonly people: number };

/** What a town answered to one question in one month. */
export type MonthOfAnswers = {
  readonly question: string;
  readonly month: Month;
  readonly values: readonly ValueCount[];
  /** How many answered at all. */
  readonly answered: number;
};

/** `mark`: from 0 to 10. `one`: one of some options. `many`: all that fit. */
export type QuestionKind = 'mark' | 'one' | 'many';

/** The questions of a board, in its order. */
export const boardQuestions: readonly { readonly question: string; readonly kind: QuestionKind }[] = [
  { question: 'life', kind: 'mark' },
  { question: 'safe', kind: 'mark' },
  { question: 'control', kind: 'mark' },
  { question: 'stood-in-way', kind: 'many' },
  { question: 'helped', kind: 'many' },
  { question: 'lessons', kind: 'one' },
  { question: 'dutch-contacts', kind: 'one' },
];

/** Marks as a Dutch school knows them: not good enough, enough, good. Wide, so that a month of a small town can be shown. */
const markBands = ['0-5', '6-7', '8-10'] as const;

function markBandOf(value: string): (typeof markBands)[number] {
  const mark = Number(value);
  return mark <= 5 ? '0-5' : mark <= 7 ? '6-7' : '8-10';
}

/** The answers of a month as a table: of marks their bands; of "all that fit" the options, in which a person may stand more than once. */
export function answerTable({ question, values }: MonthOfAnswers, kind: QuestionKind): Parsed<CrossTable> {
  const levels = [values.map(({ value }) => (kind === 'mark' ? markBandOf(value) : value))];
  return readCrossTable({ by: [{ name: question, levels }], counts: values.map(({ people }) => people) });
}

/** How many answered at all, as a table of one cell: the base of shares where people choose all that fit. */
export function answeredTable({ question, answered }: MonthOfAnswers): Parsed<CrossTable> {
  return readCrossTable({ by: [{ name: `${question} answered`, levels: [['yes']] }], counts: [answered] });
}
