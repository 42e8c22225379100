/** A fact as a person gives it: a choice, a date written 2026-11-23, yes or no, or a number. */
export type FactValue = string | boolean | number;

/**
 * What we know about a person (nl: situatie), by fact id: the content of `situation.json`.
 * `null` = asked, the person does not know; absent = not asked. Both count as unknown.
 */
export type Situation = { readonly facts: Readonly<Record<string, FactValue | null>> };
