import type { FactType, FactValue } from '@meedoen/rights';
import { parseDay } from '@meedoen/units';
import type { Say } from '#lib/language/say.ts';

/** An answer as people read it: the choice in words, the date as 14 March 2027. */
export function sayFactValue(say: Say, fact: string, type: FactType, value: FactValue | null): string {
  if (value === null) return say('answers.unknown');
  if (typeof value === 'boolean') return say(value ? 'questions.yes' : 'questions.no');
  if (typeof value === 'number') return say.number(value);
  if (type === 'date') {
    const parsed = parseDay(value);
    return parsed.ok ? say.date(parsed.value) : value;
  }
  return say.maybe(`questions.${fact}.choice.${value}`) ?? value;
}
