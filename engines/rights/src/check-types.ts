// Checks, before any law is run, that numbers are calculated with, booleans decided with and dates compared with dates.
import type { Problem } from '@meedoen/units';
import type { FactRow } from './fact-table.ts';
import type { ArticleRules, Expression, Field, FieldType, Literal, Operation } from './law-file.ts';
import { dayOfValue, isDecimal } from './value.ts';

/** What kind of value an expression gives, as far as can be said without running it. */
type Kind = 'number' | 'boolean' | 'date' | 'string' | 'array' | 'object' | 'null' | 'any';

/**
 * The type problems in the rules of one article. `factNamed` gives the fact that laws read under a name; without it only
 * what the format itself asks of a file is checked: numbers in sums, booleans in logic, one type on both sides of EQUALS,
 * literals of the type of their output.
 */
export function typeProblems(
  rules: ArticleRules,
  factNamed: ((lawName: string) => FactRow | undefined) | null,
): readonly Problem[] {
  const checker = new TypeChecker(rules, factNamed);
  for (const { output, value, at } of rules.actions) {
    const field = rules.outputs.find(({ name }) => name === output);
    if (field) checker.assign(field, value, at);
  }
  return checker.problems;
}

class TypeChecker {
  readonly problems: Problem[] = [];
  readonly #isOurs: boolean;
  readonly #fields = new Map<string, Kind>();
  readonly #choices = new Map<string, readonly string[]>();

  constructor(rules: ArticleRules, factNamed: ((lawName: string) => FactRow | undefined) | null) {
    this.#isOurs = factNamed !== null;
    for (const field of [...rules.parameters, ...rules.inputs]) this.#fields.set(field.name, kindOfField(field.type));
    for (const { name, source } of rules.inputs) {
      const fact = source.kind === 'fact' ? factNamed?.(name) : undefined;
      if (fact?.type === 'choice') this.#choices.set(name, fact.choices);
    }
    for (const [name, value] of rules.definitions) this.#fields.set(name, kindOfLiteral(value));
    for (const field of rules.outputs) this.#fields.set(field.name, kindOfField(field.type));
  }

  assign(field: Field, value: Expression, at: Problem['at']): void {
    const found = this.kind(value);
    const wanted = kindOfField(field.type);
    const isAsked = this.#isOurs || value.kind === 'literal';
    if (isAsked && !fits(found, wanted) && !(found === 'null' && field.nullable)) {
      this.#add(at, `Output "${field.name}" is declared as ${field.type}, but its action gives ${article(found)}.`);
    }
    const mayEndInNothing = value.kind === 'operation' && value.operation === 'IF' && !value.operands[0];
    if (mayEndInNothing && !field.nullable) {
      this.#add(
        at,
        `Output "${field.name}" comes from an IF without "default", so it may be null. Add a default, or declare it nullable.`,
      );
    }
  }

  kind(expression: Expression): Kind {
    switch (expression.kind) {
      case 'literal':
        return kindOfLiteral(expression.value);
      case 'reference':
        if (expression.name === 'referencedate')
          return expression.path.length === 0 || expression.path[0] === 'iso' ? 'date' : 'number';
        return expression.path.length > 0 ? 'any' : (this.#fields.get(expression.name) ?? 'any');
      case 'operation':
        return this.#operation(expression);
    }
  }

  #operation(operation: Operation): Kind {
    const [first, second, third] = operation.operands;
    switch (operation.operation) {
      case 'ADD': {
        const kinds = (operation.list ?? []).map((item) => this.kind(item));
        const mode = kinds[0] === 'string' || kinds[0] === 'array' || kinds[0] === 'any' ? kinds[0] : 'number';
        this.#all(operation, kinds, mode);
        return mode;
      }
      case 'SUBTRACT':
      case 'MULTIPLY':
      case 'DIVIDE':
      case 'MIN':
      case 'MAX':
        this.#all(
          operation,
          (operation.list ?? []).map((item) => this.kind(item)),
          'number',
        );
        return 'number';
      case 'ROUND':
      case 'CEIL':
      case 'FLOOR':
        this.#operand(operation, first, 'number');
        return 'number';
      case 'AND':
      case 'OR':
        this.#all(
          operation,
          (operation.list ?? []).map((item) => this.kind(item)),
          'boolean',
        );
        return 'boolean';
      case 'NOT':
        this.#operand(operation, first, 'boolean');
        return 'boolean';
      case 'EQUALS':
        this.#same(operation, first, second ? [second] : []);
        return 'boolean';
      case 'IN':
        this.#same(operation, first, operation.list ?? []);
        return 'boolean';
      case 'GREATER_THAN':
      case 'LESS_THAN':
      case 'GREATER_THAN_OR_EQUAL':
      case 'LESS_THAN_OR_EQUAL':
        this.#ordered(operation, first, second);
        return 'boolean';
      case 'IF':
        return this.#if(operation);
      case 'LIST':
        for (const item of operation.list ?? []) this.kind(item);
        return 'array';
      case 'FOREACH':
        return 'any';
      case 'AGE':
        this.#operand(operation, first, 'date');
        this.#operand(operation, second, 'date');
        return 'number';
      case 'DATE_ADD':
        this.#operand(operation, first, 'date');
        for (const step of operation.operands.slice(1)) this.#operand(operation, step, 'number');
        return 'date';
      case 'DATE':
        for (const part of operation.operands) this.#operand(operation, part, 'number');
        return 'date';
      case 'DATE_DIFF':
        this.#operand(operation, first, 'date');
        this.#operand(operation, second, 'date');
        this.#operand(operation, third, 'string');
        return 'number';
      case 'DAY_OF_WEEK':
      case 'DATE_PART':
        this.#operand(operation, first, 'date');
        return 'number';
      case 'START_OF':
        this.#operand(operation, first, 'date');
        return 'date';
    }
  }

  #if(operation: Operation): Kind {
    const kinds = new Set<Kind>();
    for (const { when, gives } of operation.cases) {
      this.#operand(operation, when, 'boolean');
      kinds.add(this.kind(gives));
    }
    const otherwise = operation.operands[0];
    if (otherwise) kinds.add(this.kind(otherwise));
    kinds.delete('null');
    const [only = 'null', ...more] = kinds;
    return more.length === 0 ? only : 'any';
  }

  #all(operation: Operation, kinds: readonly Kind[], wanted: Kind): void {
    // Dates may be declared as text.
    if (wanted === 'date' && !this.#isOurs) return;
    const wrong = kinds.find((kind) => !fits(kind, wanted));
    if (wrong)
      this.#add(
        operation.at,
        `${operation.operation} takes ${plural(wanted)}, but one of its operands is ${article(wrong)}.`,
      );
  }

  #operand(operation: Operation, operand: Expression | null | undefined, wanted: Kind): void {
    if (operand) this.#all(operation, [this.kind(operand)], wanted);
  }

  #ordered(operation: Operation, subject: Expression | null | undefined, value: Expression | null | undefined): void {
    if (!subject || !value || !this.#isOurs) return;
    const kinds = [this.kind(subject), this.kind(value)];
    const possible = (['number', 'date'] as const).some((wanted) => kinds.every((kind) => fits(kind, wanted)));
    if (!possible) {
      this.#add(
        operation.at,
        `${operation.operation} compares two numbers or two dates, not ${kinds.map(article).join(' and ')}.`,
      );
    }
  }

  #same(operation: Operation, subject: Expression | null | undefined, others: readonly Expression[]): void {
    if (!subject) return;
    const kind = this.kind(subject);
    if (operation.operation === 'IN' && !this.#isOurs) return;
    const choices =
      subject.kind === 'reference' && subject.path.length === 0 ? this.#choices.get(subject.name) : undefined;
    for (const other of others) {
      const found = this.kind(other);
      if (found !== 'null' && !fits(found, kind) && !fits(kind, found)) {
        this.#add(
          operation.at,
          `${operation.operation} compares ${article(kind)} with ${article(found)}; that is never true.`,
        );
      }
      const literals = other.kind !== 'literal' ? [] : Array.isArray(other.value) ? other.value : [other.value];
      for (const literal of literals) {
        if (choices && typeof literal === 'string' && !choices.includes(literal)) {
          this.#add(other.at, `"${literal}" is not among the choices of this fact: ${choices.join(', ')}.`);
        }
      }
    }
  }

  #add(at: Problem['at'], message: string): void {
    this.problems.push({ ...(at ? { at } : {}), what: 'type-mismatch', words: {}, message });
  }
}

function kindOfField(type: FieldType): Kind {
  return type === 'amount' ? 'number' : type;
}

function kindOfLiteral(value: Literal): Kind {
  if (value === null) return 'null';
  if (typeof value === 'bigint' || isDecimal(value)) return 'number';
  if (typeof value === 'string') return dayOfValue(value) === null ? 'string' : 'date';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'array' : 'object';
}

/** Can a value of the one kind stand where the other is wanted? Dates are also text. */
function fits(found: Kind, wanted: Kind): boolean {
  return found === wanted || found === 'any' || wanted === 'any' || (found === 'date' && wanted === 'string');
}

function article(kind: Kind): string {
  if (kind === 'null') return 'null';
  return /^[ao]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function plural(kind: Kind): string {
  return kind === 'string' ? 'texts' : kind === 'any' ? 'values' : `${kind}s`;
}
