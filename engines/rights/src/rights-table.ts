import type { Place } from '@meedoen/units';

/** What we answer: `knowledge/rights/<domain>.yaml`. */
export type RightsTable = readonly RightRow[];

export type RightRow = {
  readonly id: string;
  readonly domain: string;
  readonly kind: 'right' | 'duty';
  readonly law: string;
  readonly output: string;
  readonly terms: readonly TermRow[];
  /** Dates of facts or rules, such as the last day of a card, after which a yes no longer holds. */
  readonly ends: readonly OutputOfLaw[];
  /** How many weeks in 52 may be used of the right, where a rule sets a most (null in the law = no most). */
  readonly weeksIn52: OutputOfLaw | null;
  /** The step fact that this right itself is about (the right to a number gives the number); never assumed done for it. */
  readonly gives: string | null;
  readonly personWhoHelps: readonly string[];
  readonly at: Place;
};

/** A fact about the right worth telling: its cost, its limit, its consequence. */
export type TermRow = OutputOfLaw & { readonly name: string };

export type OutputOfLaw = { readonly law: string; readonly output: string; readonly at: Place };
