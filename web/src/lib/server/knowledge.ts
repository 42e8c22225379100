import { loadKnowledge, type Knowledge } from '@meedoen/knowledge';

let loaded: Promise<Knowledge> | null = null;

/** Laws, figures, words and help: read once, before the first request. */
export function knowledge(): Promise<Knowledge> {
  loaded ??= loadKnowledge();
  return loaded;
}
