import { chainOfAnswer, chainsOf, type Answer, type Chain, type Situation } from '@meedoen/rights';
import type { Knowledge } from '@meedoen/knowledge';
import type { Day } from '@meedoen/units';

/** What leads to the answers that wait, the longest first; of chains with the same steps the one that people ask most. */
export function chainsBehind(
  { corpus, timetable }: Pick<Knowledge, 'corpus' | 'timetable'>,
  situation: Situation,
  on: Day,
  answers: readonly Answer[],
): readonly Chain[] {
  const found = new Map<string, Chain>();
  for (const answer of answers) {
    const chain = chainOfAnswer(corpus.facts, timetable, situation, answer);
    if (!chain || chain.links.length === 0) continue;
    const steps = chain.links.map(({ id, ends }) => `${id} ${ends.expected.day}`).join();
    if (!found.has(steps)) found.set(steps, chain);
  }
  const chains = [...found.values()];
  // A chain that is only the beginning of another tells nothing new.
  const whole = chains.filter((chain) => !chains.some((other) => other !== chain && isBeginningOf(chain, other)));
  return [...chainsOf(corpus, timetable, situation, on), ...whole].sort((a, b) => b.links.length - a.links.length);
}

function isBeginningOf(one: Chain, other: Chain): boolean {
  const ids = new Set(other.links.map(({ id }) => id));
  return one.links.length < other.links.length && one.links.every(({ id, kind }) => kind !== 'wait' && ids.has(id));
}
