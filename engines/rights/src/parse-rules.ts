// The machine-readable part of an article: definitions, fields and actions.
import type { Action, ArticleRules, Field, FieldType, InputField, Literal, Source } from './law-file.ts';
import { fieldTypes } from './law-file.ts';
import { MapReader, type Problems } from './map-reader.ts';
import { operationAliases, operationNames, operationTable, type OperationName } from './operation-table.ts';
import { readExpression, readLiteral, readOperation } from './parse-expression.ts';
import type { YamlNode } from './yaml-tree.ts';

// Parts of the format that change what a law computes and that this engine does not execute yet.
const notYetSupported = ['open_terms', 'implements', 'hooks', 'overrides', 'untranslatables', 'markings'];
// Parts that describe and compute nothing.
const descriptive = ['endpoint', 'competent_authority', 'requires', 'declares'];

/** Reads `machine_readable`. Unknown keys are refused, and so is what this engine cannot execute. */
export function readRules(node: YamlNode, problems: Problems): ArticleRules | null {
  const reader = MapReader.open(node, '"machine_readable"', problems);
  if (!reader) return null;
  reader.only(['definitions', 'execution', ...notYetSupported, ...descriptive]);
  for (const key of notYetSupported) refuseUnlessEmpty(reader, key);

  const execution = reader.map('execution');
  execution?.only(['produces', 'parameters', 'input', 'output', 'actions']);
  const rules: ArticleRules = {
    definitions: readDefinitions(reader, problems),
    parameters: (execution?.list('parameters') ?? []).flatMap((item) => readField(item, 'parameter', problems)),
    inputs: (execution?.list('input') ?? []).flatMap((item) => readInput(item, problems)),
    outputs: (execution?.list('output') ?? []).flatMap((item) => readField(item, 'output', problems)),
    actions: (execution?.list('actions') ?? []).flatMap((item) => readAction(item, problems)),
    at: reader.at,
  };
  checkNames(rules, problems);
  return rules;
}

function refuseUnlessEmpty(reader: MapReader, key: string): void {
  if (!reader.has(key) || reader.maybeList(key)?.items.length === 0) return;
  reader.problems.add(
    reader.place(key),
    'not-supported-yet',
    `"${key}" is not supported yet: this engine would compute the article without it. Leave the law out for now.`,
    { key },
  );
}

function readDefinitions(reader: MapReader, problems: Problems): ReadonlyMap<string, Literal> {
  const definitions = new Map<string, Literal>();
  const map = reader.map('definitions');
  for (const name of map?.keys() ?? []) {
    const node = map?.node(name);
    if (!map || !node) continue;
    const described =
      node.kind === 'map' && node.entries.has('value') ? MapReader.open(node, `definition "${name}"`, problems) : null;
    described?.only(['value', 'type', 'type_spec', 'description', 'legal_basis']);
    definitions.set(name, readLiteral(described?.node('value') ?? node, problems));
  }
  return definitions;
}

const fieldKeys = ['name', 'type', 'nullable', 'description', 'type_spec', 'temporal', 'legal_basis'];

function readField(node: YamlNode, role: 'parameter' | 'input' | 'output', problems: Problems): Field[] {
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
  const unit = reader.map('type_spec')?.maybeText('unit') ?? null;
  return [
    {
      name,
      type,
      unit,
      description: reader.maybeText('description'),
      nullable: reader.boolean('nullable', false),
      required: reader.boolean('required', true),
      at: reader.at,
    },
  ];
}

function readInput(node: YamlNode, problems: Problems): InputField[] {
  const reader = node.kind === 'map' ? MapReader.open(node, 'this input', problems) : null;
  return readField(node, 'input', problems).map((field) => {
    const source = reader?.needed('source') ? reader.map('source')?.named(`the source of "${field.name}"`) : null;
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
  const besides = ['output', 'legal_basis', 'description'];
  if (!named.has('operation')) {
    named.only([...besides, 'value', 'operation']);
    const value = named.needed('value');
    return value ? [{ output, value: readExpression(value, problems), at: reader.at }] : [];
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
  return [{ output, value: readOperation(named, problems, 0, besides), at: reader.at }];
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
  const computed = new Set<string>();
  for (const { output, at } of rules.actions) {
    if (!output) continue;
    if (!rules.outputs.some(({ name }) => name === output)) {
      problems.add(
        at,
        'undeclared-output',
        `The action computes "${output}", which is not in the "output" list. Declare it there.`,
        { name: output },
      );
    }
    if (computed.has(output))
      problems.add(at, 'duplicate-name', `"${output}" is computed twice. Keep one action for it.`, { name: output });
    computed.add(output);
  }
  for (const { name, at } of rules.outputs) {
    if (name && !computed.has(name))
      problems.add(at, 'output-without-action', `No action computes output "${name}". Add one, or remove the output.`, {
        name,
      });
  }
}
