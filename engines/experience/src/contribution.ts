import type { Month } from '@meedoen/units';
import type { Answers } from './answers.ts';
import type { ContributorProfile } from './profile.ts';
import type { Questionnaire } from './questionnaire.ts';

/**
 * What one person gives of one month: all that leaves the device, and nothing finer than a month. (nl: bijdrage)
 * Whose it is does not stand in it: the shell keeps the key.
 */
export type Contribution = {
  /** UUIDv7, made with the draft: retries and double taps are one contribution. */
  readonly id: string;
  readonly month: Month;
  /** The questionnaire and its version: what was asked, in which words. */
  readonly instrument: string;
  readonly instrumentVersion: number;
  /** The language it was answered in. */
  readonly language: string;
  readonly profile: ContributorProfile;
  /** May this month be joined with others of the same person? */
  readonly followed: boolean;
  readonly answers: readonly GivenAnswer[];
  /** Own words; only with the consent that somebody may read them. */
  readonly words: readonly OwnWords[];
};

/** One answer: the id of an option, or a number or month as text. "Choose all that fit" gives a row for each. */
export type GivenAnswer = { readonly question: string; readonly value: string };

export type OwnWords = { readonly question: string; readonly text: string };

/** A month as it lies on the device, before anybody decided what leaves it. (nl: concept) */
export type Draft = Omit<Contribution, 'followed' | 'answers' | 'words'> & { readonly answers: Answers };

/** What somebody agrees to, each by itself and none of it ticked beforehand. (nl: toestemmingen) */
export type Consents = {
  /** My answers of this month may be counted. */
  readonly count: boolean;
  /** My answers may be followed over time; means nothing without `count`. */
  readonly follow: boolean;
  /** My own words may be read by the team of the town. */
  readonly words: boolean;
  /** My answers about health may be counted too (GDPR, article 9); means nothing without `count`. */
  readonly health: boolean;
};

export const noConsents: Consents = { count: false, follow: false, words: false, health: false };

const nothingSaid: ContributorProfile = { town: null, door: null, arrived: null, ageBand: null, gender: null };

/**
 * What of a draft leaves the device: no field without its consent, and `null` when that leaves nothing. Own words without
 * the consent to count go with the town alone, so that its team can read them.
 */
export function toContribution(questionnaire: Questionnaire, draft: Draft, consents: Consents): Contribution | null {
  const answers: GivenAnswer[] = [];
  const words: OwnWords[] = [];
  // In the order of the questionnaire; what it does not know stays here.
  for (const question of questionnaire.questions) {
    const answer = draft.answers[question.id];
    if (answer === undefined || (question.sensitive && !consents.health)) continue;
    if (consents.count) for (const value of answer.values) answers.push({ question: question.id, value });
    if (consents.words && answer.words !== null) words.push({ question: question.id, text: answer.words });
  }
  if (answers.length === 0 && words.length === 0) return null;
  const { id, month, instrument, instrumentVersion, language, profile } = draft;
  return {
    id,
    month,
    instrument,
    instrumentVersion,
    language,
    profile: consents.count ? profile : { ...nothingSaid, town: profile.town },
    followed: consents.count && consents.follow,
    answers,
    words,
  };
}
