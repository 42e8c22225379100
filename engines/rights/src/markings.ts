// What the format cannot express (`untranslatables`, `markings`), and the four ways to deal with it.
import type { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import { Untranslatable } from './value.ts';
import type { ArticleText } from './view.ts';

/**
 * `error`: an article with a gap that its author has not accepted is not computed. `propagate`: it is, and whatever
 * rests on it is marked untranslatable. `warn`: it is computed as far as it goes, with a note. `ignore`: as `error`,
 * without a note.
 */
export const markingModes = ['error', 'propagate', 'warn', 'ignore'] as const;
export type MarkingMode = (typeof markingModes)[number];

/** What an article with gaps gives in place of its outputs; null if its outputs stand. Throws where it is not to be computed. */
export function taintOf(evaluation: Evaluation, text: ArticleText): Untranslatable | null {
  const { markings } = text.rules;
  const mode = evaluation.markings;
  for (const { construct, reason, accepted } of markings) {
    const where = `article ${text.article} of law '${text.law}'`;
    const why = `Untranslatable construct in ${where}: ${construct}${reason === null ? '' : ` (${reason})`}`;
    const result = new Untranslatable(text.law, text.article, construct);
    evaluation.trace.note('resolve', construct, result, null, text, null, why);
    if ((mode === 'error' || mode === 'ignore') && !accepted) throw new LawError('Untranslatable', why);
    if (mode === 'warn' && !evaluation.notes.includes(why)) evaluation.notes.push(why);
  }
  const [first] = markings;
  return mode === 'propagate' && first ? new Untranslatable(text.law, text.article, first.construct) : null;
}
