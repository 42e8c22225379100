import type { Confidence, Day, Layer } from '@meedoen/units';
import type { Actor, Duration, TakesKind } from './fact-table.ts';

export type Verdict = (typeof verdicts)[number];
export const verdicts = ['yes', 'no', 'not yet', 'unknown'] as const;

/** Which article says so, in which version and sense, and how well we know it. */
export type Citation = {
  readonly law: string;
  readonly lawName: string;
  readonly article: string;
  /** First day of the version; for a replacement, the first day it holds. */
  readonly version: Day;
  readonly url: string;
  readonly layer: Layer;
  readonly confidence: Confidence;
  readonly facts: readonly string[];
  readonly replacement?: string;
  /** Of a past rule that a variant takes up again: the last day on which it was applied. */
  readonly heldUntil?: Day;
};

/** One condition of the right, as it stands today. */
export type Condition = {
  readonly name: string;
  readonly state: 'met' | 'not met' | 'unknown';
  /** The day on which it becomes met by time alone, if it does. */
  readonly from: Day | null;
  /** The fact id of the act that meets it, if one does. */
  readonly step: string | null;
  readonly missing: readonly string[];
  readonly because: readonly Citation[];
};

/** Something somebody must do first. */
export type Step = {
  readonly fact: string;
  readonly who: Actor;
  readonly takes: Duration | null;
  readonly takesKind: TakesKind | null;
  /** What we know about the step itself: the facts behind it and how sure they are. */
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  /** The article that asks for it. */
  readonly because: readonly Citation[];
};

/** A fact about the right worth telling; `unknown` has value null. A date is `{ kind: 'date' }` with its Day as value. */
export type Term = {
  readonly name: string;
  readonly value: string | number | boolean | Day | null;
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'unknown';
  readonly unit?: string;
  readonly because: readonly Citation[];
};

/** What a person may or must do on a day, and why (nl: antwoord). */
export type Answer = {
  readonly right: string;
  readonly domain: string;
  readonly kind: 'right' | 'duty';
  readonly on: Day;
  readonly layer: Layer;
  readonly variant: string | null;
  readonly verdict: Verdict;
  /** yes: since when (null = no rule bounds it). not yet, unknown: the first day the law opens (null = only steps wait). */
  readonly from: Day | null;
  /** yes: the last day, where a rule, card or fact ends it. */
  readonly until: Day | null;
  /** What must come first, in order; a step that is also `missing`: if it has not been done yet. */
  readonly first: readonly Step[];
  /** unknown: the fact ids that could decide it. not yet: the steps of which we do not know whether they are done. */
  readonly missing: readonly string[];
  /** yes, not yet: the fact ids that cannot change the verdict any more, but could make a date, a step or a term known. */
  readonly sharpens: readonly string[];
  readonly conditions: readonly Condition[];
  readonly terms: readonly Term[];
  /** Never empty. */
  readonly because: readonly Citation[];
  /** For us, not for people: why the law could not be computed (then the verdict is `unknown`); else null. */
  readonly fault: string | null;
};
