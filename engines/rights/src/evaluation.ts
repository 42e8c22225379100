// Evaluates outputs of laws on one day for one person, demand driven, with the value rules of RegelRecht v0.8.0.
import { addMonths, dayParts, startOfMonth, startOfYear, type Day } from '@meedoen/units';
import { compare, satisfies, type Ordering } from './comparison.ts';
import { forEach } from './for-each.ts';
import { LawError } from './law-error.ts';
import type { Expression, InputField, Operation, Reference, Source } from './law-file.ts';
import { changesAfter, Moving, sameSince } from './moving.ts';
import { directionOf, operate } from './operate.ts';
import type { TraceNode } from './trace.ts';
import {
  isList,
  isRecord,
  isSame,
  kindOf,
  ReferenceDate,
  toJson,
  Unknown,
  unknownWithin,
  type Value,
} from './value.ts';
import { notInForce, type Binding, type LawStretch, type Rule, type View } from './view.ts';

/** Plain facts about a person, by the name under which laws read them; what is not in it is unknown. */
export type FactSource = ReadonlyMap<string, Value>;
export type Parameters = ReadonlyMap<string, Value>;

/** One law asked with one set of parameters; its outputs are computed at most once. */
type Call = {
  readonly law: LawStretch;
  readonly parameters: Parameters;
  readonly outputs: Map<string, Computed | 'running'>;
};
type Computed = { readonly value: Value | Moving; readonly since: number; readonly next: number };

/** Where a `$name` is looked up: the call, the rule in hand, and the element of a FOREACH. */
export type Frame = { readonly call: Call; readonly rule: Rule; readonly loop: ReadonlyMap<string, Value> | null };

const noParameters: Parameters = new Map();
const mostHops = 20;

/**
 * One evaluation: a view of the law, a day and facts. While it computes, `since` and `next` narrow to the stretch of
 * days around `on` over which every result read so far stays the same: from `since` up to, not including, `next`.
 */
export class Evaluation {
  readonly on: Day;
  since: number = -Infinity;
  next: number = Infinity;
  readonly #view: View;
  readonly #facts: FactSource;
  readonly #calls = new Map<string, Call>();
  readonly #today: Moving;
  #hops = 0;
  #trace: TraceNode[] | null = null;

  constructor(view: View, facts: FactSource, on: Day) {
    this.#view = view;
    this.#facts = facts;
    this.on = on;
    this.#today = new Moving((day) => new ReferenceDate(day), 1, true);
  }

  /** The value of an output on the day. Throws a LawError where the law cannot be computed. */
  output(law: string, name: string, parameters: Parameters = noParameters): Value {
    return this.settle(this.#outputOf(this.#callOf(law, parameters), name));
  }

  /** The rule behind an output on this day, if the law is in force and has it. */
  ruleOf(law: string, name: string): Rule | undefined {
    return this.#view.stretch(law, this.on).rules.get(name);
  }

  /** The value of an expression that stands in a rule which takes no parameters. */
  expressionIn(rule: Rule, expression: Expression): Value {
    const call = this.#callOf(rule.law, noParameters);
    this.#narrow(call.law.from, call.law.next);
    return this.known(expression, { call, rule, loop: null });
  }

  /** Forgets how far results hold, before asking something of which that must be known apart. */
  widen(): void {
    this.since = -Infinity;
    this.next = Infinity;
  }

  /** Computes with a record of how: the trace is complete up to where a LawError stopped it. */
  traced(name: string, compute: () => Value): { readonly value: Value | LawError; readonly trace: TraceNode } {
    const children: TraceNode[] = [];
    this.#trace = children;
    try {
      const value = compute();
      return { value, trace: { node_type: 'article', name, result: toJson(value), children } };
    } catch (error) {
      if (!(error instanceof LawError)) throw error;
      return { value: error, trace: { node_type: 'article', name, result: null, message: error.message, children } };
    } finally {
      this.#trace = null;
    }
  }

  #callOf(law: string, parameters: Parameters): Call {
    const key = parameters.size === 0 ? law : `${law} ${JSON.stringify(toJson(new Map([...parameters].sort(byName))))}`;
    const known = this.#calls.get(key);
    if (known) return known;
    const stretch = this.#view.stretch(law, this.on);
    if (!stretch.version) throw notInForce(stretch, this.on);
    const call: Call = { law: stretch, parameters, outputs: new Map() };
    this.#calls.set(key, call);
    return call;
  }

  #outputOf(call: Call, name: string): Value | Moving {
    const known = call.outputs.get(name);
    if (known === 'running') {
      throw new LawError(
        'CircularReference',
        `Circular reference: output '${name}' of law '${call.law.id}' needs itself`,
      );
    }
    if (known) {
      this.#narrow(known.since, known.next);
      this.#note('cached', name, known.value);
      return known.value;
    }
    const rule = call.law.rules.get(name);
    if (!rule) throw new LawError('OutputNotFound', `Output '${name}' not found in law '${call.law.id}'`);
    const { since, next } = this;
    this.since = call.law.from;
    this.next = call.law.next;
    call.outputs.set(name, 'running');
    try {
      const value = this.#recorded('action', name, () => this.#evaluate(rule.value, { call, rule, loop: null }));
      if (value === null && !rule.output.nullable) {
        throw new LawError(
          'NullOutput',
          `Output '${name}' of law '${call.law.id}' evaluated to null, which it declares never to be`,
        );
      }
      call.outputs.set(name, { value, since: this.since, next: this.next });
      return value;
    } catch (error) {
      call.outputs.delete(name);
      throw error;
    } finally {
      this.#narrow(since, next);
    }
  }

  /** The value of an expression on the day itself. */
  known(expression: Expression, frame: Frame): Value {
    return this.settle(this.#evaluate(expression, frame));
  }

  /** A moving value as it is on this day, which may be different on any other. */
  settle(value: Value | Moving): Value {
    if (!(value instanceof Moving)) return value;
    this.#narrow(this.on, this.on + 1);
    return value.at(this.on);
  }

  #narrow(since: number, next: number): void {
    if (since > this.since) this.since = since;
    if (next < this.next) this.next = next;
  }

  #evaluate(expression: Expression, frame: Frame): Value | Moving {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'reference':
        return this.#reference(expression, frame);
      case 'operation':
        if (!this.#trace) return this.#operation(expression, frame);
        return this.#recorded('operation', expression.operation, () => this.#operation(expression, frame));
    }
  }

  // ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #reference({ name, path }: Reference, frame: Frame): Value | Moving {
    let value: Value | Moving;
    if (name === 'referencedate') {
      const [part, ...more] = path;
      if (part === undefined || (part === 'iso' && more.length === 0)) return this.#today;
      value = this.#partOfToday(part);
      return this.#follow(value, more, name);
    }
    const element = frame.loop?.get(name);
    if (element !== undefined) {
      value = element;
      this.#note('resolve', name, value, 'LOCAL');
    } else {
      const binding = frame.rule.scope.get(name);
      if (!binding)
        throw new LawError(
          'VariableNotFound',
          `Variable '${name}' not found in article ${frame.rule.article} of law '${frame.rule.law}'`,
        );
      value = this.#bound(binding, name, frame);
    }
    return path.length === 0 ? value : this.#follow(this.settle(value), path, name);
  }

  #bound(binding: Binding, name: string, frame: Frame): Value | Moving {
    switch (binding.kind) {
      case 'output':
        return this.#outputOf(frame.call, name);
      case 'definition':
        this.#note('resolve', name, binding.value, 'DEFINITION');
        return binding.value;
      case 'parameter': {
        const given = frame.call.parameters.get(name);
        const value = given ?? (given === null ? null : this.#notPassed(binding));
        this.#note('resolve', name, value, 'PARAMETER');
        return value;
      }
      case 'input':
        return this.#input(binding, frame);
    }
  }

  #notPassed({ field, unknown }: Extract<Binding, { kind: 'parameter' }>): Unknown {
    if (field.required)
      throw new LawError('VariableNotFound', `Variable '${field.name}' not found: the parameter was not passed`);
    return unknown;
  }

  #input({ input, unknown }: Extract<Binding, { kind: 'input' }>, frame: Frame): Value | Moving {
    const { name, source } = input;
    const given = frame.call.parameters.get(name);
    let value: Value | Moving;
    if (given !== undefined) {
      value = given;
      this.#note('resolve', name, value, 'PARAMETER');
    } else if (source.kind === 'fact') {
      const fact = this.#facts.get(name);
      value = fact === undefined ? unknown : fact;
      this.#note('resolve', name, value, 'DATA_SOURCE');
    } else {
      value = this.#fromLaw(input, source, frame);
    }
    if (value === null && !input.nullable) {
      throw new LawError(
        'NullForNonNullable',
        `Input '${name}' is null, but law '${frame.rule.law}' declares it as never absent`,
      );
    }
    return value;
  }

  #fromLaw(input: InputField, source: Exclude<Source, { kind: 'fact' }>, frame: Frame): Value | Moving {
    this.#hops += 1;
    if (this.#hops > mostHops) {
      throw new LawError(
        'MaxDepthExceeded',
        `More than ${mostHops} references from law to law, at input '${input.name}'`,
      );
    }
    try {
      if (source.kind === 'same law') return this.#outputOf(frame.call, source.output);
      return this.#recorded('cross_law_reference', `${source.law}#${source.output}`, () =>
        this.#callLaw(source, frame),
      );
    } finally {
      this.#hops -= 1;
    }
  }

  #callLaw(source: Extract<Source, { kind: 'other law' }>, frame: Frame): Value | Moving {
    if (source.parameters.size === 0) return this.#outputOf(this.#callOf(source.law, noParameters), source.output);
    const passed = new Map<string, Value>();
    for (const [name, expression] of source.parameters) passed.set(name, this.known(expression, frame));
    const call = this.#callOf(source.law, passed);
    this.#narrow(call.law.from, call.law.next);
    for (const field of call.law.rules.get(source.output)?.parameters ?? []) {
      const value = passed.get(field.name);
      if (!field.required || value === undefined) continue;
      // A law is not asked about nobody, nor about somebody we do not know.
      if (value === null && !field.nullable) return null;
      if (value instanceof Unknown) return value;
    }
    return this.#outputOf(call, source.output);
  }

  // The parts of the date stay the same for a day, a month or a year.
  #partOfToday(part: string): Value {
    const { on } = this;
    const parts = dayParts(on);
    switch (part) {
      case 'year':
        this.#narrow(startOfYear(on), addMonths(startOfYear(on), 12));
        return BigInt(parts.year);
      case 'month':
        this.#narrow(startOfMonth(on), addMonths(startOfMonth(on), 1));
        return BigInt(parts.month);
      case 'day':
        this.#narrow(on, on + 1);
        return BigInt(parts.day);
      default:
        throw new LawError('VariableNotFound', `Variable 'referencedate.${part}' not found`);
    }
  }

  #follow(start: Value, path: readonly string[], name: string): Value {
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

  // ── Operations ─────────────────────────────────────────────────────────────────────────────────────────────────

  #operation(operation: Operation, frame: Frame): Value | Moving {
    switch (operation.operation) {
      case 'AND':
        return this.#decide(operation, frame, false);
      case 'OR':
        return this.#decide(operation, frame, true);
      case 'NOT': {
        const value = this.#truth(this.#operand(operation, 0, frame), 'NOT');
        return value instanceof Unknown ? value : !value;
      }
      case 'IF':
        return this.#if(operation, frame);
      case 'EQUALS':
        return this.#equals(
          this.#evaluate(operation.operands[0]!, frame),
          this.#evaluate(operation.operands[1]!, frame),
        );
      case 'IN':
        return this.#in(operation, frame);
      case 'LIST':
        return (operation.list ?? []).map((item) => this.known(item, frame));
      case 'FOREACH':
        return forEach(operation, frame, this);
      default:
        return this.#plain(operation, frame);
    }
  }

  #operand(operation: Operation, index: number, frame: Frame): Value {
    const operand = operation.operands[index];
    return operand ? this.known(operand, frame) : null;
  }

  #truth(value: Value, operation: string): boolean | Unknown {
    if (typeof value === 'boolean' || value instanceof Unknown) return value;
    if (value === null) throw new LawError('AbsentOperand', `${operation}: operand is null`);
    throw new LawError('TypeMismatch', `Type mismatch: ${operation} expected boolean, actual ${kindOf(value)}`);
  }

  /** AND (decided by a false) and OR (by a true), reading on past unknowns. */
  #decide(operation: Operation, frame: Frame, decider: boolean): boolean | Unknown {
    const { since, next } = this;
    let unknown: Unknown | null = null;
    let [allSince, allNext] = [-Infinity, Infinity];
    for (const condition of operation.list ?? []) {
      this.widen();
      const value = this.#truth(this.known(condition, frame), operation.operation);
      if (value === decider) {
        // As long as this one decides, it does not matter how long the others hold.
        this.#narrow(since, next);
        return decider;
      }
      if (value instanceof Unknown) unknown = unknown ? unknown.and(value) : value;
      allSince = Math.max(allSince, this.since);
      allNext = Math.min(allNext, this.next);
    }
    this.since = Math.max(since, allSince);
    this.next = Math.min(next, allNext);
    return unknown ?? !decider;
  }

  #if(operation: Operation, frame: Frame): Value | Moving {
    for (const { when, gives } of operation.cases) {
      const holds = this.#truth(this.known(when, frame), 'IF');
      if (holds instanceof Unknown) return holds;
      if (holds) return this.#evaluate(gives, frame);
    }
    const otherwise = operation.operands[0];
    return otherwise ? this.#evaluate(otherwise, frame) : null;
  }

  #equals(subject: Value | Moving, value: Value | Moving): boolean | Unknown {
    const unknown = unknownIn(subject, value);
    if (unknown) return unknown;
    if (subject instanceof Moving !== value instanceof Moving) {
      const fixed = subject instanceof Moving ? value : subject;
      // A moving value passes a fixed one at most once, so below, equal and above are three stretches.
      if (fixed !== null && isComparable(subject, value, this.on)) {
        return this.#held((day) => Math.sign(compare(at(subject, day), at(value, day)))) === 0;
      }
    }
    return isSame(this.settle(subject), this.settle(value));
  }

  #in(operation: Operation, frame: Frame): boolean | Unknown {
    const subject = this.#evaluate(operation.operands[0]!, frame);
    let elements: readonly (Value | Moving)[];
    let unknown: Unknown | null = null;
    if (operation.list) {
      elements = operation.list.map((item) => this.#evaluate(item, frame));
    } else {
      const value = this.#operand(operation, 1, frame);
      elements = isList(value) ? value : [value];
    }
    for (const element of elements) {
      const same = this.#equals(subject, element);
      if (same === true) return true;
      if (same instanceof Unknown) unknown = unknown ? unknown.and(same) : same;
    }
    return unknown ?? false;
  }

  #plain(operation: Operation, frame: Frame): Value | Moving {
    const operands: (Value | Moving | undefined)[] = operation.operands.map((operand) =>
      operand ? this.#evaluate(operand, frame) : undefined,
    );
    for (const item of operation.list ?? []) operands.push(this.#evaluate(item, frame));
    let unknown: Unknown | null = null;
    let moving = -1;
    let movers = 0;
    operands.forEach((operand, position) => {
      if (operand instanceof Unknown) unknown = unknown ? (unknown as Unknown).and(operand) : operand;
      if (operand instanceof Moving) {
        moving = position;
        movers += 1;
      }
    });
    if (unknown) return unknown;
    if (operands.includes(null)) throw new LawError('AbsentOperand', `${operation.operation}: operand is null`);
    if (movers === 0) return operate(operation, operands as (Value | undefined)[]);
    const onDay = (day: Day): Value =>
      operate(
        operation,
        operands.map((operand) => (operand === undefined ? undefined : at(operand, day))),
      );
    if (movers === 1) {
      const mover = operands[moving] as Moving;
      if (isOrdering(operation.operation))
        return this.#ordered(operation.operation, operands as (Value | Moving)[], mover, onDay);
      const part = mover.isDate ? operation.settings.get('in') : undefined;
      if (operation.operation === 'DATE_PART' && part !== undefined) return this.#partOfToday(String(part));
      const direction = directionOf(operation.operation, moving) * mover.direction;
      if (direction !== 0) return new Moving(onDay, direction > 0 ? 1 : -1);
    }
    this.#narrow(this.on, this.on + 1);
    return onDay(this.on);
  }

  /** A comparison in which one side moves: true on one side of a day, false on the other. */
  #ordered(
    ordering: Ordering,
    [subject, value]: readonly (Value | Moving)[],
    mover: Moving,
    onDay: (day: Day) => Value,
  ): boolean {
    const outcome = onDay(this.on) === true;
    if (mover.isDate && subject !== undefined && value !== undefined) {
      // The sort that laws are full of; the day on which it turns can be written down.
      const fixed = this.on + compare(at(mover === subject ? value : subject, this.on), new ReferenceDate(this.on));
      const inclusive =
        mover === subject
          ? ordering === 'GREATER_THAN_OR_EQUAL' || ordering === 'LESS_THAN'
          : ordering === 'GREATER_THAN' || ordering === 'LESS_THAN_OR_EQUAL';
      const turns = inclusive ? fixed : fixed + 1;
      if (this.on >= turns) this.#narrow(turns, Infinity);
      else this.#narrow(-Infinity, turns);
      return outcome;
    }
    return this.#held((day) => satisfies(ordering, compare(at(subject ?? null, day), at(value ?? null, day))));
  }

  /** An outcome of this day that comes from one moving value, and for how long it holds. */
  #held<T>(outcome: (day: Day) => T): T {
    this.#narrow(sameSince(outcome, this.on), changesAfter(outcome, this.on));
    return outcome(this.on);
  }

  // ── Trace ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #note(type: TraceNode['node_type'], name: string, value: Value | Moving, resolved?: TraceNode['resolve_type']): void {
    if (!this.#trace) return;
    const result = toJson(at(value, this.on));
    this.#trace.push({ node_type: type, name, result, ...(resolved ? { resolve_type: resolved } : {}), children: [] });
  }

  #recorded(type: TraceNode['node_type'], name: string, compute: () => Value | Moving): Value | Moving {
    const parent = this.#trace;
    if (!parent) return compute();
    const children: TraceNode[] = [];
    this.#trace = children;
    try {
      const value = compute();
      parent.push({ node_type: type, name, result: toJson(at(value, this.on)), children });
      return value;
    } catch (error) {
      const message = error instanceof LawError ? error.message : 'stopped';
      parent.push({ node_type: type, name, result: null, message, children });
      throw error;
    } finally {
      this.#trace = parent;
    }
  }
}

function at(value: Value | Moving, day: Day): Value {
  return value instanceof Moving ? value.at(day) : value;
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

function byName([a]: readonly [string, Value], [b]: readonly [string, Value]): number {
  return a < b ? -1 : 1;
}
