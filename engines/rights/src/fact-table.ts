import type { Confidence, Place } from '@meedoen/units';
import type { FactValue, Situation } from './situation.ts';

/** The facts we may ask for, in the order in which we ask: `knowledge/situation/facts.yaml`. */
export type FactTable = {
  readonly facts: readonly FactRow[];
  readonly contradictions: readonly Contradiction[];
};

export type FactType = 'choice' | 'date' | 'boolean' | 'number';

export type FactRow = {
  /** The key in `situation.json`. */
  readonly id: string;
  /** The name under which law files read the fact. */
  readonly lawName: string;
  readonly type: FactType;
  /** What can be chosen, in order; empty unless `type` is `choice`. */
  readonly choices: readonly string[];
  /** A date that cannot lie in the future. */
  readonly past: boolean;
  /** The least and the most a number can be; null = no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** The question makes sense only when each of these facts has one of these values. */
  readonly askWhen: readonly FactCondition[];
  /** What somebody can do to make this (boolean) fact true. */
  readonly step: StepRule | null;
  readonly at: Place;
};

export type FactCondition = { readonly fact: string; readonly values: readonly FactValue[] };

export type Actor = (typeof actors)[number];
export const actors = [
  'you',
  'employer',
  'municipality',
  'coa',
  'ind',
  'bank',
  'uwv',
  'school',
  'organisation',
] as const;

export type DurationUnit = (typeof durationUnits)[number];
export const durationUnits = ['days', 'weeks', 'months', 'working_days'] as const;

/** A length of time as a rule states it; weeks stay weeks, because months differ in length. */
export type Duration = { readonly count: number; readonly unit: DurationUnit };

/** Is the length a limit that a rule sets, what usually happens, or a notice that must be given? */
export type TakesKind = 'at most' | 'typical' | 'at least';

export type StepRule = {
  readonly who: Actor;
  readonly takes: Duration | null;
  readonly takesKind: TakesKind | null;
  /** Steps that come before this one, by fact id. */
  readonly after: readonly string[];
  readonly facts: readonly string[];
  readonly confidence: Confidence;
};

/** Facts that cannot be true of one person: two dates in the wrong order, or values that exclude each other. */
export type Contradiction =
  | {
      readonly id: string;
      readonly kind: 'order';
      readonly earlier: string;
      readonly later: string;
      readonly at: Place;
    }
  | { readonly id: string; readonly kind: 'together'; readonly facts: readonly FactCondition[]; readonly at: Place };

/** Does the question about this fact make sense, as far as we know? False while a fact it depends on is unknown. */
export function makesSenseToAsk(row: FactRow, situation: Situation): boolean {
  return holdsNow(row.askWhen, situation);
}

/** Do all these facts have one of these values, as far as we know? False while one of them is unknown. */
export function holdsNow(conditions: readonly FactCondition[], { facts }: Situation): boolean {
  return conditions.every(({ fact, values }) => {
    const given = facts[fact];
    return given !== undefined && given !== null && values.includes(given);
  });
}
