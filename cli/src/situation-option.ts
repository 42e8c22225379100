import { parseSituation, type Corpus, type Situation } from '@meedoen/rights';
import { parseJson, readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';
import { today } from './today.ts';

/** The person in a situation.json (or in stdin for -); what is wrong in it is refused with its line. */
export async function situationIn(corpus: Corpus, file: string): Promise<Situation> {
  const input = await readInput(file);
  parseJson(input);
  // The text rather than its JSON, so that a problem knows its line.
  const parsed = parseSituation(corpus.facts, input.text, today());
  if (parsed.ok) return parsed.situation;
  throw new Refusal(parsed.problems.map((problem) => ({ ...problem, at: { ...problem.at, file: input.name } })));
}
