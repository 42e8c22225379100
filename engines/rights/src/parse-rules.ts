// The machine-readable part of an article: definitions, fields and actions.
import {
  fieldTypes,
  units,
  type Action,
  type ArticleRules,
  type Expression,
  type Field,
  type FieldType,
  type InputField,
  type Literal,
  type Source,
  type Unit,
} from './law-file.ts';
import { MapReader, type Problems } from './map-reader.ts';
import { operationAliases, operationNames, operationTable, type OperationName } from './operation-table.ts';
import { readExpression, readLiteral, readOperation } from './parse-expression.ts';
import { readHooks, readImplements, readMarkings, readOpenTerms, readOverrides, readProduces } from './parse-parts.ts';
import type { YamlNode } from './yaml-tree.ts';

// Parts that describe and compute nothing.
const descriptive = ['endpoint', 'competent_authority', 'requires', 'declares', 'enables'];
const binding = ['open_terms', 'implements', 'hooks', 'overrides', 'untranslatables', 'markings'];

/** Reads `machine_readable`. Unknown keys are refused. `mayBeNull`: what a field may be that does not say `nullable`. */
export function readRules(node: YamlNode, problems: Problems, mayBeNull = false): ArticleRules | null {
  const reader = MapReader.open(node, '"machine_readable"', problems);
  if (!reader) return null;
  reader.only(['definitions', 'execution', ...binding, ...descriptive]);
  const execution = reader.map('execution');
  execution?.only(['produces', 'parameters', 'input', 'output', 'actions']);
  const field = (role: Role) => (item: YamlNode) => readField(item, role, problems, mayBeNull);
  const rules: ArticleRules = {
    ...readDefinitions(reader, problems),
    parameters: (execution?.list('parameters') ?? []).flatMap(field('parameter')),
    inputs: (execution?.list('input') ?? []).flatMap((item) => readInput(item, problems, mayBeNull)),
    outputs: (execution?.list('output') ?? []).flatMap(field('output')),
    actions: (execution?.list('actions') ?? []).flatMap((item) => readAction(item, problems)),
    produces: readProduces(execution),
    openTerms: readOpenTerms(reader, problems, (item) => readAction(item, problems)),
    implements: readImplements(reader, problems),
    hooks: readHooks(reader, problems),
    overrides: readOverrides(reader, problems),
    markings: readMarkings(reader, problems),
    at: reader.at,
  };
  checkNames(rules, problems);
  return rules;
}

type Role = 'parameter' | 'input' | 'output';

function readDefinitions(reader: MapReader, problems: Problems): Pick<ArticleRules, 'definitions' | 'definitionUnits'> {
  const definitions = new Map<string, Literal>();
  const definitionUnits = new Map<string, Unit>();
  const map = reader.map('definitions');
  for (const name of map?.keys() ?? []) {
    const node = map?.node(name);
    if (!map || !node) continue;
    const described =
      node.kind === 'map' && node.entries.has('value') ? MapReader.open(node, `definition "${name}"`, problems) : null;
    described?.only(['value', 'type', 'type_spec', 'description', 'legal_basis']);
    definitions.set(name, readLiteral(described?.node('value') ?? node, problems));
    const unit = described?.map('type_spec')?.maybeOneOf('unit', units);
    if (unit) definitionUnits.set(name, unit);
  }
  return { definitions, definitionUnits };
}

const fieldKeys = ['name', 'type', 'nullable', 'description', 'type_spec', 'temporal', 'legal_basis'];

function readField(node: YamlNode, role: Role, problems: Problems, mayBeNull: boolean): Field[] {
  const reader = MapReader.open(node, `this ${role}`, problems);
  if (!reader) return [];
  const name = reader.text('name');
  // Newer files put more keys on a parameter; they change nothing for us.
  if (role === 'output') reader.named(`output "${name}"`).only(fieldKeys);
  if (role === 'input') reader.named(`input "${name}"`).only([...fieldKeys, 'source']);
  if (name && !/^[A-Za-z_]\w*$/.test(name)) {
    problems.add(reader.place('name'), 'bad-name', `"${name}" is not a name: use letters, digits and _.`, { name });
  }
  if (name === 'referencedate')
    problems.add(reader.place('name'), 'bad-name', '"referencedate" is the calculation date; choose another name.');
  const type: FieldType = reader.oneOf('type', fieldTypes) ?? 'string';
  const spec = reader.map('type_spec')?.named(`"type_spec" of "${name}"`);
  spec?.only(['unit', 'precision', 'min', 'max']);
  return [
    {
      name,
      type,
      description: reader.maybeText('description'),
      unit: spec?.maybeOneOf('unit', units) ?? null,
      precision: spec?.maybeNumber('precision') ?? null,
      nullable: reader.boolean('nullable', mayBeNull),
      required: reader.boolean('required', true),
      at: reader.at,
    },
  ];
}

function readInput(node: YamlNode, problems: Problems, mayBeNull: boolean): InputField[] {
  const reader = node.kind === 'map' ? MapReader.open(node, 'this input', problems) : null;
  return readField(node, 'input', problems, mayBeNull).map((field) => {
    // The engines of this format take an input without a source for a plain fact; so do we.
    const written = reader?.node('source');
    const isEmpty = !written || (written.kind === 'scalar' && written.value === null);
    const source = reader && !isEmpty ? reader.map('source')?.named(`the source of "${field.name}"`) : null;
    return { ...field, source: source ? readSource(source, field.name, problems) : { kind: 'fact' } };
  });
}

function readSource(reader: MapReader, input: string, problems: Problems): Source {
  reader.only(['regulation', 'output', 'parameters', 'description', 'endpoint']);
  const law = reader.maybeText('regulation');
  const output = reader.maybeText('output');
  if (law === null) return output === null ? { kind: 'fact' } : { kind: 'same law', output };
  const mapping = reader.map('parameters');
  const parameters = (mapping?.keys() ?? []).flatMap((name) => {
    const node = mapping?.node(name);
    return node ? [[name, readExpression(node, problems)] as const] : [];
  });
  return { kind: 'other law', law, output: output ?? input, parameters: new Map(parameters) };
}

function readAction(node: YamlNode, problems: Problems): Action[] {
  const reader = MapReader.open(node, 'this action', problems);
  if (!reader) return [];
  const output = reader.text('output');
  const named = reader.named(`the action for "${output}"`);
  const besides = ['output', 'legal_basis', 'description', 'resolve'];
  if (!named.has('operation')) {
    named.only([...besides, 'value', 'operation', 'values', 'precision', 'subject', 'conditions']);
    const value = named.node('value');
    const nothing: Expression = { kind: 'literal', value: null, at: reader.at };
    return [{ output, value: value ? readExpression(value, problems) : nothing, inline: false, at: reader.at }];
  }
  const operation = named.scalar('operation');
  const inline = [...operationNames, ...operationAliases].filter(isInline);
  if (typeof operation === 'string' && isOperation(operation) && !isInline(operation)) {
    problems.add(
      named.place('operation'),
      'bad-operation',
      `${operation} cannot stand on the action itself. Write it under "value".`,
    );
    return [];
  }
  if (!inline.includes(operation as OperationName)) {
    named.oneOf('operation', inline);
    return [];
  }
  return [{ output, value: readOperation(named, problems, 0, besides), inline: true, at: reader.at }];
}

function isOperation(name: string): name is OperationName {
  return name in operationTable;
}

function isInline(name: string): boolean {
  if (isOperation(name)) return operationTable[name].inline === true;
  return name !== 'SWITCH';
}

function checkNames(rules: ArticleRules, problems: Problems): void {
  const roles = [rules.parameters, rules.inputs, rules.outputs];
  for (const fields of roles) {
    const seen = new Set<string>();
    for (const { name, at } of fields) {
      if (name && seen.has(name))
        problems.add(at, 'duplicate-name', `"${name}" is declared twice here. Keep one of them.`, { name });
      seen.add(name);
    }
  }
}
