import type { Day, Layer } from '@meedoen/units';
import type { Answer } from './answer-type.ts';
import type { Corpus } from './corpus.ts';
import type { Situation } from './situation.ts';

/** In which sense of the law we answer: the layer (default `applied`) and, on top of it, a policy variant. */
export type Reading = { readonly layer?: Layer; readonly variant?: string | null };

export function answer(
  _corpus: Corpus,
  _situation: Situation,
  _on: Day,
  _of: Reading & { readonly right: string },
): Answer {
  throw new Error('answer: being written');
}
export function answerAll(
  _corpus: Corpus,
  _situation: Situation,
  _on: Day,
  _of: Reading & { readonly domain?: string } = {},
): readonly Answer[] {
  throw new Error('answerAll: being written');
}
