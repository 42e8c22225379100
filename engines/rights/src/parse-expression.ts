// Operands of the RegelRecht format: literals, $references and operations.
import type { Place } from '@meedoen/units';
import type { Expression, Literal, Operation } from './law-file.ts';
import { MapReader, type Problems } from './map-reader.ts';
import {
  operationAliases,
  operationNames,
  operationTable,
  type OperationKeys,
  type OperationName,
} from './operation-table.ts';
import type { Scalar, YamlNode } from './yaml-tree.ts';

const mostNestedOperations = 100;

/** Reads an operand. Anything that is not a well-formed literal, reference or operation is a problem at its place. */
export function readExpression(node: YamlNode, problems: Problems, depth = 0): Expression {
  if (depth > mostNestedOperations) {
    problems.add(
      node.at,
      'too-deep',
      `Operations nest at most ${mostNestedOperations} deep. Give a part of this a name as an output.`,
    );
    return { kind: 'literal', value: null, at: node.at };
  }
  if (node.kind === 'scalar') return readScalar(node.value, node.at, problems);
  if (node.kind === 'list') {
    const items = node.items.map((item) => readExpression(item, problems, depth + 1));
    return items.every((item) => item.kind === 'literal')
      ? { kind: 'literal', value: items.map((item) => item.value), at: node.at }
      : operation('LIST', node.at, { list: items });
  }
  const reader = new MapReader(node, 'the operand', problems);
  if (!reader.has('operation') && isPlainRecord(node)) {
    return { kind: 'literal', value: readLiteral(node, problems), at: node.at };
  }
  if (!reader.has('operation')) {
    problems.add(node.at, 'bad-operand', 'An operand is a value, a $reference or a map with the key "operation".');
    return { kind: 'literal', value: null, at: node.at };
  }
  return readOperation(reader, problems, depth, []);
}

/** A record of fixed values, such as `{ straat: Dam, nummer: 1 }`: no references in it, and nothing that looks like a misspelt operation. */
function isPlainRecord(node: YamlNode): boolean {
  if (node.kind === 'list') return node.items.every(isPlainRecord);
  if (node.kind === 'scalar') return typeof node.value !== 'string' || !node.value.startsWith('$');
  return [...node.entries].every(([key, { value }]) => !wordsOfOperations.has(key) && isPlainRecord(value));
}

const wordsOfOperations: ReadonlySet<string> = new Set(
  Object.values(operationTable)
    .flatMap(({ one = [], maybe = [], list }: OperationKeys) => (list ? [...one, ...maybe, list] : [...one, ...maybe]))
    .concat(['operation', 'when', 'then', 'else', 'cases']),
);

/** Reads the operation in a map; `besides` are keys of that map that belong to somebody else (an action's `output`). */
export function readOperation(
  reader: MapReader,
  problems: Problems,
  depth: number,
  besides: readonly string[],
): Expression {
  const { at } = reader;
  const name = reader.oneOf('operation', [...operationNames, ...operationAliases]);
  if (name === null) return { kind: 'literal', value: null, at };
  const named = reader.named(`operation ${name}`);
  const one = (key: string): Expression => {
    const node = named.needed(key);
    return node ? readExpression(node, problems, depth + 1) : { kind: 'literal', value: null, at };
  };
  const known = ['operation', 'legal_basis', ...besides];
  switch (name) {
    case 'IS_NULL':
    case 'NOT_NULL': {
      named.only([...known, 'subject']);
      const nothing: Expression = { kind: 'literal', value: null, at };
      const isNull = operation('EQUALS', at, { operands: [one('subject'), nothing], keys: ['subject'] });
      return name === 'IS_NULL' ? isNull : not(isNull);
    }
    case 'NOT_EQUALS':
      return not(readPlain('EQUALS', named, problems, depth, known));
    case 'NOT_IN':
      return not(readPlain('IN', named, problems, depth, known));
    case 'IF':
    case 'SWITCH':
      return readIf(named, problems, depth, known);
    case 'CONCAT':
      return readPlain('ADD', named, problems, depth, known);
    case 'SUBTRACT_DATE': {
      // subject − value, counted in `unit` (days if it says nothing).
      named.only([...known, 'subject', 'value', 'unit']);
      const unit: Expression = { kind: 'literal', value: named.maybeText('unit') ?? 'days', at };
      return operation('DATE_DIFF', at, { operands: [one('value'), one('subject'), unit], keys: ['value', 'subject'] });
    }
    default:
      return readPlain(name, named, problems, depth, known);
  }
}

function readPlain(
  name: OperationName,
  reader: MapReader,
  problems: Problems,
  depth: number,
  besides: readonly string[],
): Operation {
  const { one = [], maybe = [], list: listed, words = {}, maybeWords = {} }: OperationKeys = operationTable[name];
  // Older files write the conditions of AND and OR as values.
  const list = listed === 'conditions' && !reader.has(listed) && reader.has('values') ? 'values' : listed;
  reader.only([
    ...besides,
    ...one,
    ...maybe,
    ...(list ? [list] : []),
    ...Object.keys(words),
    ...Object.keys(maybeWords),
  ]);

  const operands = [...one, ...maybe].map((key) => {
    let node = one.includes(key) ? reader.needed(key) : reader.node(key);
    // `IN` with one reference under "values" means the list that it refers to.
    if (name === 'IN' && key === 'value' && reader.node('values')?.kind === 'scalar') node ??= reader.node('values');
    return node ? readExpression(node, problems, depth + 1) : null;
  });
  const settings = new Map<string, string | number>();
  for (const [key, allowed] of Object.entries({ ...words, ...maybeWords })) {
    const node = key in words ? reader.needed(key) : reader.node(key);
    const setting = node && readSetting(key, allowed, node, problems);
    if (setting !== null && setting !== undefined) settings.set(key, setting);
  }
  const items = list ? readList(name, list, reader, problems, depth) : null;
  checkTogether(name, operands, items, reader);
  return operation(name, reader.at, { operands, list: items, listKey: list ?? null, settings });
}

function readList(
  name: OperationName,
  key: string,
  reader: MapReader,
  problems: Problems,
  depth: number,
): readonly Expression[] | null {
  if (name === 'IN' && !reader.has(key)) return null;
  const referred = reader.node(key);
  if (name === 'IN' && referred?.kind === 'scalar') return null;
  if (!reader.needed(key)) return [];
  const list = reader.maybeList(key);
  const items = list?.items.map((item) => readExpression(item, problems, depth + 1)) ?? [];
  const needsOne = key === 'values' && !['IN', 'AND', 'OR'].includes(name);
  if (list && needsOne && items.length === 0)
    problems.add(list.at, 'bad-operation', `${name} needs at least one value.`);
  if (items.length > 1000) problems.add(reader.at, 'bad-operation', 'A list has at most 1,000 items.');
  return items;
}

function checkTogether(
  name: OperationName,
  operands: Operation['operands'],
  list: readonly Expression[] | null,
  reader: MapReader,
): void {
  const complain = (message: string): void => reader.problems.add(reader.at, 'bad-operation', message);
  if (name === 'IN' && (list === null) === !operands[1]) complain('IN needs either "values" (a list) or "value".');
  if (name === 'DATE_ADD' && !operands.slice(1).some(Boolean))
    complain('DATE_ADD needs at least one of years, months, weeks, days.');
  if (name === 'DATE_DIFF') {
    const unit = operands[2];
    const known =
      unit?.kind !== 'literal' || (typeof unit.value === 'string' && ['days', 'months', 'years'].includes(unit.value));
    if (!known) complain('DATE_DIFF counts "in" days, months or years.');
  }
}

function readIf(reader: MapReader, problems: Problems, depth: number, besides: readonly string[]): Operation {
  if (reader.has('when')) return readOlderIf(reader, problems, depth, besides);
  reader.only([...besides, 'cases', 'default']);
  reader.needed('cases');
  const items = reader.list('cases');
  if (reader.has('cases') && items.length === 0)
    problems.add(reader.at, 'bad-operation', 'IF needs at least one case: - { when: …, then: … }.');
  const cases = items.flatMap((item) => {
    const one = MapReader.open(item, 'a case of IF', problems);
    one?.only(['when', 'then', 'legal_basis']);
    const when = one?.needed('when');
    const then = one?.needed('then');
    if (!when || !then) return [];
    return [{ when: readExpression(when, problems, depth + 1), gives: readExpression(then, problems, depth + 1) }];
  });
  const otherwise = reader.node('default');
  const operands = [otherwise ? readExpression(otherwise, problems, depth + 1) : null];
  return operation('IF', reader.at, { operands, cases });
}

/** `when`, `then` and `else` on the IF itself, as files up to v0.4 have it. */
function readOlderIf(reader: MapReader, problems: Problems, depth: number, besides: readonly string[]): Operation {
  reader.only([...besides, 'when', 'then', 'else']);
  const [when, then] = [reader.needed('when'), reader.needed('then')];
  const otherwise = reader.node('else');
  const cases =
    when && then
      ? [{ when: readExpression(when, problems, depth + 1), gives: readExpression(then, problems, depth + 1) }]
      : [];
  const operands = [otherwise ? readExpression(otherwise, problems, depth + 1) : null];
  return operation('IF', reader.at, { operands, cases });
}

function readSetting(
  key: string,
  allowed: readonly string[] | 'precision' | 'name',
  node: YamlNode,
  problems: Problems,
): string | number | null {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (allowed === 'precision') {
    if (typeof value === 'bigint' && value >= -28n && value <= 28n) return Number(value);
    problems.add(node.at, 'bad-operation', 'A precision is a whole number from -28 to 28, written out.');
    return null;
  }
  if (allowed === 'name') {
    if (typeof value === 'string' && /^[a-z_][a-z0-9_]*$/.test(value) && value !== 'referencedate') return value;
    problems.add(node.at, 'bad-operation', `"${key}" is a name in lower-case letters, such as item.`);
    return null;
  }
  if (typeof value === 'string' && allowed.includes(value)) return value;
  problems.add(node.at, 'bad-operation', `"${key}" must be one of ${allowed.join(', ')}.`);
  return null;
}

function readScalar(value: Scalar, at: Place, problems: Problems): Expression {
  if (typeof value !== 'string' || !value.startsWith('$')) {
    if (typeof value === 'bigint' && (value > maxInteger || value < -maxInteger - 1n)) {
      problems.add(at, 'bad-number', 'A whole number has at most 64 bits.');
    }
    return { kind: 'literal', value, at };
  }
  const [name = '', ...path] = value.slice(1).split('.');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || path.some((part) => !/^\w+$/.test(part))) {
    problems.add(at, 'bad-reference', `"${value}" is not a reference. Write $name or $name.property.`);
  } else if (path.length > 32) {
    problems.add(at, 'bad-reference', 'A reference takes at most 32 steps into a value.');
  }
  return { kind: 'reference', name, path, at };
}

/** A value without references or operations, for definitions. */
export function readLiteral(node: YamlNode, problems: Problems): Literal {
  if (node.kind === 'list') return node.items.map((item) => readLiteral(item, problems));
  if (node.kind === 'map')
    return new Map([...node.entries].map(([key, { value }]) => [key, readLiteral(value, problems)]));
  if (typeof node.value === 'string' && node.value.startsWith('$')) {
    problems.add(
      node.at,
      'bad-definition',
      `A definition is a fixed value; "${node.value}" is a reference. Make it an output.`,
    );
  }
  return node.value;
}

const maxInteger = 2n ** 63n - 1n;

function not(value: Expression): Operation {
  return operation('NOT', value.at, { operands: [value], keys: [] });
}

function operation(
  name: OperationName,
  at: Place,
  parts: Partial<Pick<Operation, 'operands' | 'keys' | 'list' | 'listKey' | 'cases' | 'settings'>>,
): Operation {
  return {
    kind: 'operation',
    operation: name,
    at,
    operands: parts.operands ?? [],
    list: parts.list ?? null,
    keys: parts.keys ?? [...(operationTable[name].one ?? []), ...(operationTable[name].maybe ?? [])],
    listKey: parts.listKey ?? operationTable[name].list ?? null,
    cases: parts.cases ?? [],
    settings: parts.settings ?? new Map(),
  };
}
