/**
 * What people are asked, without its wording: that stands in files per language. (nl: vragenlijst)
 * Not the `Instrument` of the room `panel`, which is one scale with its scoring; `scaleOf` makes that of a construct.
 */
export type Questionnaire = {
  readonly id: string;
  /** Raised when a question or an option changes its meaning; answers say under which version they were given. */
  readonly version: number;
  readonly terms: TermsOfUse;
  readonly constructs: readonly Construct[];
  readonly questions: readonly Question[];
};

/** Under what terms it may be used, and how we know. */
export type TermsOfUse = { readonly text: string; readonly url: string | null; readonly owner: string };

export type Question = QuestionKind & {
  readonly id: string;
  /** What it measures: an id in `constructs`. */
  readonly construct: string | null;
  /** About health: not asked until the person switches it on (GDPR, article 9). */
  readonly sensitive: boolean;
  /** Asked only when every question named here has one of these answers this month. */
  readonly askWhen: Condition;
  /** Not asked when a question named here has one of these answers this month. */
  readonly askUnless: Condition;
  /** The turns of the rotation in which it is asked; `null` is every month. */
  readonly turns: readonly number[] | null;
  readonly source: string;
};

/** Answers by the id of an earlier question. */
export type Condition = Readonly<Record<string, readonly string[]>>;

export type QuestionKind =
  /** Choose one. */
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** Choose all that fit. `nothing` is the option that excludes the others; `ownWords` gives room beside them. */
  | {
      readonly kind: 'choices';
      readonly options: readonly Option[];
      readonly nothing: string | null;
      readonly ownWords: boolean;
    }
  /** A mark on a scale, such as 0 to 10, with words at both ends. */
  | { readonly kind: 'mark'; readonly lowest: number; readonly highest: number }
  /** A whole number. */
  | { readonly kind: 'number'; readonly lowest: number; readonly highest: number }
  /**
   * A month, never a day and never in the future. It may be the month in which a state began or ended, such as paid work;
   * then it is asked when that state is new, or over. `notBefore` names the month that comes first.
   */
  | {
      readonly kind: 'month';
      readonly begins: Condition | null;
      readonly ends: Condition | null;
      readonly notBefore: string | null;
    }
  /** Own words, in any language and script. */
  | { readonly kind: 'words' };

export type Option = {
  readonly id: string;
  /** The name of a picture that stands beside the word; `null` for none. */
  readonly icon: string | null;
};

/** Something that is measured by one or more questions, and how their answers become a score. (nl: begrip) */
export type Construct = {
  readonly id: string;
  readonly items: readonly ScoredItem[];
  readonly scoring: 'sum' | 'mean';
  /** The scale the lowest and highest possible score are stretched to, such as 0 to 100; `null` leaves them. */
  readonly rescaledTo: { readonly lowest: number; readonly highest: number } | null;
  /** So many items may be without an answer; with more there is no score. */
  readonly mayBeMissing: number;
  readonly better: 'higher' | 'lower';
  /** The line that a published share counts from, such as below 60; `null` where none is published. */
  readonly line: { readonly counts: 'below' | 'from'; readonly score: number } | null;
  /** Ids of figures that were measured with the same question elsewhere. */
  readonly benchmarks: readonly string[];
  readonly source: string;
};

/** One question in a score. `scores` gives whole numbers for options; a mark or a number stands for itself (`null`). */
export type ScoredItem = {
  readonly question: string;
  readonly scores: Readonly<Record<string, number>> | null;
  /** Scored from the other end. */
  readonly reversed: boolean;
};

/** The question with this id; for ids that come from outside. */
export function questionOf(questionnaire: Questionnaire, id: string): Question | null {
  return questionnaire.questions.find((question) => question.id === id) ?? null;
}
