import type { Confidence, Day, Layer, Place } from '@meedoen/units';
import type { ArticleRules } from './law-file.ts';

/** A rule that takes the place of a printed article: a ruling, a practice (also a past one), an announcement, a bill or a proposal. */
export type Replacement = {
  readonly file: string;
  readonly id: string;
  readonly status: ReplacementStatus;
  readonly name: Readonly<Record<string, string>>;
  /** First and last day (inclusive; null = no end) on which it takes the article's place. */
  readonly from: Day;
  readonly to: Day | null;
  /** Of `history`, and of nothing else: the last day on which it was applied. As a variant it may be asked for on any day. */
  readonly heldUntil: Day | null;
  readonly url: string;
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  /** Only used when this policy variant is asked for; null = used by layer. */
  readonly variant: string | null;
  readonly replaces: readonly ArticleReplacement[];
  readonly at: Place;
};

export type ArticleReplacement = {
  readonly law: string;
  readonly article: string;
  readonly rules: ArticleRules;
  readonly at: Place;
};

export type ReplacementStatus = (typeof replacementStatuses)[number];
export const replacementStatuses = [
  'disapplied_by_court',
  'applied',
  'history',
  'announced',
  'bill',
  'proposal',
] as const;

/**
 * The layer in which a rule of this status counts. Bills and proposals are both proposed: neither is law. What is history
 * was applied once, and says until when.
 */
export function layerOf(status: ReplacementStatus): Layer {
  switch (status) {
    case 'disapplied_by_court':
    case 'applied':
    case 'history':
      return 'applied';
    case 'announced':
      return 'announced';
    case 'bill':
    case 'proposal':
      return 'proposed';
  }
}
