import { LawError } from './law-error.ts';
import { dayParts, isoDay } from '@meedoen/units';
import { isList, isRecord, kindOf, ReferenceDate, Unknown, Untranslatable, type Value } from './value.ts';

/**
 * The value at the end of `$name.property.property`. What is unknown or untranslatable has no parts and stays so; null
 * stays null, except by the rules up to schema v0.5.6 (`strict`), where reading a part of nothing is an error.
 */
export function follow(start: Value, path: readonly string[], name: string, strict = false): Value {
  let value = start;
  for (const step of path) {
    if (value instanceof Unknown || value instanceof Untranslatable || (value === null && !strict)) return value;
    let inner: Value | undefined;
    if (value instanceof ReferenceDate) inner = partOfDate(value, step);
    else if (isRecord(value)) inner = value.get(step);
    else if (isList(value)) inner = value[Number(step)];
    else
      throw new LawError(
        'TypeMismatch',
        `Type mismatch: expected object, actual ${kindOf(value)}, at '${name}.${step}'`,
      );
    if (inner === undefined) throw new LawError('VariableNotFound', `Variable '${name}.${path.join('.')}' not found`);
    value = inner;
  }
  return value;
}

/** What `$referencedate` shows of itself, wherever it has been passed to. */
function partOfDate({ day }: ReferenceDate, part: string): Value | undefined {
  const parts = dayParts(day);
  switch (part) {
    case 'iso':
      return isoDay(day);
    case 'year':
      return BigInt(parts.year);
    case 'month':
      return BigInt(parts.month);
    case 'day':
      return BigInt(parts.day);
    default:
      return undefined;
  }
}
