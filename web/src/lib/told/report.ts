import type { Verdict } from '@meedoen/rights';

/** Where somebody was told something else (nl: soort plek). Kinds only: no name of a person or an office. */
export const places = [
  'municipality',
  'coa',
  'ind',
  'uwv',
  'duo',
  'employer',
  'bank',
  'school',
  'care',
  'housing',
  'organisation',
  'other',
] as const;
export type Place = (typeof places)[number];

/** What was said there, against the answer we show. */
export const sayings = ['not-allowed', 'wait', 'first', 'pay', 'must', 'not-known', 'other'] as const;
export type Saying = (typeof sayings)[number];

/** The answer on the page when the report was made, so that it can be understood later. */
export type AnswerShown = {
  right: string;
  verdict: Verdict;
  /** Dates as 2026-11-23; null where there is none. */
  from: string | null;
  on: string;
  law: string;
  article: string;
  version: string;
};

/**
 * "This is not what I was told": a report about one rule (nl: melding van een belemmering). A draft on the device of
 * who wrote it; nothing sends it yet.
 */
export type BarrierReport = {
  answer: AnswerShown;
  place: Place | null;
  saying: Saying;
  /** In their own words, in any language. */
  words: string;
  /** The day on which they heard it, as 2026-11-23; null when not known. */
  heardOn: string | null;
};

/** So many reports fit on a device, each with so many letters: every one is a cookie, and Ethiopic takes three bytes. */
export const mostReports = 5;
export const mostLetters = 600;
