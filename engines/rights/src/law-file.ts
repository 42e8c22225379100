// The words of a law file in the RegelRecht format, read and checked.
import type { Confidence, Day, Decimal, Layer, Place } from '@meedoen/units';
import type { OperationName } from './operation-table.ts';

/**
 * The value rules a file is written for. `base`: schemas up to v0.5.6, in which null is a value among others and an
 * article runs as a whole. `present`: from v0.5.7 on (v0.8.0), with unknown apart from null, and demand driven.
 */
export type Profile = 'base' | 'present';

export type LawFile = {
  /** File name, as given to `parseLaw`; problems name it. */
  readonly file: string;
  readonly id: string;
  /** The schema it names, such as `v0.8.0`; null if it names none. */
  readonly schema: string | null;
  readonly profile: Profile;
  /** What people call it; in full it may be longer. */
  readonly name: string;
  readonly fullName: string;
  readonly regulatoryLayer: RegulatoryLayer;
  readonly url: string;
  /** For law of one municipality, province or water board: the parameter that names it, and its code. */
  readonly territory: { readonly parameter: string; readonly code: string } | null;
  /** First day in force; null = undated, used only if no dated version fits. */
  readonly validFrom: Day | null;
  /** Last day in force, inclusive; null = no end known. */
  readonly validTo: Day | null;
  readonly checkedOn: Day | null;
  readonly procedures: readonly Procedure[];
  readonly articles: readonly Article[];
};

export type RegulatoryLayer = (typeof regulatoryLayers)[number];
export const regulatoryLayers = [
  'GRONDWET',
  'WET',
  'AMVB',
  'KONINKLIJK_BESLUIT',
  'MINISTERIELE_REGELING',
  'BELEIDSREGEL',
  'EU_VERORDENING',
  'EU_RICHTLIJN',
  'VERDRAG',
  'UITVOERINGSBELEID',
  'GEMEENTELIJKE_VERORDENING',
  'PROVINCIALE_VERORDENING',
  'WATERSCHAPS_VERORDENING',
] as const;

export type Article = {
  readonly number: string;
  readonly text: string;
  readonly url: string;
  readonly rules: ArticleRules | null;
  /** Where our reading of this article comes from; null where the file does not say. */
  readonly reading: Reading | null;
  readonly at: Place;
};

/** What an article lets a computer compute (the format's `machine_readable`). */
export type ArticleRules = {
  readonly definitions: ReadonlyMap<string, Literal>;
  /** The units of definitions that declare one. */
  readonly definitionUnits: ReadonlyMap<string, Unit>;
  readonly parameters: readonly Field[];
  readonly inputs: readonly InputField[];
  readonly outputs: readonly Field[];
  readonly actions: readonly Action[];
  /** What kind of decision the article makes; hooks listen to it. */
  readonly produces: Produces | null;
  readonly openTerms: readonly OpenTerm[];
  readonly implements: readonly Implementation[];
  readonly hooks: readonly Hook[];
  readonly overrides: readonly Override[];
  readonly markings: readonly Marking[];
  readonly at: Place;
};

/** What an article decides (nl: rechtskarakter, besluittype, aanvraag). */
export type Produces = {
  readonly legalCharacter: string | null;
  readonly decisionType: string | null;
  readonly procedure: string | null;
  /** A submission such as AANVRAAG, and the articles (`law#article`) that decide on it. */
  readonly submission: string | null;
  readonly decidesOn: readonly string[];
};

/** A value that an article leaves to lower law (nl: open norm, delegatie). */
export type OpenTerm = {
  readonly id: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** The layer that may fill it; null = any. */
  readonly delegationType: RegulatoryLayer | null;
  /** What holds where nobody fills it; null = nothing. */
  readonly defaults: readonly Action[] | null;
  readonly at: Place;
};

/** An article that fills an open term of a higher article. */
export type Implementation = {
  readonly law: string;
  readonly article: string;
  readonly openTerm: string;
  readonly at: Place;
};

/** An article that runs along with every article that decides in a certain way. */
export type Hook = {
  readonly point: 'pre_actions' | 'post_actions';
  readonly legalCharacter: string | null;
  readonly decisionType: string | null;
  readonly stage: string;
  readonly submission: string | null;
  readonly decidedBy: string | null;
  readonly establishedBy: string | null;
  readonly at: Place;
};

/** An article that takes the place of an output of another article (nl: lex specialis). */
export type Override = {
  readonly law: string;
  readonly article: string;
  readonly output: string;
  /** Then the output does not arise at all; `ground` says by which words of the law. */
  readonly voids: boolean;
  readonly ground: string | null;
  readonly at: Place;
};

/** A construct of the law that the format cannot express (`untranslatables`, `markings`). */
export type Marking = {
  readonly construct: string;
  readonly reason: string | null;
  readonly accepted: boolean;
  readonly at: Place;
};

/** The stages a decision goes through, and what must be known in each (nl: procedure). */
export type Procedure = {
  readonly id: string;
  readonly isDefault: boolean;
  readonly legalCharacter: string;
  readonly stages: readonly { readonly name: string; readonly requires: readonly string[] }[];
};

/** From our `meedoen:` block: the facts behind an article, and how sure we are of our reading. */
export type Reading = {
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  readonly layer: Layer;
  readonly note: string | null;
  readonly outputs: ReadonlyMap<string, OutputReading>;
};
export type OutputReading = {
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  readonly layer: Layer;
};

export type FieldType = (typeof fieldTypes)[number];
export const fieldTypes = ['string', 'number', 'boolean', 'amount', 'object', 'array', 'date'] as const;

export type Field = {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly required: boolean;
  readonly unit: Unit | null;
  readonly precision: number | null;
  /** What the file says about it, for people: of a fact that nobody can give, what has not been read. */
  readonly description: string | null;
  readonly at: Place;
};

/** A label that never changes a value. */
export type Unit = (typeof units)[number];
export const units = ['euro', 'eurocent', 'ratio', 'percentage', 'years', 'months', 'weeks', 'days'] as const;

export type InputField = Field & { readonly source: Source };

/** Where an input gets its value: a plain fact from outside the law, or an output of this or another law. */
export type Source =
  | { readonly kind: 'fact' }
  | { readonly kind: 'same law'; readonly output: string }
  | {
      readonly kind: 'other law';
      readonly law: string;
      readonly output: string;
      readonly parameters: ReadonlyMap<string, Expression>;
    };

export type Action = {
  readonly output: string;
  readonly value: Expression;
  /** Does the operation stand on the action itself, not under `value`? */
  readonly inline: boolean;
  readonly at: Place;
};

/** A literal as written in a law file. */
export type Literal = bigint | Decimal | boolean | string | null | readonly Literal[] | LiteralRecord;
export type LiteralRecord = ReadonlyMap<string, Literal>;

export type Expression = LiteralExpression | Reference | Operation;
export type LiteralExpression = { readonly kind: 'literal'; readonly value: Literal; readonly at: Place };
/** `$name`, or `$name.property.property`. */
export type Reference = {
  readonly kind: 'reference';
  readonly name: string;
  readonly path: readonly string[];
  readonly at: Place;
};
export type Operation = {
  readonly kind: 'operation';
  readonly operation: OperationName;
  /** The single operands in the order of the operation table (`one`, then `maybe`); null = left out. */
  readonly operands: readonly (Expression | null)[];
  /** The listed operands: `values`, `conditions` or `items`. */
  readonly list: readonly Expression[] | null;
  /** The keys of the file under which these stand; for an older name, those of what it is written out in. */
  readonly keys: readonly string[];
  readonly listKey: string | null;
  /** The cases of an IF. */
  readonly cases: readonly { readonly when: Expression; readonly gives: Expression }[];
  /** Words that are not computed: `precision`, `in`, `as`, `combine`. */
  readonly settings: ReadonlyMap<string, string | number>;
  readonly at: Place;
};
