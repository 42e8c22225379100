import type { DecisionStage } from '@meedoen/store';
import type { AnswerState } from '#lib/answers/answer-state.ts';
import type { MessageKey } from '#lib/language/catalogue.ts';

/** How far a decision has come: its words, and the shape beside them. */
export const stages: Readonly<
  Record<DecisionStage, { key: Extract<MessageKey, `decisions.stage.${string}`>; shape: AnswerState }>
> = {
  'decided no': { key: 'decisions.stage.no', shape: 'no' },
  'decided yes': { key: 'decisions.stage.yes', shape: 'from' },
  'in progress': { key: 'decisions.stage.in-progress', shape: 'first' },
  overdue: { key: 'decisions.stage.overdue', shape: 'no' },
  done: { key: 'decisions.stage.done', shape: 'yes' },
  'result reported': { key: 'decisions.stage.result', shape: 'yes' },
};
