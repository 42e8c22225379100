import type { Verdict } from '@meedoen/rights';
import type { RecoveryCode } from '#lib/server/keys/recovery-code.ts';

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
 * "This is not what I was told", "I was refused" (nl: melding van een belemmering): about one rule that we showed, or about
 * something else that stood in the way. On the device of who wrote it; a coded copy goes only when they send it.
 */
export type BarrierReport = {
  answer: AnswerShown | null;
  /** What it was about where there is no rule at hand: one of the answers to "what stood in your way". */
  theme: string | null;
  place: Place | null;
  saying: Saying;
  /** In their own words, in any language. */
  words: string;
  /** The day on which they heard it, as 2026-11-23; null when not known. */
  heardOn: string | null;
};

/** What a device knows of sending a report. */
export type ReportSending = {
  /** UUIDv7, made when the person first looks at sending: a retry is the same report. */
  id: string;
  /** The code from which the keys come, until it is sent; null when the device has a key. */
  code: RecoveryCode | null;
  /** The month it counts in: that in which the person first looked at sending it. No day and no other month leaves the device. */
  month: string;
  /** The town under which it was sent; null while it was not. */
  sent: { town: string | null } | null;
};

/** So many reports fit on a device, each with so many letters: every one is a cookie, and Ethiopic takes three bytes. */
export const mostReports = 5;
export const mostLetters = 600;
