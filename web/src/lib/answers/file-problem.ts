import type { Problem } from '@meedoen/units';
import type { MessageKey } from '#lib/language/catalogue.ts';

type FileKey = Extract<MessageKey, `answers.load.error.${string}`>;

/** How we say, in a person's language, what is wrong in the file they opened. */
const keyOf: Readonly<Record<string, FileKey>> = {
  'not-json': 'answers.load.error.not-json',
  'situation-json': 'answers.load.error.not-json',
  'situation-shape': 'answers.load.error.shape',
  'fact-unknown': 'answers.load.error.unknown-key',
  'fact-choice': 'answers.load.error.choice',
  'fact-date': 'answers.load.error.date',
  'fact-date-future': 'answers.load.error.future',
  'fact-boolean': 'answers.load.error.value',
  'fact-number': 'answers.load.error.value',
  'facts-contradict': 'answers.load.error.contradiction',
};

export type FileProblem = { key: FileKey; words: Record<string, string | number>; line: number | null; column: number | null };

export function fileProblem({ what, words, at }: Problem): FileProblem {
  const key = keyOf[what] ?? (what.startsWith('date-') ? 'answers.load.error.date' : 'answers.load.error.other');
  const fact = words['fact'] ?? at?.pointer?.split('/').at(-1) ?? '';
  return {
    key,
    words: { key: fact, fact, earlier: fact, later: fact, ...words },
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}
