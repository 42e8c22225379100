// What would have to be otherwise for a closed right to open: one fact, and no more.
import type { Day } from '@meedoen/units';
import { answer, type Reading } from '../answer.ts';
import type { Answer } from '../answer-type.ts';
import type { Corpus } from '../corpus.ts';
import type { FactValue, Situation } from '../situation.ts';
import { sensible } from './behind-door.ts';
import type { DoorTable } from './door-table.ts';

/** One fact that, were it otherwise, would open a right that is closed now. */
export type SmallestChange = {
  readonly fact: string;
  readonly from: FactValue | null;
  readonly to: FactValue;
  /** The answer as it would be. */
  readonly answer: Answer;
};

/**
 * The single facts that turn a plain no into yes or not yet, in the order of the table; empty where no single fact does,
 * or where the answer is not no. Facts that nobody can change (`fixed`) are never proposed, and dates and numbers are not
 * tried: a comparison, not advice.
 */
export function smallestChanges(
  corpus: Corpus,
  { fixed }: DoorTable,
  situation: Situation,
  on: Day,
  of: Reading & { readonly right: string },
): readonly SmallestChange[] {
  if (answer(corpus, situation, on, of).verdict !== 'no') return [];
  return corpus.facts.facts.flatMap(({ id, type, choices }) => {
    const from = situation.facts[id];
    if (fixed.includes(id) || from === undefined) return [];
    const others: readonly FactValue[] = type === 'boolean' ? [true, false] : choices;
    return others
      .filter((to) => to !== from)
      .flatMap((to): SmallestChange[] => {
        const facts = sensible(corpus.facts, { ...situation.facts, [id]: to });
        const given = answer(corpus, { facts }, on, of);
        return given.verdict === 'yes' || given.verdict === 'not yet' ? [{ fact: id, from, to, answer: given }] : [];
      });
  });
}
