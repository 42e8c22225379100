// What every verb of `rights` asks of the command line: a day, a name that must exist, a person.
import { parseSituation, type Corpus, type Situation } from '@meedoen/rights';
import { dayParts, parseDay, type Day } from '@meedoen/units';
import { didYouMean } from '../nearest.ts';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { today } from '../today.ts';

/** The person in a situation.json (or in stdin for -); what is wrong in it is refused with its line. */
export async function situationIn(corpus: Corpus, file: string): Promise<Situation> {
  const input = await readInput(file);
  parseJson(input);
  // The text rather than its JSON, so that a problem knows its line.
  const parsed = parseSituation(corpus.facts, input.text, today());
  if (parsed.ok) return parsed.situation;
  throw new Refusal(parsed.problems.map((problem) => ({ ...problem, at: { ...problem.at, file: input.name } })));
}

/** The day asked for with --on; today when it is left out. */
export function dayOf(text: string | undefined): Day {
  if (text === undefined) return today();
  const parsed = parseDay(text);
  if (!parsed.ok) throw new Refusal(`--on ${text}: ${parsed.problem.message}`);
  const { year } = dayParts(parsed.value);
  if (year < 1900 || year > 2200)
    throw new Refusal(`--on ${text}: our law is of our time. Give a day from 1900 to 2200.`);
  return parsed.value;
}

/** The name itself when it is one of the known ones; else a refusal that lists them. */
export function knownName<Name extends string | undefined>(option: string, name: Name, names: readonly string[]): Name {
  if (name === undefined || names.includes(name)) return name;
  throw new Refusal(
    `${option} ${name}: there is no such name.${didYouMean(name, names)} Known: ${[...names].sort().join(', ')}.`,
  );
}

/** The policy variants that the corpus knows. */
export function variantsOf(corpus: Corpus): string[] {
  return [...new Set(corpus.replacements.flatMap(({ variant }) => variant ?? []))];
}
