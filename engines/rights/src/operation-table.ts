/** The operations of RegelRecht v0.8.0. */
export type OperationName = (typeof operationNames)[number];
export const operationNames = [
  'ADD',
  'SUBTRACT',
  'MULTIPLY',
  'DIVIDE',
  'MIN',
  'MAX',
  'ROUND',
  'CEIL',
  'FLOOR',
  'EQUALS',
  'GREATER_THAN',
  'LESS_THAN',
  'GREATER_THAN_OR_EQUAL',
  'LESS_THAN_OR_EQUAL',
  'AND',
  'OR',
  'NOT',
  'IF',
  'IN',
  'LIST',
  'FOREACH',
  'AGE',
  'DATE_ADD',
  'DATE',
  'DAY_OF_WEEK',
  'DATE_DIFF',
  'DATE_PART',
  'START_OF',
] as const;

/**
 * The keys each operation takes.
 * `one`: single operands; `maybe`: operands that may be left out; `list`: the key of the operand list;
 * `words`: settings that are written, not computed; `inline`: may stand on an action itself.
 */
export type OperationKeys = {
  readonly one?: readonly string[];
  readonly maybe?: readonly string[];
  readonly list?: 'values' | 'conditions' | 'items';
  readonly words?: Readonly<Record<string, readonly string[] | 'precision' | 'name'>>;
  readonly maybeWords?: Readonly<Record<string, readonly string[] | 'precision' | 'name'>>;
  readonly inline?: true;
};

export const operationTable: Readonly<Record<OperationName, OperationKeys>> = {
  ADD: { list: 'values', inline: true },
  SUBTRACT: { list: 'values', inline: true },
  MULTIPLY: { list: 'values', inline: true },
  DIVIDE: { list: 'values', inline: true },
  MIN: { list: 'values', inline: true },
  MAX: { list: 'values', inline: true },
  ROUND: { one: ['value'], words: { precision: 'precision' }, inline: true },
  CEIL: { one: ['value'], words: { precision: 'precision' }, inline: true },
  FLOOR: { one: ['value'], words: { precision: 'precision' }, inline: true },

  EQUALS: { one: ['subject', 'value'], inline: true },
  GREATER_THAN: { one: ['subject', 'value'], inline: true },
  LESS_THAN: { one: ['subject', 'value'], inline: true },
  GREATER_THAN_OR_EQUAL: { one: ['subject', 'value'], inline: true },
  LESS_THAN_OR_EQUAL: { one: ['subject', 'value'], inline: true },

  AND: { list: 'conditions', inline: true },
  OR: { list: 'conditions', inline: true },
  NOT: { one: ['value'], inline: true },
  /** Its `cases` are read apart. */
  IF: { maybe: ['default'] },

  /** Takes `values` (a list) or `value`. */
  IN: { one: ['subject'], maybe: ['value'], list: 'values', inline: true },
  LIST: { list: 'items' },
  FOREACH: {
    one: ['collection', 'body'],
    maybe: ['filter'],
    maybeWords: { as: 'name', combine: ['ADD', 'OR', 'AND', 'MIN', 'MAX'] },
  },

  AGE: { one: ['date_of_birth', 'reference_date'] },
  DATE_ADD: { one: ['date'], maybe: ['years', 'months', 'weeks', 'days'] },
  DATE: { one: ['year', 'month', 'day'] },
  DAY_OF_WEEK: { one: ['date'] },
  /** `in` may also be a reference. */
  DATE_DIFF: { one: ['from', 'to', 'in'] },
  DATE_PART: { one: ['date'], words: { in: ['year', 'month', 'day'] } },
  START_OF: { one: ['date'], words: { in: ['year', 'month'] } },
};

/** Older names; the reader writes them out in the operations above. */
export const operationAliases = [
  'SWITCH',
  'NOT_EQUALS',
  'NOT_IN',
  'IS_NULL',
  'NOT_NULL',
  'CONCAT',
  'SUBTRACT_DATE',
] as const;
