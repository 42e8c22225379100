import { loadKnowledge, type Knowledge } from '@meedoen/knowledge';
import { knownDay } from '@meedoen/rights';
import { today } from './settings.ts';

let loaded: Promise<Knowledge> | null = null;

/** Laws, figures, words and help: read once, before the first request. */
export function knowledge(): Promise<Knowledge> {
  loaded ??= loadKnowledge().then((known) => {
    // Only who chose a day for this server (MEEDOEN_TODAY) can be this early.
    const on = knownDay(known.corpus, today());
    if (!on.ok) throw new Error(`MEEDOEN_TODAY: ${on.problem.message}`);
    return known;
  });
  return loaded;
}
