// Units are labels: they never change a value, but euros are not added to cents, nor months compared with weeks.
import { LawError } from './law-error.ts';
import type { Action, ArticleRules, Expression, Operation, Unit } from './law-file.ts';
import type { ArticleText } from './view.ts';

/**
 * Throws where an article that declares units mixes them in the action for an output (all actions, if null). A value
 * without a unit fits any.
 */
export function checkUnits({ rules, article, law }: ArticleText, output: string | null): void {
  if (unmixed.has(rules)) return;
  for (const action of rules.actions) {
    if (output !== null && action.output !== output) continue;
    const problem = unitProblem(rules, action);
    if (problem !== null) {
      const where = `output '${action.output}' of article ${article} of law '${law}'`;
      throw new LawError('UnitMismatch', `${problem}, at ${where}`);
    }
  }
  if (rules.actions.every((action) => unitProblem(rules, action) === null)) unmixed.add(rules);
}

// Most articles mix nothing, and are looked at once.
const unmixed = new WeakSet<ArticleRules>();

const problems = new WeakMap<Action, string | null>();

/** The units that an action mixes, in words; null if it mixes none. */
export function unitProblem(rules: ArticleRules, action: Action): string | null {
  let problem = problems.get(action);
  if (problem === undefined) {
    const units = unitsOf(rules);
    problem = units.size === 0 ? null : mixedIn(action, units);
    problems.set(action, problem);
  }
  return problem;
}

type Units = ReadonlyMap<string, Unit>;

const known = new WeakMap<ArticleRules, Units>();

function unitsOf(rules: ArticleRules): Units {
  let units = known.get(rules);
  if (!units) {
    const declared = new Map<string, Unit>(rules.definitionUnits);
    for (const { name, unit } of [...rules.parameters, ...rules.inputs, ...rules.outputs])
      if (unit) declared.set(name, unit);
    known.set(rules, declared);
    units = declared;
  }
  return units;
}

function mixedIn(action: Action, units: Units): string | null {
  try {
    unitOf(action.value, units);
    return null;
  } catch (error) {
    if (!(error instanceof Mixed)) throw error;
    return `Unit mismatch: ${error.message}`;
  }
}

class Mixed extends Error {}

/** The unit of what an expression gives; null if it has none. */
function unitOf(expression: Expression, units: Units): Unit | null {
  switch (expression.kind) {
    case 'literal':
      return null;
    case 'reference':
      return expression.path.length === 0 ? (units.get(expression.name) ?? null) : null;
    case 'operation':
      return ofOperation(expression, units);
  }
}

function ofOperation(operation: Operation, units: Units): Unit | null {
  const name = operation.operation;
  const operands = operation.operands.map((operand) => (operand ? unitOf(operand, units) : null));
  const list = (operation.list ?? []).map((item) => unitOf(item, units));
  switch (name) {
    case 'ADD':
    case 'SUBTRACT':
    case 'MIN':
    case 'MAX':
      return same(name, list);
    case 'MULTIPLY':
      return fold(list, (a, b) => product(a, b));
    case 'DIVIDE':
      return fold(list, (a, b) => quotient(a, b));
    case 'EQUALS':
    case 'GREATER_THAN':
    case 'LESS_THAN':
    case 'GREATER_THAN_OR_EQUAL':
    case 'LESS_THAN_OR_EQUAL':
      same(name, operands);
      return null;
    case 'IN':
      same(name, [operands[0] ?? null, ...list]);
      return null;
    case 'ROUND':
    case 'CEIL':
    case 'FLOOR':
      return operands[0] ?? null;
    case 'AGE':
      return 'years';
    case 'IF': {
      for (const { when } of operation.cases) unitOf(when, units);
      return same(name, [...operation.cases.map(({ gives }) => unitOf(gives, units)), operands[0] ?? null]);
    }
    default:
      return null;
  }
}

function same(operation: string, all: readonly (Unit | null)[]): Unit | null {
  return fold(all, (a, b) => {
    if (a !== b) throw new Mixed(`${operation} of ${a} and ${b}`);
    return a;
  });
}

function fold(all: readonly (Unit | null)[], combine: (a: Unit, b: Unit) => Unit): Unit | null {
  return all.reduce((a, b) => (a === null ? b : b === null ? a : combine(a, b)), null);
}

function isScalar(unit: Unit): boolean {
  return unit === 'ratio' || unit === 'percentage';
}

function product(a: Unit, b: Unit): Unit {
  if (isScalar(b)) return a;
  if (isScalar(a)) return b;
  throw new Mixed(`MULTIPLY of ${a} and ${b}`);
}

function quotient(a: Unit, b: Unit): Unit {
  if (isScalar(b)) return a;
  if (dimensionOf(a) === dimensionOf(b)) return 'ratio';
  throw new Mixed(`DIVIDE of ${a} by ${b}`);
}

function dimensionOf(unit: Unit): string {
  if (unit === 'euro' || unit === 'eurocent') return 'money';
  return isScalar(unit) ? unit : 'time';
}
