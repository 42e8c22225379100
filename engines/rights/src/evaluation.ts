// Evaluates outputs of laws on one day for one person, by the value rules of the schema each law is written for.
import { addMonths, dayParts, startOfMonth, startOfYear, type Day } from '@meedoen/units';
import { runArticle, type ArticleRun } from './article-run.ts';
import {
  keyInCall,
  keyOfParameters,
  type Call,
  type Computed,
  type FactSource,
  type Frame,
  type Parameters,
} from './call.ts';
import { compute } from './compute.ts';
import { DataSources } from './data-sources.ts';
import { follow } from './follow.ts';
import { Hooks, type HookValue } from './hooks.ts';
import { LawError } from './law-error.ts';
import type { Action, Expression, InputField, OpenTerm, Reference, Source } from './law-file.ts';
import { taintOf, type MarkingMode } from './markings.ts';
import { Moving } from './moving.ts';
import { fillOpenTerm } from './open-terms.ts';
import { Overrides } from './overrides.ts';
import { ordinaryStage } from './parse-parts.ts';
import { TraceRecorder } from './trace-recorder.ts';
import { checkUnits } from './unit-check.ts';
import { ReferenceDate, Unknown, Untranslatable, type Value } from './value.ts';
import { notInForce, scopeWithin, type ArticleText, type Binding, type Rule, type View } from './view.ts';

export type EvaluationOptions = {
  readonly sources?: DataSources;
  /** What to do with what the format cannot express; `error` if left out. */
  readonly markings?: MarkingMode;
  /** The stage of the decision; hooks listen to it. */
  readonly stage?: string;
};

const noParameters: Parameters = new Map();
const noSources = new DataSources([]);
const mostHops = 20;

/**
 * One evaluation: a view of the law, a day and facts. While it computes, `since` and `next` narrow to the stretch of
 * days around `on` over which every result read so far stays the same: from `since` up to, not including, `next`.
 */
export class Evaluation {
  readonly on: Day;
  since: number = -Infinity;
  next: number = Infinity;
  /** What somebody should know who relies on the result: regulations passed over, gaps that were skipped. */
  readonly notes: string[] = [];
  readonly view: View;
  readonly markings: MarkingMode;
  readonly stage: string;
  readonly hooks: Hooks;
  readonly overrides: Overrides;
  readonly trace: TraceRecorder;
  readonly #facts: FactSource;
  readonly #sources: DataSources;
  readonly #calls = new Map<string, Call>();
  readonly #today: Moving;
  #root: string | null = null;
  #hops = 0;

  constructor(view: View, facts: FactSource, on: Day, options: EvaluationOptions = {}) {
    this.view = view;
    this.on = on;
    this.#facts = facts;
    this.#sources = options.sources ?? noSources;
    this.markings = options.markings ?? 'error';
    this.stage = options.stage ?? ordinaryStage;
    this.hooks = new Hooks(this);
    this.overrides = new Overrides(this);
    this.trace = new TraceRecorder(on);
    this.#today = new Moving((day) => new ReferenceDate(day), 1, true);
  }

  /** The law the request started with; its overrides hold everywhere. */
  get root(): string | null {
    return this.#root;
  }

  /** The value of an output on the day. Throws a LawError where the law cannot be computed. */
  output(law: string, name: string, parameters: Parameters = noParameters): Value {
    return this.settle(this.outputOf(this.begin(law, parameters), name));
  }

  /** A request: the law to ask, with the caller's parameters. */
  begin(law: string, parameters: Parameters): Call {
    // Another law may bring other overrides, under which what was computed does not hold.
    if (this.#root !== law && this.view.hasOverrides) this.#calls.clear();
    this.#root = law;
    return this.callOf(law, parameters);
  }

  /** The rule behind an output on this day, if the law is in force and has it. */
  ruleOf(law: string, name: string): Rule | undefined {
    return this.view.stretch(law, this.on).rules.get(name);
  }

  /** The value of an expression that stands in a rule which takes no parameters. */
  expressionIn(rule: Rule, expression: Expression): Value {
    const call = this.begin(rule.law, noParameters);
    this.narrow(call.law.from, call.law.next);
    return this.known(expression, { call, text: rule.text, scope: rule.scope, loop: null, run: null });
  }

  /** Forgets how far results hold, before asking something of which that must be known apart. */
  widen(): void {
    this.since = -Infinity;
    this.next = Infinity;
  }

  callOf(law: string, parameters: Parameters): Call {
    const key = parameters.size === 0 ? law : `${law} ${keyOfParameters(parameters)}`;
    const known = this.#calls.get(key);
    if (known) return known;
    const stretch = this.view.stretch(law, this.on);
    if (!stretch.version) throw notInForce(stretch, this.on);
    const call: Call = { law: stretch, parameters, outputs: new Map(), inner: new Map(), runs: new Map() };
    this.#calls.set(key, call);
    return call;
  }

  outputOf(call: Call, name: string, rule?: Rule): Value | Moving {
    return this.computedOf(call, name, rule).value;
  }

  /** An output with how long it holds and what took its place; of the article in `rule`, where the name is not enough. */
  computedOf(call: Call, name: string, rule: Rule | undefined = call.law.rules.get(name)): Computed {
    const key = keyInCall(call, name, rule?.text ?? null);
    const known = call.outputs.get(key);
    if (known === 'running') throw circular(`output '${name}' of law '${call.law.id}'`);
    if (known) {
      this.narrow(known.since, known.next);
      this.trace.note('cached', name, known.value, null, rule?.text ?? null);
      return known;
    }
    if (!rule) throw new LawError('OutputNotFound', `Output '${name}' not found in law '${call.law.id}'`);
    return rule.profile === 'base' ? this.#runFor(call, rule, key) : this.#demand(call, rule, name, key);
  }

  /** By the older rules an article runs as a whole, and all its outputs are known at once. */
  #runFor(call: Call, rule: Rule, key: string): Computed {
    this.runOf(call, rule.text);
    const computed = call.outputs.get(key);
    if (!computed || computed === 'running')
      throw new LawError('OutputNotFound', `Output '${rule.output.name}' not found in law '${call.law.id}'`);
    return computed;
  }

  runOf(call: Call, text: ArticleText): ArticleRun {
    const known = call.runs.get(text);
    if (known === 'running') throw circular(`article ${text.article} of law '${text.law}'`);
    if (known) {
      this.narrow(known.since, known.next);
      return known;
    }
    return this.#held(call, (): ArticleRun => {
      call.runs.set(text, 'running');
      try {
        checkUnits(text, null);
        const run = this.trace.step('article', text.article, text, () => runArticle(this, call, text), null);
        call.runs.set(text, run);
        return run;
      } catch (error) {
        call.runs.delete(text);
        throw error;
      }
    });
  }

  /** By the newer rules only what is asked for is computed. */
  #demand(call: Call, rule: Rule, name: string, key: string): Computed {
    const { text } = rule;
    return this.#held(call, (): Computed => {
      call.outputs.set(key, 'running');
      try {
        checkUnits(text, name);
        const taint = text.rules.markings.length === 0 ? null : taintOf(this, text);
        const frame: Frame = { call, text, scope: rule.scope, loop: null, run: null };
        let value = this.trace.value('action', name, text, null, () => this.evaluate(rule.value, frame));
        let by: ArticleText | null = null;
        if (this.view.hasOverrides) {
          // Whoever takes the place of this output may read it, and then gets the general value.
          call.outputs.set(key, { value, since: this.since, next: this.next, by: null });
          ({ value, by } = this.overrides.over(frame, name, value));
        }
        if (taint && !(value instanceof Untranslatable)) value = taint;
        if (value === null && !rule.output.nullable) {
          throw new LawError(
            'NullOutput',
            `Output '${name}' of law '${call.law.id}' evaluated to null, but is not declared nullable`,
          );
        }
        const computed: Computed = { value, since: this.since, next: this.next, by };
        call.outputs.set(key, computed);
        return computed;
      } catch (error) {
        call.outputs.delete(key);
        throw error;
      }
    });
  }

  /** Computes something of a law by itself, so that how long it holds is known apart. */
  #held<T>(call: Call, work: () => T): T {
    const { since, next } = this;
    this.since = call.law.from;
    this.next = call.law.next;
    try {
      return work();
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
        if (!this.trace.isOn) return compute(expression, frame, this);
        return this.trace.value('operation', expression.operation, frame.text, expression, () =>
          compute(expression, frame, this),
        );
    }
  }

  // ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #reference({ name, path }: Reference, frame: Frame): Value | Moving {
    if (name === 'referencedate') {
      const [part, ...more] = path;
      if (part === undefined || (part === 'iso' && more.length === 0)) return this.#today;
      return follow(this.partOfToday(part), more, name, frame.text.version.profile === 'base');
    }
    const value = this.valueOf(name, frame);
    if (value === undefined)
      throw new LawError(
        'VariableNotFound',
        `Variable '${name}' not found in article ${frame.text.article} of law '${frame.text.law}'`,
      );
    return path.length === 0 ? value : follow(this.settle(value), path, name, frame.text.version.profile === 'base');
  }

  /** What a name stands for in the article in hand; undefined if for nothing. */
  valueOf(name: string, frame: Frame): Value | Moving | undefined {
    const element = frame.loop?.get(name);
    if (element !== undefined) {
      this.trace.note('resolve', name, element, 'LOCAL', frame.text);
      return element;
    }
    if (frame.run) return this.#inRun(name, frame, frame.run);
    const binding = frame.scope.get(name);
    if (this.view.lawsWithHooks.length > 0 && binding?.kind !== 'output' && binding?.kind !== 'definition') {
      const hooked = this.hooks.before(frame, name);
      if (hooked) {
        this.trace.note('resolve', name, hooked.value, 'HOOK', frame.text);
        return hooked.value;
      }
    }
    return binding ? this.#bound(binding, name, frame) : this.#passed(name, frame);
  }

  #inRun(name: string, frame: Frame, run: ArticleRun): Value | Moving | undefined {
    const value = run.values.get(name);
    if (value !== undefined) {
      this.trace.note('resolve', name, value, run.origins?.get(name) ?? 'OUTPUT', frame.text);
      return value;
    }
    const definition = frame.text.rules.definitions.get(name);
    if (definition !== undefined) {
      this.trace.note('resolve', name, definition, 'DEFINITION', frame.text);
      return definition;
    }
    return this.#passed(name, frame);
  }

  /** A value that the caller passed, declared or not. */
  #passed(name: string, frame: Frame): Value | undefined {
    const value = frame.call.parameters.get(name);
    if (value !== undefined) this.trace.note('resolve', name, value, 'PARAMETER', frame.text);
    return value;
  }

  #bound(binding: Binding, name: string, frame: Frame): Value | Moving | undefined {
    switch (binding.kind) {
      case 'output':
        return this.outputOf(frame.call, name, frame.text.own.get(name));
      case 'step':
        return this.#step(binding.action, frame);
      case 'open term':
        return this.termOf(binding.term, frame);
      case 'definition':
        this.trace.note('resolve', name, binding.value, 'DEFINITION', frame.text);
        return binding.value;
      case 'parameter': {
        const given = frame.call.parameters.get(name);
        const value = given === undefined ? this.#notPassed(binding, frame) : given;
        this.trace.note('resolve', name, value, 'PARAMETER', frame.text);
        return value;
      }
      case 'input': {
        const value = this.inputOf(binding.input, frame);
        if (value !== undefined) return value;
        this.trace.note('resolve', name, binding.unknown, 'DATA_SOURCE', frame.text);
        return binding.unknown;
      }
    }
  }

  #notPassed({ field, unknown }: Extract<Binding, { kind: 'parameter' }>, frame: Frame): Value {
    if (field.required)
      throw new LawError('VariableNotFound', `Variable '${field.name}' not found: the parameter was not passed`);
    // Whoever filled in the form of this law earlier has that kept as data of the law itself.
    const found = this.#sources.find(frame.text.version, field.name, frame.call.parameters, true);
    return found ? found.value : unknown;
  }

  /** A step between, or an earlier value of an output that is computed twice. */
  #step(action: Action, frame: Frame): Value | Moving {
    const inDefault = !frame.text.rules.actions.includes(action);
    const scope = inDefault ? frame.scope : scopeWithin(frame.text, action);
    return this.inner(action, `step '${action.output}' of law '${frame.text.law}'`, frame, () =>
      this.trace.value('action', action.output, frame.text, null, () =>
        this.evaluate(action.value, { ...frame, scope, loop: null }),
      ),
    );
  }

  /** An open term, filled from below or by its default. */
  termOf(term: OpenTerm, frame: Frame): Value | Moving {
    return this.inner(term, `open term '${term.id}' of law '${frame.text.law}'`, frame, () =>
      this.trace.value('open_term_resolution', term.id, frame.text, null, () =>
        this.hop(`open term '${term.id}'`, () => fillOpenTerm(this, term, frame)),
      ),
    );
  }

  /** A value inside a call that is computed at most once, and does not need itself. */
  inner(key: Action | OpenTerm, what: string, { call }: Frame, work: () => Value | Moving): Value | Moving {
    const known = call.inner.get(key);
    if (known === 'running') throw circular(what);
    if (known) {
      this.narrow(known.since, known.next);
      return known.value;
    }
    return this.#held(call, () => {
      call.inner.set(key, 'running');
      try {
        const value = work();
        call.inner.set(key, { value, since: this.since, next: this.next, by: null });
        return value;
      } catch (error) {
        call.inner.delete(key);
        throw error;
      }
    });
  }

  // ── Inputs ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * The value of an input: what the caller passed under its name, else what a data source says, else the output it
   * names; undefined where nobody has it.
   */
  inputOf(input: InputField, frame: Frame): Value | Moving | undefined {
    const { name, source } = input;
    const { call, text } = frame;
    const given = call.parameters.get(name);
    if (given !== undefined) {
      this.trace.note('resolve', name, given, 'PARAMETER', text);
      return this.#mayBeNull(given, input, frame, 'parameter from caller');
    }
    const found = this.#sources.find(text.version, name, call.parameters);
    if (found) {
      this.trace.note('resolve', name, found.value, 'DATA_SOURCE', text, found.source);
      return this.#mayBeNull(found.value, input, frame, `source ${found.source}`);
    }
    if (source.kind === 'fact') {
      const fact = this.#facts.get(name);
      if (fact === undefined) return undefined;
      this.trace.note('resolve', name, fact, 'DATA_SOURCE', text);
      return this.#mayBeNull(fact, input, frame, 'facts of the request');
    }
    const value = this.hop(`input '${name}'`, () => this.#fromLaw(source, frame));
    const origin =
      source.kind === 'other law' ? `output '${source.output}' of '${source.law}'` : `output '${source.output}'`;
    return this.#mayBeNull(value, input, frame, origin);
  }

  #mayBeNull<T extends Value | Moving>(value: T, input: InputField, { text }: Frame, origin: string): T {
    if (value === null && !input.nullable && text.version.profile === 'present') {
      throw new LawError(
        'NullForNonNullable',
        `Input '${input.name}' is null (${origin}), which law '${text.law}' declares as never absent`,
      );
    }
    return value;
  }

  /** One reference more, of at most twenty in a row. */
  hop<T>(what: string, work: () => T): T {
    this.#hops += 1;
    if (this.#hops > mostHops)
      throw new LawError('MaxDepthExceeded', `More than ${mostHops} references from law to law, at ${what}`);
    try {
      return work();
    } finally {
      this.#hops -= 1;
    }
  }

  #fromLaw(source: Exclude<Source, { kind: 'fact' }>, frame: Frame): Value | Moving {
    if (source.kind === 'same law') return this.outputOf(frame.call, source.output);
    if (!this.trace.isOn) return this.#callLaw(source, frame);
    return this.trace.value('cross_law_reference', `${source.law}#${source.output}`, frame.text, null, () =>
      this.#callLaw(source, frame),
    );
  }

  #callLaw(source: Extract<Source, { kind: 'other law' }>, frame: Frame): Value | Moving {
    if (source.parameters.size === 0) return this.outputOf(this.callOf(source.law, noParameters), source.output);
    const passed = new Map<string, Value>();
    for (const [name, expression] of source.parameters) passed.set(name, this.known(expression, frame));
    const call = this.callOf(source.law, passed);
    this.narrow(call.law.from, call.law.next);
    const rule = call.law.rules.get(source.output);
    for (const field of rule?.parameters ?? []) {
      const value = passed.get(field.name);
      if (value === undefined) continue;
      // A law is not asked about nobody, nor about somebody we do not know.
      if (field.required && (value instanceof Unknown || value instanceof Untranslatable)) return value;
      if (value !== null || field.nullable || rule?.profile === 'base') continue;
      if (field.required) return null;
      throw new LawError(
        'NullForNonNullable',
        `Parameter '${field.name}' is null (parameter from ${frame.text.law}), which law '${source.law}' declares as never absent`,
      );
    }
    return this.outputOf(call, source.output);
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

  /** What the hooks after an article add to its outputs. */
  hooksAfter(frame: Frame): ReadonlyMap<string, HookValue> {
    return this.view.lawsWithHooks.length === 0 ? new Map<string, HookValue>() : this.hooks.run('post_actions', frame);
  }
}

function circular(what: string): LawError {
  return new LawError('CircularReference', `Circular reference: ${what} needs itself`);
}
