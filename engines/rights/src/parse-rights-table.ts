import { MapReader, Problems } from './map-reader.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { OutputOfLaw, RightRow, RightsTable, TermRow } from './rights-table.ts';
import { readYaml, type YamlNode } from './yaml-tree.ts';

/** Reads the table of rights and duties that we answer: a list, or a map with the list under `rights`. */
export function parseRightsTable(text: string, file: string): ParsedFile<RightsTable> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const rows = rowsOf(tree.value, problems).flatMap((node) => {
    const reader = MapReader.open(node, 'a right', problems);
    return reader ? [readRight(reader, problems)] : [];
  });
  const seen = new Set<string>();
  for (const { id, at } of rows) {
    if (seen.has(id))
      problems.add(at, 'duplicate-name', `The right "${id}" stands in the table twice. Keep one of them.`);
    seen.add(id);
  }
  return problems.list.length === 0 ? { ok: true, value: rows } : { ok: false, problems: problems.list };
}

function rowsOf(node: YamlNode, problems: Problems): readonly YamlNode[] {
  if (node.kind === 'list') return node.items;
  const reader = MapReader.open(node, 'the table of rights', problems);
  reader?.only(['rights']);
  reader?.needed('rights');
  return reader?.list('rights') ?? [];
}

function readRight(reader: MapReader, problems: Problems): RightRow {
  const id = reader.text('id');
  const right = reader.named(`right "${id}"`);
  right.only(['id', 'domain', 'kind', 'law', 'output', 'terms', 'ends', 'weeks_in_52', 'gives', 'person_who_helps']);
  if (id && !/^[a-z][a-z0-9-]*$/.test(id)) {
    problems.add(right.place('id'), 'bad-name', `"${id}" is not an id: use lower-case letters, digits and hyphens.`);
  }
  return {
    id,
    domain: right.text('domain'),
    kind: right.oneOf('kind', ['right', 'duty']) ?? 'right',
    law: right.text('law'),
    output: right.text('output'),
    terms: right.list('terms').flatMap((node) => readTerm(node, problems)),
    ends: right.list('ends').flatMap((node) => readOutput(node, problems)),
    weeksIn52: right.has('weeks_in_52') ? (readOutput(right.needed('weeks_in_52')!, problems)[0] ?? null) : null,
    gives: right.maybeText('gives'),
    personWhoHelps: right.texts('person_who_helps'),
    at: right.at,
  };
}

function readTerm(node: YamlNode, problems: Problems): TermRow[] {
  const reader = MapReader.open(node, 'a term', problems);
  reader?.only(['name', 'law', 'output']);
  return reader
    ? [{ name: reader.text('name'), law: reader.text('law'), output: reader.text('output'), at: reader.at }]
    : [];
}

function readOutput(node: YamlNode, problems: Problems): OutputOfLaw[] {
  const reader = MapReader.open(node, 'an output of a law', problems);
  reader?.only(['law', 'output']);
  return reader ? [{ law: reader.text('law'), output: reader.text('output'), at: reader.at }] : [];
}
