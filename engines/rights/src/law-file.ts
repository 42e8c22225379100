// The words of a law file in the RegelRecht format (schema v0.8.0), read and checked.
import type { Confidence, Day, Decimal, Layer, Place } from '@meedoen/units';
import type { OperationName } from './operation-table.ts';

export type LawFile = {
  /** File name, as given to `parseLaw`; problems name it. */
  readonly file: string;
  readonly id: string;
  readonly name: string;
  readonly regulatoryLayer: RegulatoryLayer;
  readonly url: string;
  /** First day in force; null = undated, used only if no dated version fits. */
  readonly validFrom: Day | null;
  /** Last day in force, inclusive; null = no end known. */
  readonly validTo: Day | null;
  readonly checkedOn: Day | null;
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
  readonly parameters: readonly Field[];
  readonly inputs: readonly InputField[];
  readonly outputs: readonly Field[];
  readonly actions: readonly Action[];
  readonly at: Place;
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
  readonly unit: string | null;
  /** What the file says about it, for people: of a fact that nobody can give, what has not been read. */
  readonly description: string | null;
  readonly at: Place;
};

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

export type Action = { readonly output: string; readonly value: Expression; readonly at: Place };

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
  /** The cases of an IF. */
  readonly cases: readonly { readonly when: Expression; readonly gives: Expression }[];
  /** Words that are not computed: `precision`, `in`, `as`, `combine`. */
  readonly settings: ReadonlyMap<string, string | number>;
  readonly at: Place;
};
