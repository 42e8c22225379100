import { isoDay, type Day, type Parsed } from '@meedoen/units';
import type { CorpusParts } from './corpus.ts';

/**
 * A day for which the corpus can answer. Law files often say "at least since", so that before the first day known to us they
 * would answer by rules that may not have been there yet.
 */
export function knownDay({ knownFrom }: Pick<CorpusParts, 'knownFrom'>, on: Day): Parsed<Day> {
  if (knownFrom === null || on >= knownFrom) return { ok: true, value: on };
  const words = { day: isoDay(on), knownFrom: isoDay(knownFrom) };
  const message = `We know the law from ${words.knownFrom} on. Give that day or a later one.`;
  return { ok: false, problem: { what: 'day-before-known-law', words, message } };
}

/** Throws a RangeError for a day that `knownDay` refuses. */
export function needsKnownDay(corpus: Pick<CorpusParts, 'knownFrom'>, on: Day): void {
  const known = knownDay(corpus, on);
  if (!known.ok) throw new RangeError(`${isoDay(on)}: ${known.problem.message}`);
}
