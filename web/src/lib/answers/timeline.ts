import type { Answer } from '@meedoen/rights';
import type { AnswerState } from './answer-state.ts';

/** What an answer looks like: its shape, its colour and its word. */
export function stateOf(answer: Pick<Answer, 'verdict' | 'from' | 'on'>): AnswerState {
  switch (answer.verdict) {
    case 'yes':
      return 'yes';
    case 'no':
      return 'no';
    case 'unknown':
      return 'unknown';
    case 'not yet':
      return answer.from !== null && answer.from > answer.on ? 'from' : 'first';
  }
}

export type GroupName = 'yes' | 'duty' | 'first' | 'from' | 'unknown' | 'no';

/** From now to later to never: what holds today, then what a step opens, then the dates in order. */
const order: readonly GroupName[] = ['yes', 'duty', 'first', 'from', 'unknown', 'no'];

export function timeline(answers: readonly Answer[]): readonly { group: GroupName; answers: readonly Answer[] }[] {
  return order
    .map((group) => ({ group, answers: answers.filter((answer) => groupOf(answer) === group).sort(byDate) }))
    .filter(({ answers: inGroup }) => inGroup.length > 0);
}

function groupOf(answer: Answer): GroupName {
  const state = stateOf(answer);
  return state === 'yes' && answer.kind === 'duty' ? 'duty' : state;
}

/** The sort is stable: without dates the order of the rights table stays. */
function byDate(one: Answer, other: Answer): number {
  return stateOf(one) === 'from' && stateOf(other) === 'from' ? (one.from ?? 0) - (other.from ?? 0) : 0;
}
