import type { Month } from '@meedoen/units';
import type { Profile } from './profile.ts';

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
  readonly profile: Profile;
  /** May this month be joined with others of the same person? */
  readonly followed: boolean;
  readonly answers: readonly GivenAnswer[];
  /** Own words; only with the consent that somebody may read them. */
  readonly words: readonly OwnWords[];
};

/** One answer: the id of an option, or a number or month as text. "Choose all that fit" gives a row for each. */
export type GivenAnswer = { readonly question: string; readonly value: string };

export type OwnWords = { readonly question: string; readonly text: string };
