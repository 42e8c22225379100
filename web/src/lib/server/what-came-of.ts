import { barrierReference, type BarrierNamed } from '#lib/decisions/barrier-named.ts';
import type { Language } from '#lib/language/languages.ts';
import { answersOfTowns, type TownAnswer } from './contributions.ts';
import { barrierName, decisionsAbout, placeName, type DecisionLine } from './decisions.ts';

/** What a town did with something that somebody named: its answers and decisions, all public. */
export type CameOf = {
  reference: string;
  name: string;
  dutch: string | null;
  town: string;
  townName: string;
  answers: readonly TownAnswer[];
  decisions: readonly DecisionLine[];
};

/** What came of it, in the order in which it was named. Asks for what is public; that this person named it stays here. */
export async function whatCameOf(named: readonly BarrierNamed[], language: Language): Promise<readonly CameOf[]> {
  const answers = await answersOfTowns(named.map(({ town }) => town));
  const decisions = await decisionsAbout(named);
  return Promise.all(
    named.map(async (barrier) => {
      const reference = barrierReference(barrier);
      return {
        reference,
        ...(await barrierName(barrier, language)),
        town: barrier.town,
        townName: await placeName(barrier.town),
        answers: answers.filter(({ town, subject }) => town === barrier.town && subject === barrier.subject),
        decisions: decisions.filter(({ references }) => references.includes(reference)),
      };
    }),
  );
}
