import { confidences } from '@meedoen/units';
import {
  actors,
  durationUnits,
  type Contradiction,
  type Duration,
  type FactCondition,
  type FactRow,
  type FactTable,
  type StepRule,
  type TakesKind,
} from './fact-table.ts';
import { MapReader, Problems } from './map-reader.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { FactValue } from './situation.ts';
import { readYaml, type YamlNode } from './yaml-tree.ts';

/** Reads the table of facts that we may ask for. */
export function parseFactTable(text: string, file: string): ParsedFile<FactTable> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const reader = MapReader.open(tree.value, 'the table of facts', problems);
  if (!reader) return { ok: false, problems: problems.list };
  reader.only(['facts', 'contradictions']);
  reader.needed('facts');
  const facts = reader.list('facts').flatMap((node) => readFact(node, problems));
  const contradictions = reader.list('contradictions').flatMap((node) => readContradiction(node, problems));
  checkFacts({ facts, contradictions }, problems);
  return problems.list.length === 0
    ? { ok: true, value: { facts, contradictions } }
    : { ok: false, problems: problems.list };
}

function readFact(node: YamlNode, problems: Problems): FactRow[] {
  const reader = MapReader.open(node, 'a fact', problems);
  if (!reader) return [];
  const id = reader.text('id');
  const fact = reader.named(`fact "${id}"`);
  fact.only(['id', 'law_name', 'type', 'choices', 'past', 'min', 'max', 'ask_when', 'step']);
  const type = fact.oneOf('type', ['choice', 'date', 'boolean', 'number']) ?? 'boolean';
  if (type === 'choice') fact.needed('choices');
  else if (fact.has('choices'))
    problems.add(fact.place('choices'), 'unknown-key', 'Only a fact of type choice has "choices".');
  if (fact.has('past') && type !== 'date')
    problems.add(fact.place('past'), 'unknown-key', 'Only a date can be "past".');
  if (fact.has('step') && type !== 'boolean') {
    problems.add(
      fact.place('step'),
      'bad-step',
      'Only a boolean fact can be a step: something that is done or not done.',
    );
  }
  const step = fact.map('step');
  return [
    {
      id,
      lawName: fact.text('law_name'),
      type,
      choices: fact.texts('choices'),
      past: fact.boolean('past', false),
      min: readBound(fact, 'min', type),
      max: readBound(fact, 'max', type),
      askWhen: readConditions(fact, 'ask_when', problems),
      step: step ? readStep(step.named(`the step of "${id}"`), problems) : null,
      at: fact.at,
    },
  ];
}

function readBound(fact: MapReader, key: 'min' | 'max', type: FactRow['type']): number | null {
  const value = fact.scalar(key);
  if (value === undefined) return null;
  if (type === 'number' && typeof value === 'bigint') return Number(value);
  fact.wrong(fact.place(key), key, 'a whole number, on a fact of type number');
  return null;
}

/** Facts with the values they must have: `{ document: [asylum-request] }`. */
export function readConditions(reader: MapReader, key: string, problems: Problems): readonly FactCondition[] {
  const map = reader.map(key);
  return (map?.keys() ?? []).map((fact) => ({
    fact,
    values: (map?.list(fact) ?? []).flatMap((item): FactValue[] => {
      if (item.kind === 'scalar' && (typeof item.value === 'string' || typeof item.value === 'boolean'))
        return [item.value];
      problems.add(item.at, 'wrong-kind', `"${key}" takes words, true or false.`);
      return [];
    }),
  }));
}

const takesKinds: ReadonlyMap<string, TakesKind> = new Map([
  ['at_most', 'at most'],
  ['typical', 'typical'],
  ['at_least', 'at least'],
]);

function readStep(step: MapReader, problems: Problems): StepRule {
  step.only(['who', 'takes', 'after', 'facts', 'confidence']);
  const takes = step.map('takes')?.named('"takes"') ?? null;
  takes?.only([...takesKinds.keys()]);
  const [kind, ...more] = takes ? [...takesKinds.keys()].filter((key) => takes.has(key)) : [];
  if (takes && (!kind || more.length > 0)) {
    problems.add(takes.at, 'bad-step', 'Say how long it takes with one of at_most, typical or at_least.');
  }
  const length = kind ? (takes?.map(kind) ?? null) : null;
  return {
    who: step.oneOf('who', actors) ?? 'you',
    takes: length ? readDuration(length, problems) : null,
    takesKind: (kind ? takesKinds.get(kind) : null) ?? null,
    after: step.texts('after'),
    facts: step.texts('facts'),
    confidence: step.has('confidence') ? (step.oneOf('confidence', confidences) ?? 'inference') : 'inference',
  };
}

/** A length of time of at least `least` days, weeks, months or working days. */
export function readDuration(reader: MapReader, problems: Problems, least: 0n | 1n = 1n): Duration | null {
  reader.only(durationUnits);
  const [unit, ...more] = durationUnits.filter((candidate) => reader.has(candidate));
  const count = unit ? reader.scalar(unit) : null;
  if (unit && more.length === 0 && typeof count === 'bigint' && count >= least && count < 10_000n)
    return { count: Number(count), unit };
  problems.add(
    reader.at,
    'bad-duration',
    `Write a length of time as one of ${durationUnits.join(', ')} with a whole number, such as { weeks: 5 }.`,
  );
  return null;
}

function readContradiction(node: YamlNode, problems: Problems): Contradiction[] {
  const reader = MapReader.open(node, 'a contradiction', problems);
  if (!reader) return [];
  reader.only(['id', 'earlier', 'later', 'together']);
  const { at } = reader;
  const id = reader.text('id');
  if (reader.has('together'))
    return [{ id, kind: 'together', facts: readConditions(reader, 'together', problems), at }];
  return [{ id, kind: 'order', earlier: reader.text('earlier'), later: reader.text('later'), at }];
}

function checkFacts({ facts, contradictions }: FactTable, problems: Problems): void {
  const byId = new Map<string, FactRow>();
  const lawNames = new Set<string>();
  for (const fact of facts) {
    if (byId.has(fact.id))
      problems.add(fact.at, 'duplicate-name', `The fact "${fact.id}" stands in the table twice. Keep one of them.`);
    if (lawNames.has(fact.lawName))
      problems.add(fact.at, 'duplicate-name', `Two facts have the law name "${fact.lawName}".`);
    byId.set(fact.id, fact);
    lawNames.add(fact.lawName);
  }
  const check = ({ fact, values }: FactCondition, at: FactRow['at']): void => {
    const row = byId.get(fact);
    if (!row) problems.add(at, 'dangling', `There is no fact "${fact}".`, { fact });
    for (const value of values) {
      const fits =
        row?.type === 'choice'
          ? row.choices.includes(String(value))
          : row?.type !== 'boolean' || typeof value === 'boolean';
      if (row && !fits) problems.add(at, 'dangling', `"${fact}" cannot be "${value}".`, { fact });
    }
  };
  for (const { step, at } of facts) {
    for (const fact of step?.after ?? []) {
      if (!byId.get(fact)?.step) problems.add(at, 'dangling', `There is no step "${fact}" to come first.`, { fact });
    }
  }
  for (const { askWhen, at } of facts) for (const condition of askWhen) check(condition, at);
  for (const contradiction of contradictions) {
    if (contradiction.kind === 'together')
      for (const condition of contradiction.facts) check(condition, contradiction.at);
    else
      for (const fact of [contradiction.earlier, contradiction.later]) {
        if (byId.get(fact)?.type !== 'date')
          problems.add(contradiction.at, 'dangling', `There is no fact "${fact}" that is a date.`, { fact });
      }
  }
}
