import { LawError } from './law-error.ts';
import { isList, isRecord, kindOf, Unknown, type Value } from './value.ts';

/** The value at the end of `$name.property.property`. What is null or unknown has no parts, and stays null or unknown. */
export function follow(start: Value, path: readonly string[], name: string): Value {
  let value = start;
  for (const step of path) {
    if (value === null || value instanceof Unknown) return value;
    let inner: Value | undefined;
    if (isRecord(value)) inner = value.get(step);
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
