import type { Problem } from '@meedoen/units';
import { dutchNotes } from './notes-nl.ts';
import type { Language } from './report.ts';
import { wordsOf } from './words.ts';

type Said = Pick<Problem, 'what' | 'words' | 'message'>;

/**
 * Notes, assumptions and refusals of the estimators in the language of the page, each once. They come as a key with its
 * numbers, and with the English sentence; Dutch is found by the key. A key without Dutch would show English, which
 * `notes.test.ts` does not let happen.
 */
export function sayNotes(language: Language, notes: readonly Said[]): string[] {
  return [...new Set(notes.map((note) => sayProblem(language, note)))];
}

export function sayProblem(language: Language, { what, words, message }: Said): string {
  const dutch = language === 'nl' ? dutchNotes[what] : undefined;
  if (dutch === undefined) return message;
  const sentence = typeof dutch === 'string' ? dutch : dutch(words);
  return sentence.replaceAll(/\{(\w+)(%?)\}/g, (whole, name: string, percent: string) => {
    const value = words[name];
    if (value === undefined) return whole;
    const { decimal } = wordsOf(language);
    if (typeof value === 'string') return value;
    return percent ? `${decimal.format(100 * value)} %` : decimal.format(value);
  });
}
