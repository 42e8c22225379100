// Fills the choices of a person into the law, ahead of all rows that share them: most of the law falls away, and what
// is left depends only on dates, numbers and yes-or-no facts. (Partial evaluation: N. D. Jones, C. K. Gomard and
// P. Sestoft, "Partial Evaluation and Automatic Program Generation", 1993.)
import type { Day } from '@meedoen/units';
import type { FactRow, FactTable } from '../fact-table.ts';
import { LawError } from '../law-error.ts';
import type { Expression, Operation, Reference } from '../law-file.ts';
import { isPlainRule } from '../plain-rule.ts';
import { operate } from '../operate.ts';
import { isSame, type Value } from '../value.ts';
import type { Rule, View } from '../view.ts';
import { unknownCode } from './columns.ts';
import { unknown, type FlagProgram } from './cursor.ts';
import { computed, count, dateAdd, ordered } from './days-and-numbers.ts';
import type { FactSets } from './fact-sets.ts';
import { OneByOne } from './one-by-one.ts';
import type { Programs } from './programs.ts';
import { elementsOf, flagOf, isFlaglike, isSure, mayBeNull, motionOf, quantityOf, type Rest } from './rest.ts';

/** What is filled in so far, by place in the table: the code of a choice, anything for another fact that is known, null for unknown. */
export type Choices = ReadonlyMap<number, number | null>;

/** Thrown where another choice (or whether another fact is known) must be filled in before the law can be simplified. */
export class NeedsChoice extends Error {
  readonly fact: number;
  constructor(fact: number) {
    super();
    this.fact = fact;
  }
}

export class Specialiser {
  readonly #view: View;
  readonly #table: FactTable;
  readonly #sets: FactSets;
  readonly #programs: Programs;
  readonly #stepBits: ReadonlyMap<number, number>;
  readonly #choices: Choices;
  /** May another choice be asked for, or is the number of shapes large enough? */
  readonly #mayAsk: boolean;
  /** Any day of the stretch in which no law changes. */
  readonly #day: Day;
  readonly #outputs = new Map<string, Rest | 'running'>();

  constructor(
    view: View,
    table: FactTable,
    sets: FactSets,
    programs: Programs,
    stepBits: ReadonlyMap<number, number>,
    choices: Choices,
    mayAsk: boolean,
    day: Day,
  ) {
    this.#view = view;
    this.#table = table;
    this.#sets = sets;
    this.#programs = programs;
    this.#stepBits = stepBits;
    this.#choices = choices;
    this.#mayAsk = mayAsk;
    this.#day = day;
  }

  /** What is left of an output of a law. */
  output(law: string, name: string): Rest {
    const key = `${law} ${name}`;
    const known = this.#outputs.get(key);
    if (known === 'running') throw new OneByOne();
    if (known) return known;
    const rule = this.#view.rule(law, name, this.#day);
    if (!rule) return { kind: 'fault' };
    if (!isPlainRule(rule, this.#view)) throw new OneByOne();
    this.#outputs.set(key, 'running');
    try {
      const rest = this.expression(rule.value, rule);
      if (mayBeNull(rest) && !rule.output.nullable) throw new OneByOne();
      this.#outputs.set(key, rest);
      return rest;
    } finally {
      if (this.#outputs.get(key) === 'running') this.#outputs.delete(key);
    }
  }

  /** What is left of an expression that stands in `rule`. */
  expression(expression: Expression, rule: Rule): Rest {
    switch (expression.kind) {
      case 'literal':
        return { kind: 'known', value: expression.value };
      case 'reference':
        return this.#reference(expression, rule);
      case 'operation':
        return this.#operation(expression, rule);
    }
  }

  #reference({ name, path }: Reference, rule: Rule): Rest {
    if (name === 'referencedate') {
      if (path.length > 0 && path[0] !== 'iso') throw new OneByOne();
      return { kind: 'quantity', sort: 'date', run: this.#programs.today(), moves: 'today' };
    }
    const binding = rule.scope.get(name);
    if (!binding || path.length > 0) throw new OneByOne();
    switch (binding.kind) {
      case 'definition':
        return { kind: 'known', value: binding.value };
      case 'output':
        return this.output(rule.law, name);
      case 'parameter':
      case 'step':
      case 'open term':
        throw new OneByOne();
      case 'input': {
        const { source, nullable } = binding.input;
        if (source.kind === 'fact') return this.#fact(name);
        if (source.kind === 'other law' && source.parameters.size > 0) throw new OneByOne();
        const rest = this.output(source.kind === 'same law' ? rule.law : source.law, source.output);
        if (mayBeNull(rest) && !nullable) throw new OneByOne();
        return rest;
      }
    }
  }

  #fact(lawName: string): Rest {
    const fact = this.#table.facts.findIndex((row) => row.lawName === lawName);
    const row = this.#table.facts[fact];
    if (!row) return { kind: 'unknown', facts: 0 };
    const own = this.#sets.one(fact);
    const isOpen = row.type !== 'choice' && !this.#stepBits.has(fact);
    if (isOpen && this.#isUnlikely(row)) {
      const known = this.#choices.get(fact);
      if (known === null) return { kind: 'unknown', facts: own };
      if (known === undefined && this.#mayAsk) throw new NeedsChoice(fact);
    }
    switch (row.type) {
      case 'boolean': {
        const bit = this.#stepBits.get(fact);
        return {
          kind: 'flag',
          run: bit === undefined ? this.#programs.factFlag(fact, own) : this.#programs.stepFlag(fact, own, bit),
        };
      }
      case 'date':
      case 'number':
        return { kind: 'quantity', sort: row.type, run: this.#programs.factQuantity(fact, own), moves: 'no' };
      case 'choice': {
        const code = this.#choices.get(fact);
        if (code === null) return { kind: 'unknown', facts: own };
        if (code !== undefined) return { kind: 'known', value: row.choices[code] ?? null };
        if (this.#mayAsk) throw new NeedsChoice(fact);
        return { kind: 'choice', fact };
      }
    }
  }

  /** Does the question make no sense for these choices? Then the fact is mostly unknown, and that spares a lot of law. */
  #isUnlikely(row: FactRow): boolean {
    return row.askWhen.some(({ fact, values }) => {
      const place = this.#table.facts.findIndex(({ id }) => id === fact);
      const code = this.#choices.get(place);
      return code !== undefined && (code === null || !values.includes(this.#table.facts[place]?.choices[code] ?? ''));
    });
  }

  #operation(operation: Operation, rule: Rule): Rest {
    switch (operation.operation) {
      case 'AND':
      case 'OR':
        return this.#decide(
          operation.operation === 'OR',
          (operation.list ?? []).map((item) => () => this.expression(item, rule)),
        );
      case 'NOT': {
        const value = this.expression(operation.operands[0]!, rule);
        if (value.kind === 'unknown' || value.kind === 'fault') return value;
        if (value.kind === 'known' && typeof value.value === 'boolean') return { kind: 'known', value: !value.value };
        return { kind: 'flag', run: this.#programs.not(flagOf(this.#programs, value)) };
      }
      case 'IF':
        return this.#if(operation, rule, 0);
      case 'EQUALS':
        return this.#equals(
          this.expression(operation.operands[0]!, rule),
          this.expression(operation.operands[1]!, rule),
        );
      case 'IN':
        return this.#in(operation, rule);
      case 'LIST':
      case 'FOREACH':
        throw new OneByOne();
      default:
        return this.#plain(operation, rule);
    }
  }

  /** AND or OR of parts that are simplified one by one; a part that settles it spares us the choices of the others. */
  #decide(decider: boolean, parts: readonly (() => Rest)[]): Rest {
    const flags: FlagProgram[] = [];
    let needs: NeedsChoice | null = null;
    let hasUnknowns = false;
    let facts = 0;
    for (const part of parts) {
      const rest = orNeeds(part);
      if (rest instanceof NeedsChoice) {
        needs ??= rest;
      } else if (rest.kind === 'known') {
        if (typeof rest.value !== 'boolean') throw new OneByOne();
        if (rest.value === decider) return rest;
      } else if (rest.kind === 'unknown') {
        hasUnknowns = true;
        facts = this.#sets.union(facts, rest.facts);
      } else {
        flags.push(flagOf(this.#programs, rest));
        // Whatever comes after a fault is not reached.
        if (rest.kind === 'fault') break;
      }
    }
    if (needs) throw needs;
    if (flags.length === 0) return hasUnknowns ? { kind: 'unknown', facts } : { kind: 'known', value: !decider };
    // The unknowns of this shape go together, behind what can still decide.
    if (hasUnknowns) flags.push(this.#programs.unknownFlag(facts));
    return { kind: 'flag', run: flags.length === 1 ? flags[0]! : this.#programs.decide(flags, decider ? 1 : 0) };
  }

  /** A right as the OR of its routes, each with its number: the program leaves the route that is open in `route`. */
  right(
    routes: readonly { readonly expression: Expression; readonly rule: Rule; readonly route: number }[],
  ): FlagProgram {
    const flags: FlagProgram[] = [];
    const numbers: number[] = [];
    for (const { expression, rule, route } of routes) {
      const rest = this.expression(expression, rule);
      if (rest.kind === 'known' && rest.value === false) continue;
      flags.push(flagOf(this.#programs, rest));
      numbers.push(route);
      // Nothing after a route that is open for sure, or that cannot be computed, can matter.
      if (rest.kind === 'known' || rest.kind === 'fault') break;
    }
    return flags.length === 0 ? this.#programs.constantFlag(false) : this.#programs.routes(flags, numbers);
  }

  #if(operation: Operation, rule: Rule, index: number): Rest {
    const one = operation.cases[index];
    if (!one) {
      const otherwise = operation.operands[0];
      return otherwise ? this.expression(otherwise, rule) : { kind: 'known', value: null };
    }
    const when = this.expression(one.when, rule);
    if (when.kind === 'unknown' || when.kind === 'fault') return when;
    if (when.kind === 'known') {
      if (typeof when.value !== 'boolean') throw new OneByOne();
      return when.value ? this.expression(one.gives, rule) : this.#if(operation, rule, index + 1);
    }
    return this.#either(
      flagOf(this.#programs, when),
      this.expression(one.gives, rule),
      this.#if(operation, rule, index + 1),
    );
  }

  #either(when: FlagProgram, gives: Rest, otherwise: Rest): Rest {
    const both = [gives, otherwise];
    if (both.every(isFlaglike)) {
      return {
        kind: 'flag',
        run: this.#programs.eitherFlag(when, flagOf(this.#programs, gives), flagOf(this.#programs, otherwise)),
      };
    }
    return { kind: 'either', when, gives, otherwise };
  }

  #equals(a: Rest, b: Rest): Rest {
    if (a.kind === 'fault' || b.kind === 'fault') return { kind: 'fault' };
    if (a.kind === 'either') return this.#either(a.when, this.#equals(a.gives, b), this.#equals(a.otherwise, b));
    if (b.kind === 'either') return this.#equals(b, a);
    if (a.kind === 'unknown' && b.kind === 'unknown')
      return { kind: 'unknown', facts: this.#sets.union(a.facts, b.facts) };
    if (a.kind === 'unknown' && b.kind === 'known') return a;
    if (b.kind === 'unknown' && a.kind === 'known') return b;
    if (a.kind === 'known' && b.kind === 'known') return { kind: 'known', value: isSame(a.value, b.value) };
    if (a.kind === 'known' && a.value === null) return { kind: 'flag', run: this.#isNull(b) };
    if (b.kind === 'known' && b.value === null) return { kind: 'flag', run: this.#isNull(a) };
    if (a.kind === 'choice' && b.kind === 'known') return this.#among(a.fact, [b.value]);
    if (b.kind === 'choice' && a.kind === 'known') return this.#among(b.fact, [a.value]);
    if (a.kind === 'flag' && b.kind === 'known' && typeof b.value === 'boolean') {
      return b.value ? a : { kind: 'flag', run: this.#programs.not(a.run) };
    }
    if (a.kind === 'quantity' || b.kind === 'quantity') {
      const moves = motionOf(a) !== 'no' || motionOf(b) !== 'no';
      return {
        kind: 'flag',
        run: this.#programs.compared(
          'equal',
          quantityOf(this.#programs, a),
          quantityOf(this.#programs, b),
          (difference) => difference === 0,
          moves,
        ),
      };
    }
    throw new OneByOne();
  }

  // Facts are never null, so what still depends on facts is unknown or not null.
  #isNull(rest: Rest): FlagProgram {
    if (rest.kind === 'unknown') return this.#programs.unknownFlag(rest.facts);
    if (rest.kind === 'flag') return this.#programs.never(rest.run, unknown);
    if (rest.kind === 'quantity') return this.#programs.never(rest.run, unknownCode);
    throw new OneByOne();
  }

  #among(fact: number, values: readonly Value[]): Rest {
    const choices = this.#table.facts[fact]?.choices ?? [];
    const among = Uint8Array.from(choices, (choice) => (values.includes(choice) ? 1 : 0));
    return { kind: 'flag', run: this.#programs.choiceFlag(fact, this.#sets.one(fact), among) };
  }

  #in(operation: Operation, rule: Rule): Rest {
    const subject = this.expression(operation.operands[0]!, rule);
    const list = operation.list
      ? operation.list.map((item) => this.expression(item, rule))
      : elementsOf(this.expression(operation.operands[1]!, rule));
    const values = list.flatMap((rest) => (rest.kind === 'known' ? [rest.value] : []));
    if (subject.kind === 'choice' && values.length === list.length) return this.#among(subject.fact, values);
    return this.#decide(
      true,
      list.map((element) => () => this.#equals(subject, element)),
    );
  }

  #plain(operation: Operation, rule: Rule): Rest {
    const operands = [...operation.operands, ...(operation.list ?? [])].map((operand) =>
      operand ? this.expression(operand, rule) : null,
    );
    const given = operands.filter((operand) => operand !== null);
    if (given.some((rest) => rest.kind === 'fault')) return { kind: 'fault' };
    if (
      given.some(({ kind }) => kind === 'unknown') &&
      given.every((rest) => rest.kind === 'unknown' || isSure(rest))
    ) {
      const facts = given.reduce((all, rest) => (rest.kind === 'unknown' ? this.#sets.union(all, rest.facts) : all), 0);
      return { kind: 'unknown', facts };
    }
    if (given.every((rest) => rest.kind === 'known')) {
      if (given.some(({ value }) => value === null)) throw new OneByOne();
      try {
        return {
          kind: 'known',
          value: operate(
            operation,
            operands.map((rest) => (rest?.kind === 'known' ? rest.value : undefined)),
          ),
        };
      } catch (error) {
        if (error instanceof LawError) throw new OneByOne();
        throw error;
      }
    }
    const [first, second] = given;
    switch (operation.operation) {
      case 'GREATER_THAN':
      case 'LESS_THAN':
      case 'GREATER_THAN_OR_EQUAL':
      case 'LESS_THAN_OR_EQUAL':
        return { kind: 'flag', run: ordered(this.#programs, operation.operation, first!, second!) };
      case 'AGE':
        return count(this.#programs, first!, second!, 'years');
      case 'DATE_DIFF': {
        const unit = given[2];
        const step = unit?.kind === 'known' ? unit.value : null;
        if (step !== 'years' && step !== 'months' && step !== 'days') throw new OneByOne();
        return count(this.#programs, first!, second!, step);
      }
      case 'DATE_ADD':
        return dateAdd(this.#programs, operands);
      case 'ADD':
        return computed(this.#programs, 'sum', given, (values) => values.reduce((a, b) => a + b));
      case 'SUBTRACT':
        return computed(this.#programs, 'difference', given, (values) => values.reduce((a, b) => a - b));
      case 'MIN':
        return computed(this.#programs, 'least', given, (values) => Math.min(...values));
      case 'MAX':
        return computed(this.#programs, 'greatest', given, (values) => Math.max(...values));
      default:
        throw new OneByOne();
    }
  }
}

function orNeeds(part: () => Rest): Rest | NeedsChoice {
  try {
    return part();
  } catch (error) {
    if (error instanceof NeedsChoice) return error;
    throw error;
  }
}
