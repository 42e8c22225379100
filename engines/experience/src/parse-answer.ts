import { parseMonth, refuse, type Month, type Parsed } from '@meedoen/units';
import { valuesOf, type Answer, type Answers } from './answers.ts';
import { earliestBirth } from './coarsen.ts';
import { parseWords } from './own-words.ts';
import type { ContributorProfile } from './profile.ts';
import type { Question } from './questionnaire.ts';

/** What somebody typed or chose at one question: every value the form sent, and the field for own words. */
export type Typed = { readonly values: readonly unknown[]; readonly words?: unknown };

/** What an answer is held against. */
export type Around = {
  /** The month that is being answered; it is the present or a past one. */
  readonly month: Month;
  /** The month of today: a date after it lies in the future. */
  readonly today: Month;
  readonly profile: ContributorProfile;
  /** The other answers of the same month. */
  readonly answers: Answers;
};

/**
 * One answer as it was typed. Nothing typed is `null`: every question may be skipped. Arabic and Persian digits count
 * as digits. Refuses kindly what cannot be: an option that is not there, a month in the future or before somebody can be
 * born, and an end before the beginning that was given in the same month. What does not fit with *earlier* months is not
 * refused: see `contradictions`.
 */
export function parseAnswer(question: Question, typed: Typed, around: Around): Parsed<Answer | null> {
  const values: string[] = [];
  for (const value of typed.values) {
    // A form cannot send anything else, a forged request can.
    if (typeof value !== 'string') return refuse('answer-no-text', 'Send every answer as text.');
    if (value.trim() !== '') values.push(value.trim());
  }
  const hasWords = question.kind === 'words' || (question.kind === 'choices' && question.ownWords);
  if (!hasWords && typed.words !== undefined && typed.words !== null && typed.words !== '') {
    return refuse('no-room-for-words', 'This question has no room for own words. Choose an answer.');
  }
  if (question.kind === 'words') {
    if (values.length > 1) return chooseOne(values.length);
    return wordsOnly(values[0] ?? typed.words);
  }
  if (question.kind === 'choices') return choicesOf(question, values, typed.words);
  if (values.length > 1) return chooseOne(values.length);
  const [value] = values;
  if (value === undefined) return { ok: true, value: null };
  switch (question.kind) {
    case 'choice':
      return question.options.some(({ id }) => id === value) ? one(value) : notAnOption(value);
    case 'mark':
    case 'number':
      return wholeNumber(value, question.lowest, question.highest);
    case 'month':
      return monthAnswer(question, value, around);
    default:
      return question satisfies never;
  }
}

function one(value: string): Parsed<Answer> {
  return { ok: true, value: { values: [value], words: null } };
}

function chooseOne(given: number): Parsed<never> {
  return refuse('choose-one', `There are ${given} answers here. Give one.`, { given });
}

function notAnOption(value: string): Parsed<never> {
  const shown = value.slice(0, 40);
  return refuse('not-an-option', `"${shown}" is no answer to this question. Choose one of the list.`, { text: shown });
}

function wordsOnly(typed: unknown): Parsed<Answer | null> {
  const words = parseWords(typed);
  if (!words.ok) return words;
  return { ok: true, value: words.value === null ? null : { values: [], words: words.value } };
}

function choicesOf(
  { options, nothing }: Question & { readonly kind: 'choices' },
  given: readonly string[],
  typedWords: unknown,
): Parsed<Answer | null> {
  const unknown = given.find((value) => !options.some(({ id }) => id === value));
  if (unknown !== undefined) return notAnOption(unknown);
  const words = parseWords(typedWords);
  if (!words.ok) return words;
  // In the order of the options, each once: two taps on one box are one answer.
  const values = options.map(({ id }) => id).filter((id) => given.includes(id));
  if (nothing !== null && values.includes(nothing) && (values.length > 1 || words.value !== null)) {
    return refuse('nothing-and-something', 'You chose "nothing" and something else. Take one of the two away.', {
      option: nothing,
    });
  }
  return { ok: true, value: values.length === 0 && words.value === null ? null : { values, words: words.value } };
}

function wholeNumber(value: string, lowest: number, highest: number): Parsed<Answer> {
  const number = inAsciiDigits(value);
  const say = `Write a whole number from ${lowest} to ${highest}.`;
  if (!/^-?\d{1,15}$/.test(number)) {
    return refuse('number-format', say, { text: value.slice(0, 40), lowest, highest });
  }
  const size = Number(number);
  if (size < lowest || size > highest) return refuse('number-range', say, { number, lowest, highest });
  return one(String(size));
}

function monthAnswer(
  question: Question & { readonly kind: 'month' },
  value: string,
  { today, month, profile, answers }: Around,
): Parsed<Answer> {
  // Who writes the day as well gives more than we ask: the month is kept, the day is not.
  const written = inAsciiDigits(value);
  const parsed = parseMonth(/^\d{4}-\d{2}-\d{2}$/.test(written) ? written.slice(0, 7) : written);
  if (!parsed.ok) return parsed;
  const given = parsed.value;
  if (given > today) {
    return refuse('month-in-future', `${given} has not come yet. Write a month up to ${today}.`, { given, today });
  }
  const earliest = earliestBirth(profile.ageBand, month);
  if (given < earliest) {
    return refuse('month-before-birth', `In ${given} you were not born yet. Look at the year.`, { given, earliest });
  }
  const [first] = question.notBefore === null ? [] : valuesOf(answers, question.notBefore);
  if (first !== undefined && given < first) {
    return refuse(
      'ends-before-it-begins',
      `This began in ${first}, so it cannot end in ${given}. Look at both months.`,
      {
        given,
        first,
        question: question.notBefore!,
      },
    );
  }
  return one(given);
}

/** Keyboards in Arabic and in Farsi have digits of their own; a number is a number in all of them. */
function inAsciiDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) % 16));
}
