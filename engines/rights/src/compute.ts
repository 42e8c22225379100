// How each operation reads its operands: which it needs, what it does with unknown and null, and for how long its
// result holds. The value rules are those of RegelRecht v0.8.0, or of v0.5.6 where the file is written for those.
import type { Day } from '@meedoen/units';
import { compare, satisfies, type Ordering } from './comparison.ts';
import type { Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { forEach } from './for-each.ts';
import { LawError } from './law-error.ts';
import type { Operation } from './law-file.ts';
import { at, changesAfter, Moving, sameSince } from './moving.ts';
import { directionOf, operate } from './operate.ts';
import {
  isList,
  isSame,
  isTrue,
  kindOf,
  ReferenceDate,
  Unknown,
  unknownWithin,
  Untranslatable,
  untranslatableWithin,
  type Value,
} from './value.ts';

/** Computes an operation: each decides for itself which of its operands it reads. */
export function compute(operation: Operation, frame: Frame, evaluation: Evaluation): Value | Moving {
  switch (operation.operation) {
    case 'AND':
      return decide(operation, frame, evaluation, false);
    case 'OR':
      return decide(operation, frame, evaluation, true);
    case 'NOT': {
      const value = truth(operandOf(operation, 0, frame, evaluation), 'NOT', frame);
      return typeof value === 'boolean' ? !value : value;
    }
    case 'IF':
      return choose(operation, frame, evaluation);
    case 'EQUALS':
      return equals(
        evaluation,
        evaluation.evaluate(operation.operands[0]!, frame),
        evaluation.evaluate(operation.operands[1]!, frame),
      );
    case 'IN':
      return isIn(operation, frame, evaluation);
    case 'LIST':
      return (operation.list ?? []).map((item) => evaluation.known(item, frame));
    case 'FOREACH':
      return forEach(operation, frame, evaluation);
    default:
      return plain(operation, frame, evaluation);
  }
}

function operandOf(operation: Operation, index: number, frame: Frame, evaluation: Evaluation): Value {
  const operand = operation.operands[index];
  return operand ? evaluation.known(operand, frame) : null;
}

/** A yes or no, or what stands in the way of it. */
type Truth = boolean | Unknown | Untranslatable;

function truth(value: Value, operation: string, { text }: Frame): Truth {
  if (typeof value === 'boolean' || value instanceof Unknown || value instanceof Untranslatable) return value;
  if (text.version.profile === 'base') return isTrue(value);
  if (value === null) throw new LawError('AbsentOperand', `${operation}: operand is null`);
  throw new LawError('TypeMismatch', `Type mismatch: ${operation} expected boolean, actual ${kindOf(value)}`);
}

/** AND (decided by a false) and OR (by a true), reading on past what is unknown or untranslatable. */
function decide(operation: Operation, frame: Frame, evaluation: Evaluation, decider: boolean): Truth {
  const { since, next } = evaluation;
  let unknown: Unknown | null = null;
  let untranslatable: Untranslatable | null = null;
  let [allSince, allNext] = [-Infinity, Infinity];
  for (const condition of operation.list ?? []) {
    evaluation.widen();
    const value = truth(evaluation.known(condition, frame), operation.operation, frame);
    if (value === decider) {
      // As long as this one decides, it does not matter how long the others hold.
      evaluation.narrow(since, next);
      return decider;
    }
    if (value instanceof Untranslatable) untranslatable ??= value;
    else if (value instanceof Unknown) unknown = unknown ? unknown.and(value) : value;
    allSince = Math.max(allSince, evaluation.since);
    allNext = Math.min(allNext, evaluation.next);
  }
  evaluation.since = Math.max(since, allSince);
  evaluation.next = Math.min(next, allNext);
  return untranslatable ?? unknown ?? !decider;
}

function choose(operation: Operation, frame: Frame, evaluation: Evaluation): Value | Moving {
  for (const { when, gives } of operation.cases) {
    const holds = truth(evaluation.known(when, frame), 'IF', frame);
    if (typeof holds !== 'boolean') return holds;
    if (holds) return evaluation.evaluate(gives, frame);
  }
  const otherwise = operation.operands[0];
  return otherwise ? evaluation.evaluate(otherwise, frame) : null;
}

function equals(evaluation: Evaluation, subject: Value | Moving, value: Value | Moving): Truth {
  const untranslatable = untranslatableIn(subject) ?? untranslatableIn(value);
  if (untranslatable) return untranslatable;
  const unknown = unknownIn(subject, value);
  if (unknown) return unknown;
  if (subject instanceof Moving !== value instanceof Moving) {
    const fixed = subject instanceof Moving ? value : subject;
    // A moving value passes a fixed one at most once, so below, equal and above are three stretches.
    if (fixed !== null && isComparable(subject, value, evaluation.on)) {
      return held(evaluation, (day) => Math.sign(compare(at(subject, day), at(value, day)))) === 0;
    }
  }
  return isSame(evaluation.settle(subject), evaluation.settle(value));
}

function isIn(operation: Operation, frame: Frame, evaluation: Evaluation): Truth {
  const subject = evaluation.evaluate(operation.operands[0]!, frame);
  let elements: readonly (Value | Moving)[];
  const unreadable = untranslatableIn(subject);
  if (unreadable) return unreadable;
  let unknown: Unknown | null = null;
  let untranslatable: Untranslatable | null = null;
  if (operation.list) {
    elements = operation.list.map((item) => evaluation.evaluate(item, frame));
  } else {
    const value = operandOf(operation, 1, frame, evaluation);
    if (value instanceof Unknown || value instanceof Untranslatable) return value;
    elements = isList(value) ? value : [value];
  }
  for (const element of elements) {
    const same = equals(evaluation, subject, element);
    if (same === true) return true;
    // By the older rules membership looks at its subject only.
    if (same instanceof Untranslatable && frame.text.version.profile === 'present') untranslatable ??= same;
    else if (same instanceof Unknown) unknown = unknown ? unknown.and(same) : same;
  }
  return untranslatable ?? unknown ?? false;
}

function plain(operation: Operation, frame: Frame, evaluation: Evaluation): Value | Moving {
  const operands: (Value | Moving | undefined)[] = [];
  for (const operand of operation.operands) operands.push(operand ? evaluation.evaluate(operand, frame) : undefined);
  if (operation.list) for (const item of operation.list) operands.push(evaluation.evaluate(item, frame));
  let unknown: Unknown | null = null;
  let untranslatable: Untranslatable | null = null;
  let moving = -1;
  let movers = 0;
  for (let position = 0; position < operands.length; position += 1) {
    const operand = operands[position];
    if (operand === null || typeof operand !== 'object') continue;
    if (operand instanceof Moving) {
      moving = position;
      movers += 1;
    } else if (operand instanceof Unknown) unknown = unknown ? unknown.and(operand) : operand;
    else if (operand instanceof Untranslatable) untranslatable ??= operand;
  }
  if (untranslatable) return untranslatable;
  if (unknown) return unknown;
  // By the older rules nothing is a value of the wrong type, which the operation itself says.
  if (frame.text.version.profile === 'present' && operands.includes(null))
    throw new LawError('AbsentOperand', `${operation.operation}: operand is null`);
  if (movers === 0) return operate(operation, operands as (Value | undefined)[]);
  const onDay = (day: Day): Value =>
    operate(
      operation,
      operands.map((operand) => (operand === undefined ? undefined : at(operand, day))),
    );
  if (movers === 1) {
    const mover = operands[moving] as Moving;
    if (isOrdering(operation.operation))
      return ordered(evaluation, operation.operation, operands as (Value | Moving)[], mover, onDay);
    const part = mover.isDate ? operation.settings.get('in') : undefined;
    if (operation.operation === 'DATE_PART' && part !== undefined) return evaluation.partOfToday(String(part));
    const direction = directionOf(operation.operation, moving) * mover.direction;
    if (direction !== 0) return new Moving(onDay, direction > 0 ? 1 : -1);
  }
  evaluation.narrow(evaluation.on, evaluation.on + 1);
  return onDay(evaluation.on);
}

/** A comparison in which one side moves: true on one side of a day, false on the other. */
function ordered(
  evaluation: Evaluation,
  ordering: Ordering,
  [subject, value]: readonly (Value | Moving)[],
  mover: Moving,
  onDay: (day: Day) => Value,
): boolean {
  const outcome = onDay(evaluation.on) === true;
  if (mover.isDate && subject !== undefined && value !== undefined) {
    // The sort that laws are full of; the day on which it turns can be written down.
    const fixed =
      evaluation.on + compare(at(mover === subject ? value : subject, evaluation.on), new ReferenceDate(evaluation.on));
    const inclusive =
      mover === subject
        ? ordering === 'GREATER_THAN_OR_EQUAL' || ordering === 'LESS_THAN'
        : ordering === 'GREATER_THAN' || ordering === 'LESS_THAN_OR_EQUAL';
    const turns = inclusive ? fixed : fixed + 1;
    if (evaluation.on >= turns) evaluation.narrow(turns, Infinity);
    else evaluation.narrow(-Infinity, turns);
    return outcome;
  }
  return held(evaluation, (day) => satisfies(ordering, compare(at(subject ?? null, day), at(value ?? null, day))));
}

/** An outcome of this day that comes from one moving value, and for how long it holds. */
function held<T>(evaluation: Evaluation, outcome: (day: Day) => T): T {
  evaluation.narrow(sameSince(outcome, evaluation.on), changesAfter(outcome, evaluation.on));
  return outcome(evaluation.on);
}

function untranslatableIn(value: Value | Moving): Untranslatable | null {
  return value instanceof Moving ? null : untranslatableWithin(value);
}

function unknownIn(a: Value | Moving, b: Value | Moving): Unknown | null {
  const first = a instanceof Moving ? null : unknownWithin(a);
  const second = b instanceof Moving ? null : unknownWithin(b);
  return first && second ? first.and(second) : (first ?? second);
}

function isOrdering(operation: string): operation is Ordering {
  return operation.startsWith('GREATER_THAN') || operation.startsWith('LESS_THAN');
}

function isComparable(a: Value | Moving, b: Value | Moving, on: Day): boolean {
  try {
    compare(at(a, on), at(b, on));
    return true;
  } catch (error) {
    if (error instanceof LawError) return false;
    throw error;
  }
}
