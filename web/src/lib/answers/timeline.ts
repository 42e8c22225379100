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

/** From now to later to never; of what is neither, the duty that one does not have comes last. */
const order = ['yes', 'duty', 'first', 'from', 'unknown', 'no', 'free'] as const;
type GroupName = (typeof order)[number];

/** The answers in the order in which people need them; without dates the order of the rights table stays. */
export function inOrderOfNeed(answers: readonly Answer[]): readonly Answer[] {
  return answers.toSorted(
    (one, other) => order.indexOf(groupOf(one)) - order.indexOf(groupOf(other)) || opensOn(one) - opensOn(other),
  );
}

/** Answers that can be told in one line, because they say the same: now, from one date, after a step, not, not known. */
export function asLines(answers: readonly Answer[]): readonly (readonly Answer[])[] {
  const byLine = Map.groupBy(
    inOrderOfNeed(answers),
    (answer) => `${answer.kind} ${stateOf(answer)} ${opensOn(answer)}`,
  );
  return [...byLine.values()];
}

/** The topics in the order of the rights table, each with its answers. */
export function byTopic(answers: readonly Answer[]): readonly { topic: string; answers: readonly Answer[] }[] {
  return [...Map.groupBy(answers, ({ domain }) => domain)].map(([topic, ofTopic]) => ({ topic, answers: ofTopic }));
}

function groupOf(answer: Answer): GroupName {
  const state = stateOf(answer);
  if (answer.kind === 'duty' && state === 'yes') return 'duty';
  return answer.kind === 'duty' && state === 'no' ? 'free' : state;
}

function opensOn(answer: Answer): number {
  return stateOf(answer) === 'from' ? (answer.from ?? 0) : 0;
}
