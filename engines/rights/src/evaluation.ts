// Evaluates outputs of laws on one day for one person, demand driven, with the value rules of RegelRecht v0.8.0.
import { addMonths, dayParts, startOfMonth, startOfYear, type Day } from '@meedoen/units';
import { compute } from './compute.ts';
import { follow } from './follow.ts';
import { LawError } from './law-error.ts';
import type { Expression, InputField, Reference, Source } from './law-file.ts';
import { at, Moving } from './moving.ts';
import type { TraceNode } from './trace.ts';
import { ReferenceDate, toJson, Unknown, type Value } from './value.ts';
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
    this.narrow(call.law.from, call.law.next);
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
      this.narrow(known.since, known.next);
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
      const value = this.#recorded('action', name, () => this.evaluate(rule.value, { call, rule, loop: null }));
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
      this.narrow(since, next);
    }
  }

  /** The value of an expression on the day itself. */
  known(expression: Expression, frame: Frame): Value {
    return this.settle(this.evaluate(expression, frame));
  }

  /** A moving value as it is on this day, which may be different on any other. */
  settle(value: Value | Moving): Value {
    if (!(value instanceof Moving)) return value;
    this.narrow(this.on, this.on + 1);
    return value.at(this.on);
  }

  /** What follows holds no longer than this. */
  narrow(since: number, next: number): void {
    if (since > this.since) this.since = since;
    if (next < this.next) this.next = next;
  }

  /** The value of an expression, which may move with the day. */
  evaluate(expression: Expression, frame: Frame): Value | Moving {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'reference':
        return this.#reference(expression, frame);
      case 'operation':
        if (!this.#trace) return compute(expression, frame, this);
        return this.#recorded('operation', expression.operation, () => compute(expression, frame, this));
    }
  }

  // ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #reference({ name, path }: Reference, frame: Frame): Value | Moving {
    let value: Value | Moving;
    if (name === 'referencedate') {
      const [part, ...more] = path;
      if (part === undefined || (part === 'iso' && more.length === 0)) return this.#today;
      value = this.partOfToday(part);
      return follow(value, more, name);
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
    return path.length === 0 ? value : follow(this.settle(value), path, name);
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
    this.narrow(call.law.from, call.law.next);
    for (const field of call.law.rules.get(source.output)?.parameters ?? []) {
      const value = passed.get(field.name);
      if (!field.required || value === undefined) continue;
      // A law is not asked about nobody, nor about somebody we do not know.
      if (value === null && !field.nullable) return null;
      if (value instanceof Unknown) return value;
    }
    return this.#outputOf(call, source.output);
  }

  /** Year, month or day of the day: they stay the same for a year, a month or a day. */
  partOfToday(part: string): Value {
    const { on } = this;
    const parts = dayParts(on);
    switch (part) {
      case 'year':
        this.narrow(startOfYear(on), addMonths(startOfYear(on), 12));
        return BigInt(parts.year);
      case 'month':
        this.narrow(startOfMonth(on), addMonths(startOfMonth(on), 1));
        return BigInt(parts.month);
      case 'day':
        this.narrow(on, on + 1);
        return BigInt(parts.day);
      default:
        throw new LawError('VariableNotFound', `Variable 'referencedate.${part}' not found`);
    }
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

function byName([a]: readonly [string, Value], [b]: readonly [string, Value]): number {
  return a < b ? -1 : 1;
}
