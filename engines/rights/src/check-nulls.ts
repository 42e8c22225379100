// Checks, before any law is run, that nothing is only tested for where it can be, and not calculated with: by schema
// v0.8.0 a field says itself whether it may be null.
import type { Problem } from '@meedoen/units';
import type { Action, ArticleRules, Expression, Operation } from './law-file.ts';
import { withParts } from './references.ts';

/** The problems with null in the rules of one article. */
export function nullProblems(rules: ArticleRules): readonly Problem[] {
  const check = new NullCheck(rules);
  for (const action of rules.actions) check.action(action);
  return check.problems;
}

type Guarded = ReadonlySet<string>;

class NullCheck {
  readonly problems: Problem[] = [];
  readonly #nullable: ReadonlyMap<string, boolean>;
  readonly #tested = new Map<string, readonly string[]>();

  constructor(rules: ArticleRules) {
    const fields = [...rules.parameters, ...rules.inputs, ...rules.outputs];
    const nullable = new Map<string, boolean>();
    // A name that stands for several things is left alone where they differ.
    for (const { name, nullable: may } of fields)
      if (!nullable.has(name) || nullable.get(name) === may) nullable.set(name, may);
      else nullable.delete(name);
    for (const { id } of rules.openTerms) nullable.delete(id);
    for (const name of rules.definitions.keys()) nullable.delete(name);
    this.#nullable = nullable;
    for (const { output, value } of rules.actions) this.#tested.set(output, directlyTested(value));
  }

  action({ value }: Action): void {
    this.#walk(value, new Set());
  }

  #walk(expression: Expression, guarded: Guarded): void {
    if (expression.kind !== 'operation') return;
    const { operation, operands, list, cases } = expression;
    switch (operation) {
      case 'AND':
      case 'OR':
        this.#chain(expression, list ?? [], guarded);
        return;
      case 'IF': {
        let sofar = guarded;
        for (const { when, gives } of cases) {
          this.#calculated(expression, [when], sofar);
          this.#walk(when, sofar);
          sofar = new Set([...sofar, ...this.#testedIn(when)]);
          this.#walk(gives, sofar);
        }
        if (operands[0]) this.#walk(operands[0], sofar);
        return;
      }
      case 'EQUALS':
      case 'IN':
        this.#test(expression);
        break;
      case 'LIST':
      case 'FOREACH':
        break;
      default:
        this.#calculated(expression, [...operands, ...(list ?? [])], guarded);
    }
    for (const operand of [...operands, ...(list ?? [])]) if (operand) this.#walk(operand, guarded);
  }

  /** What stands later in AND or OR is only read after what stands before it. */
  #chain(operation: Operation, conditions: readonly Expression[], guarded: Guarded): void {
    let sofar = guarded;
    for (const condition of conditions) {
      this.#calculated(operation, [condition], sofar);
      this.#walk(condition, sofar);
      sofar = new Set([...sofar, ...this.#testedIn(condition)]);
    }
  }

  /** The names that a condition tests for null, itself or by way of an output of the article. */
  #testedIn(condition: Expression): readonly string[] {
    const names = [...directlyTested(condition)];
    for (const part of withParts(condition))
      if (part.kind === 'reference') names.push(...(this.#tested.get(part.name) ?? []));
    return names;
  }

  #calculated({ operation }: Operation, operands: readonly (Expression | null)[], guarded: Guarded): void {
    for (const operand of operands) {
      if (operand?.kind !== 'reference' || operand.path.length > 0 || guarded.has(operand.name)) continue;
      if (this.#nullable.get(operand.name) !== true) continue;
      this.#add(
        operand,
        `${operation} reads "${operand.name}", which may be null. Test first whether it is there, or declare it not nullable.`,
      );
    }
  }

  #test({ operands, list }: Operation): void {
    const compared = [...operands, ...(list ?? [])];
    if (!compared.some(isNull)) return;
    for (const operand of compared) {
      if (operand?.kind !== 'reference' || operand.path.length > 0) continue;
      if (this.#nullable.get(operand.name) !== false) continue;
      this.#add(
        operand,
        `"${operand.name}" is tested for null, but is declared never to be. Declare it nullable, or drop the test.`,
      );
    }
  }

  #add({ at }: Expression, message: string): void {
    this.problems.push({ at, what: 'null', words: {}, message });
  }
}

function directlyTested(expression: Expression): readonly string[] {
  const names: string[] = [];
  for (const part of withParts(expression)) {
    if (part.kind !== 'operation' || (part.operation !== 'EQUALS' && part.operation !== 'IN')) continue;
    const compared = [...part.operands, ...(part.list ?? [])];
    if (!compared.some(isNull)) continue;
    for (const operand of compared) if (operand?.kind === 'reference') names.push(operand.name);
  }
  return names;
}

function isNull(expression: Expression | null): boolean {
  return expression?.kind === 'literal' && expression.value === null;
}
