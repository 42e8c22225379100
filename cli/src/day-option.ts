import { knownDay, type Corpus } from '@meedoen/rights';
import { dayParts, parseDay, type Day } from '@meedoen/units';
import { Refusal } from './refusal.ts';
import { today } from './today.ts';

/** The same, where answers follow from a corpus: refuses a day on which its law is not known. */
export function knownDayOf(corpus: Corpus, text: string | undefined, option = '--on'): Day {
  const on = knownDay(corpus, dayOf(text, option));
  if (!on.ok) throw new Refusal(`${option} ${text}: ${on.problem.message}`);
  return on.value;
}

/** The day of an option such as `--on`, or today in the Netherlands. */
export function dayOf(text: string | undefined, option = '--on'): Day {
  if (text === undefined) return today();
  const parsed = parseDay(text);
  if (!parsed.ok) throw new Refusal(`${option} ${text}: ${parsed.problem.message}`);
  const { year } = dayParts(parsed.value);
  if (year < 1900 || year > 2200)
    throw new Refusal(`${option} ${text}: our law is of our time. Give a day from 1900 to 2200.`);
  return parsed.value;
}
