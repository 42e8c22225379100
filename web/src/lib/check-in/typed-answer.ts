import { parseAnswer, type Answer, type Around, type Question } from '@meedoen/experience';
import { month, type Month } from '@meedoen/units';
import type { MessageKey } from '#lib/language/catalogue.ts';
import { textIn } from '#lib/page/form-text.ts';
import { inLatinDigits } from './latin-digits.ts';

/** What stood in the form of one question, as it was typed: when something is wrong nothing is lost. */
export type TypedAnswer = { values: readonly string[]; month: string; year: string; words: string };

/**
 * So many letters of own words: they wait in a cookie, and a browser drops a cookie above 4 kB without a word. Ethiopic
 * takes three bytes a letter.
 */
export const mostLetters = 400;

export type AnswerProblem = {
  field: 'answer' | 'month' | 'words';
  key: Extract<MessageKey, `check-in.question.error.${string}`>;
  words: Readonly<Record<string, string | number>>;
  /** A month to be said in the reader's language, by the name of its place in the sentence. */
  month?: Month;
};

export function typedAnswer(form: FormData): TypedAnswer {
  return {
    values: form
      .getAll('answer')
      .filter((value) => typeof value === 'string')
      .map((value) => value.slice(0, 100)),
    month: textIn(form, 'month', 20).trim(),
    year: textIn(form, 'year', 20).trim(),
    // A browser sends a new line as two characters.
    words: textIn(form, 'words', 50_000).replaceAll('\r\n', '\n'),
  };
}

export type ParsedTyped = { ok: true; answer: Answer | null } | { ok: false; problem: AnswerProblem };

/** One answer out of a form; null when it was left empty. */
export function answerTyped(question: Question, typed: TypedAnswer, around: Around): ParsedTyped {
  const over = Array.from(typed.words.trim()).length - mostLetters;
  if (over > 0) {
    return refusal('words', 'check-in.question.error.words', { over, letters: mostLetters });
  }
  const hasWords = question.kind === 'words' || (question.kind === 'choices' && question.ownWords);
  const parsed = parseAnswer(
    question,
    {
      values: question.kind === 'month' ? monthTyped(typed) : typed.values,
      ...(hasWords ? { words: typed.words } : {}),
    },
    around,
  );
  return parsed.ok ? { ok: true, answer: parsed.value } : { ok: false, problem: inOurWords(parsed.problem) };
}

function monthTyped({ month, year }: TypedAnswer): readonly string[] {
  if (month === '' && year === '') return [];
  return [`${inLatinDigits(year)}-${inLatinDigits(month).padStart(2, '0')}`];
}

function inOurWords({ what, words }: { what: string; words: Readonly<Record<string, unknown>> }): AnswerProblem {
  switch (what) {
    case 'month-in-future':
      return { field: 'month', key: 'check-in.question.error.future', words: {}, month: month(String(words['today'])) };
    case 'month-before-birth':
      return {
        field: 'month',
        key: 'check-in.question.error.before',
        words: {},
        month: month(String(words['earliest'])),
      };
    case 'ends-before-it-begins':
      return { field: 'month', key: 'check-in.question.error.before', words: {}, month: month(String(words['first'])) };
    case 'month-format':
      return { field: 'month', key: 'check-in.question.error.month', words: {} };
    case 'number-format':
    case 'number-range':
      return { field: 'answer', key: 'check-in.question.error.mark', words: {} };
    case 'nothing-and-something':
      return { field: 'answer', key: 'check-in.question.error.alone', words: { option: String(words['option']) } };
    case 'words-broken':
      return { field: 'words', key: 'check-in.question.error.letters', words: {} };
    default:
      return { field: 'answer', key: 'check-in.question.error.choice', words: {} };
  }
}

function refusal(
  field: AnswerProblem['field'],
  key: AnswerProblem['key'],
  words: AnswerProblem['words'],
): { ok: false; problem: AnswerProblem } {
  return { ok: false, problem: { field, key, words } };
}

/** An answer as it would have been typed. */
export function asTypedAnswer(question: Question, answer: Answer | undefined): TypedAnswer {
  const [value = ''] = answer?.values ?? [];
  const [year = '', inYear = ''] = question.kind === 'month' ? value.split('-') : [];
  return {
    values: answer?.values ?? [],
    month: inYear.replace(/^0/, ''),
    year,
    words: answer?.words ?? '',
  };
}
