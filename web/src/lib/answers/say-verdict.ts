import type { Answer } from '@meedoen/rights';
import type { Say } from '#lib/language/say.ts';
import { stateOf } from './timeline.ts';

/** The word of the state: yes, from 14 March 2027, first do this, no, we do not know. */
export function sayState(say: Say, answer: Answer): string {
  const state = stateOf(answer);
  const values = { date: answer.from === null ? '' : say.date(answer.from) };
  return answer.kind === 'duty' ? say(`states.duty.${state}`, values) : say(`states.${state}`, values);
}

/** The same before the names of several rights: "You may do this now" reads better there than "yes". */
export function sayLine(say: Say, answer: Answer): string {
  const state = stateOf(answer);
  if (state === 'yes') return say(answer.kind === 'duty' ? 'today.group.duty' : 'today.group.yes');
  if (state === 'unknown') return say(answer.kind === 'duty' ? 'today.group.duty-unknown' : 'today.group.unknown');
  return state === 'first' && answer.kind === 'right' ? say('today.group.first') : sayState(say, answer);
}

/** The answer as a sentence, with the dates around it. */
export function sayVerdict(say: Say, answer: Answer): string {
  const sentences = [say.maybe(`rights.right.${answer.right}.${stateOf(answer)}`)];
  if (answer.verdict === 'yes' && answer.from !== null)
    sentences.push(say('today.card.since', { date: say.date(answer.from) }));
  if (answer.verdict === 'yes' && answer.until !== null)
    sentences.push(say('today.card.until', { date: say.date(answer.until) }));
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
