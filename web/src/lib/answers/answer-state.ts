/** yes: now. from: from a date. first: after a step. no. unknown: we do not know yet. */
export type AnswerState = 'yes' | 'from' | 'first' | 'no' | 'unknown';
