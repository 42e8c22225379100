import type { FactTable } from '@meedoen/rights';
import type { Problem } from '@meedoen/units';
import type { MessageKey } from '#lib/language/catalogue.ts';
import { contradicting } from './contradicting.ts';

type FileKey = Extract<MessageKey, `answers.load.error.${string}`>;

/** How we say, in a person's language, what is wrong in the file they opened; by the code the engine gives. */
const keyOf: Readonly<Record<string, FileKey>> = {
  'situation-shape': 'answers.load.error.shape',
  'fact-unknown': 'answers.load.error.unknown-key',
  'fact-choice': 'answers.load.error.choice',
  'fact-date': 'answers.load.error.date',
  'fact-date-future': 'answers.load.error.future',
  'fact-boolean': 'answers.load.error.value',
  'fact-number': 'answers.load.error.value',
};

export type FileProblem = {
  key: FileKey;
  words: Record<string, string | number>;
  line: number | null;
  column: number | null;
};

export function fileProblem(table: FactTable, { what, words, at }: Problem): FileProblem {
  const pair = what === 'facts-contradict' ? contradicting(table, words) : null;
  const fact = words['key'] ?? words['fact'] ?? '';
  return {
    key: pair ? 'answers.load.error.contradiction' : keyFor(what, words),
    words: { key: fact, fact, ...pair },
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}

function keyFor(what: string, words: Problem['words']): FileKey {
  if (what.startsWith('yaml-')) return 'answers.load.error.not-json';
  if (what === 'situation-shape' && 'key' in words) return 'answers.load.error.unknown-key';
  return keyOf[what] ?? (what.startsWith('date-') ? 'answers.load.error.date' : 'answers.load.error.other');
}
