import type { Day } from '@meedoen/units';
import type { Reading } from './answer.ts';
import type { Corpus } from './corpus.ts';
import type { Situation } from './situation.ts';
export type NextQuestion = {
  readonly fact: string;
  /** Ids of the rights this fact can change. */ readonly settles: readonly string[];
};
export function nextQuestion(_corpus: Corpus, _situation: Situation, _on: Day, _of: Reading = {}): NextQuestion | null {
  throw new Error('nextQuestion: being written');
}
