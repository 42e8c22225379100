import type { Note } from './estimate.ts';

/** What several estimators assume, said in the same words by each. */

export const INDEPENDENT_CENSORING: Note = {
  what: 'independent-censoring',
  words: {},
  message: 'People whom we stopped following would have gone on like those we still follow.',
};

export const RAW_COMPARISON: Note = {
  what: 'raw-comparison',
  words: {},
  message: 'The groups may differ in more than their name: this describes a difference, not what caused it.',
};
