import { confidences } from '@meedoen/units';
import type { FactRow, FactTable } from '../fact-table.ts';
import { MapReader, Problems } from '../map-reader.ts';
import type { ParsedFile } from '../parsed-file.ts';
import type { FactValue } from '../situation.ts';
import { readYaml, type Scalar, type YamlNode } from '../yaml-tree.ts';
import type { Door, DoorTable } from './door-table.ts';

/** Reads the table of doors, and checks it against the table of facts. */
export function parseDoors(text: string, file: string, table: FactTable): ParsedFile<DoorTable> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const reader = MapReader.open(tree.value, 'the table of doors', problems);
  if (!reader) return { ok: false, problems: problems.list };
  reader.only(['arrival', 'fixed', 'part_of_a_door', 'doors']);
  reader.needed('doors');
  const rows = new Map(table.facts.map((row) => [row.id, row]));
  const named = (key: string): readonly string[] => {
    const ids = reader.texts(key);
    for (const id of ids) if (!rows.has(id)) dangling(reader, key, id);
    return ids;
  };
  const value: DoorTable = {
    arrival: named('arrival'),
    fixed: named('fixed'),
    partOfADoor: reader.texts('part_of_a_door'),
    doors: reader.list('doors').flatMap((node) => readDoor(node, rows, problems)),
  };
  for (const id of value.arrival) {
    if (rows.has(id) && rows.get(id)?.type !== 'date')
      reader.wrong(reader.place('arrival'), 'arrival', 'facts that are dates');
  }
  const seen = new Set<string>();
  for (const { id, at } of value.doors) {
    if (seen.has(id))
      problems.add(at, 'duplicate-name', `The door "${id}" stands in the table twice. Keep one of them.`);
    seen.add(id);
  }
  return problems.list.length === 0 ? { ok: true, value } : { ok: false, problems: problems.list };
}

function readDoor(node: YamlNode, rows: ReadonlyMap<string, FactRow>, problems: Problems): Door[] {
  const reader = MapReader.open(node, 'a door', problems);
  if (!reader) return [];
  const id = reader.text('id');
  const door = reader.named(`door "${id}"`);
  door.only(['id', 'name', 'sets', 'starts', 'forgets', 'facts', 'confidence']);
  if (id && !/^[a-z][a-z0-9-]*$/.test(id)) {
    problems.add(door.place('id'), 'bad-name', `"${id}" is not an id: use lower-case letters, digits and hyphens.`);
  }
  const sets: Record<string, FactValue> = {};
  const given = door.needed('sets') ? door.map('sets') : null;
  for (const fact of given?.keys() ?? []) {
    const row = rows.get(fact);
    if (!given || !row) {
      dangling(door, 'sets', fact);
      continue;
    }
    const value = given.scalar(fact);
    if (fits(row, value)) sets[fact] = typeof value === 'bigint' ? Number(value) : value;
    else problems.add(given.place(fact), 'dangling', `"${fact}" cannot be "${shown(value)}".`, { fact });
  }
  for (const key of ['starts', 'forgets'] as const) {
    for (const fact of door.texts(key)) {
      if (!rows.has(fact)) dangling(door, key, fact);
      else if (key === 'starts' && rows.get(fact)?.type !== 'date')
        door.wrong(door.place(key), key, 'facts that are dates');
    }
  }
  const names = door.needed('name') ? door.map('name') : null;
  return [
    {
      id,
      name: Object.fromEntries((names?.keys() ?? []).map((language) => [language, names?.text(language) ?? ''])),
      sets,
      starts: door.texts('starts'),
      forgets: door.texts('forgets'),
      facts: door.texts('facts'),
      confidence: door.has('confidence') ? (door.oneOf('confidence', confidences) ?? 'inference') : 'inference',
      at: door.at,
    },
  ];
}

function shown(value: Scalar | undefined): string {
  return typeof value === 'object' || value === undefined ? '…' : String(value);
}

function fits(row: FactRow, value: unknown): value is string | boolean | bigint {
  switch (row.type) {
    case 'choice':
      return typeof value === 'string' && row.choices.includes(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'bigint';
    case 'date':
      // A date hangs on the day of arrival: that is what "starts" is for.
      return false;
  }
}

function dangling(reader: MapReader, key: string, fact: string): void {
  reader.problems.add(reader.place(key), 'dangling', `There is no fact "${fact}".`, { fact });
}
