import { add, greatest, least } from './arithmetic.ts';
import type { Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import type { Operation } from './law-file.ts';
import { isList, isRecord, kindOf, Unknown, Untranslatable, type Value } from './value.ts';

const mostElements = 1000;

/**
 * FOREACH: the body for every element of a collection that passes the filter, as a list or combined.
 * Null is an empty collection, and what is no list is a list of one. An unknown filter makes an unknown element.
 */
export function forEach(operation: Operation, frame: Frame, evaluation: Evaluation): Value {
  const [collection, body, filter] = operation.operands;
  if (!collection || !body)
    throw new LawError('InvalidOperation', 'Invalid operation: FOREACH needs a collection and a body');
  const source = evaluation.known(collection, frame);
  if (source instanceof Unknown || source instanceof Untranslatable) return source;
  const elements = source === null ? [] : isList(source) ? source : [source];
  if (elements.length > mostElements) {
    throw new LawError('InvalidOperation', `Invalid operation: FOREACH over more than ${mostElements} elements`);
  }
  const name = String(operation.settings.get('as') ?? 'item');
  const results: Value[] = [];
  for (const element of elements) {
    const inner: Frame = { ...frame, loop: namesOf(element, name) };
    const passes = filter ? evaluation.known(filter, inner) : true;
    if (passes === null) throw new LawError('AbsentOperand', 'FOREACH: operand is null');
    if (passes instanceof Unknown || passes instanceof Untranslatable) results.push(passes);
    else if (typeof passes !== 'boolean')
      throw new LawError('TypeMismatch', `Type mismatch: FOREACH filter expected boolean, actual ${kindOf(passes)}`);
    else if (passes) results.push(evaluation.known(body, inner));
  }
  return combine(results, operation.settings.get('combine'));
}

/** `$item` and, for a record, its fields by their bare names; the element goes over a field of the same name. */
function namesOf(element: Value, name: string): ReadonlyMap<string, Value> {
  const names = new Map<string, Value>(isRecord(element) ? element : []);
  return names.set(name, element);
}

function combine(results: readonly Value[], how: string | number | undefined): Value {
  if (how === undefined) return results;
  if (results.includes(null)) throw new LawError('AbsentOperand', 'FOREACH: operand is null');
  if (how === 'OR' || how === 'AND') return decide(results, how === 'OR');
  const untranslatable = results.find((result) => result instanceof Untranslatable);
  if (untranslatable) return untranslatable;
  const unknowns = results.filter((result) => result instanceof Unknown);
  if (unknowns.length > 0) return unknowns.reduce((all, one) => all.and(one));
  if (results.length === 0) return how === 'ADD' ? 0n : null;
  return how === 'ADD' ? add(results) : how === 'MIN' ? least(results) : greatest(results);
}

function decide(results: readonly Value[], decider: boolean): Value {
  let unknown: Unknown | null = null;
  let untranslatable: Untranslatable | null = null;
  for (const result of results) {
    if (result === decider) return decider;
    if (result instanceof Untranslatable) untranslatable ??= result;
    else if (result instanceof Unknown) unknown = unknown ? unknown.and(result) : result;
    else if (typeof result !== 'boolean')
      throw new LawError('TypeMismatch', `Type mismatch: FOREACH expected boolean, actual ${kindOf(result)}`);
  }
  return untranslatable ?? unknown ?? !decider;
}
