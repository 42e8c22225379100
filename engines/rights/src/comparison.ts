import { LawError } from './law-error.ts';
import { compareNumbers, dayOfValue, isNumeric, kindOf, type Value } from './value.ts';

export type Ordering = 'GREATER_THAN' | 'LESS_THAN' | 'GREATER_THAN_OR_EQUAL' | 'LESS_THAN_OR_EQUAL';

/** Negative, zero or positive: two numbers or two dates; any other pair is a type error. */
export function compare(subject: Value, value: Value): number {
  if (isNumeric(subject) && isNumeric(value)) return compareNumbers(subject, value);
  const day = dayOfValue(subject);
  const other = dayOfValue(value);
  if (day !== null && other !== null) return day - other;
  throw new LawError(
    'TypeMismatch',
    `Type mismatch: expected two numbers or two dates, actual ${kindOf(subject)} and ${kindOf(value)}`,
  );
}

/** Does the sign of a comparison satisfy the ordering? */
export function satisfies(ordering: Ordering, sign: number): boolean {
  switch (ordering) {
    case 'GREATER_THAN':
      return sign > 0;
    case 'LESS_THAN':
      return sign < 0;
    case 'GREATER_THAN_OR_EQUAL':
      return sign >= 0;
    case 'LESS_THAN_OR_EQUAL':
      return sign <= 0;
  }
}
