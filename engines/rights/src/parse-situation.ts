import { isoDay, parseDay, type Day, type Parsed, type Place, type Problem } from '@meedoen/units';
import type { Contradiction, FactCondition, FactRow, FactTable } from './fact-table.ts';
import { nearest } from './map-reader.ts';
import type { FactValue, Situation } from './situation.ts';
import { readYaml, type YamlMap } from './yaml-tree.ts';

export type ParsedSituation =
  | { readonly ok: true; readonly situation: Situation }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads what a person told us: JSON text, or the value it stands for. Every fact is checked against the table:
 * known, of its type, among its choices, a date that exists and is not in the future, and nothing that contradicts.
 * Problems carry a JSON pointer, and for text also line and column. `file` only names the text in problems.
 */
export function parseSituation(table: FactTable, json: unknown, today: Day, file?: string): ParsedSituation {
  const read = typeof json === 'string' ? readText(json, file) : { ok: true as const, value: json, places: null };
  if (!read.ok) return read;
  const place = (pointer: string): Place => ({
    ...read.places?.get(pointer),
    ...(file === undefined ? {} : { file }),
    pointer,
  });

  const shape = readShape(read.value, place);
  if (!shape.ok) return shape;
  const problems: Problem[] = [];
  const facts: Record<string, FactValue | null> = {};
  for (const [id, value] of Object.entries(shape.facts)) {
    const at = place(`/facts/${escapePointer(id)}`);
    const row = table.facts.find((candidate) => candidate.id === id);
    const checked = row ? checkFact(row, value, today) : unknownFact(id, table);
    if (checked.ok) facts[id] = checked.value;
    else problems.push({ ...checked.problem, at });
  }
  for (const contradiction of table.contradictions) {
    const [first] = factsThatContradict(contradiction, facts) ?? [];
    if (first === undefined) continue;
    problems.push({ ...contradicts(contradiction, facts), at: place(`/facts/${escapePointer(first)}`) });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, situation: { facts } };
}

type ReadText =
  | { readonly ok: true; readonly value: unknown; readonly places: ReadonlyMap<string, Place> | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

// JSON is YAML (but for tabs), so the YAML reader knows the places; JSON.parse keeps us from accepting more than JSON.
function readText(text: string, file: string | undefined): ReadText {
  const tree = readYaml(text, file ?? '');
  const value = parseJson(text);
  const named = file === undefined ? {} : { file };
  if (!tree.ok) {
    const harmless = value !== undefined && tree.problems.every(({ what }) => what === 'yaml-syntax');
    if (harmless) return { ok: true, value, places: null };
    return {
      ok: false,
      problems: tree.problems.map((problem) => ({ ...problem, at: { ...lineOf(problem.at), ...named, pointer: '' } })),
    };
  }
  if (value === undefined) {
    return refuse(
      { line: 1, column: 1, ...named, pointer: '' },
      'situation-shape',
      {},
      'This is not JSON. Write { "facts": { … } }, with quotes around every key and every word.',
    );
  }
  const places = new Map<string, Place>();
  if (tree.value.kind === 'map') notePlaces(tree.value, '', places);
  return { ok: true, value, places };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notePlaces(map: YamlMap, pointer: string, places: Map<string, Place>): void {
  for (const [key, entry] of map.entries) {
    const inner = `${pointer}/${escapePointer(key)}`;
    places.set(inner, lineOf(entry.at));
    if (entry.value.kind === 'map') notePlaces(entry.value, inner, places);
  }
}

function lineOf(place: Place | undefined): Place {
  return place?.line === undefined || place.column === undefined ? {} : { line: place.line, column: place.column };
}

type Shape =
  | { readonly ok: true; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function readShape(value: unknown, place: (pointer: string) => Place): Shape {
  if (!isRecord(value) || !isRecord(value['facts'])) {
    return refuse(
      place(''),
      'situation-shape',
      {},
      'A situation looks like { "facts": { "document": "asylum-request" } }.',
    );
  }
  for (const key of Object.keys(value)) {
    if (key === 'facts' || key === '$schema') continue;
    return refuse(
      place(`/${escapePointer(key)}`),
      'situation-shape',
      { key },
      `A situation cannot have the key "${key}". Put facts under "facts".`,
    );
  }
  return { ok: true, facts: value['facts'] };
}

function unknownFact(id: string, table: FactTable): Parsed<FactValue | null> {
  const meant = nearest(
    id,
    table.facts.map((row) => row.id),
  );
  const advice = meant ? `Did you mean "${meant}"?` : 'Leave it out.';
  return no('fact-unknown', { fact: id.slice(0, 60) }, `There is no fact "${id.slice(0, 60)}". ${advice}`);
}

/** One value as a fact: of its type, among its choices, in its range, a date that exists and may be; null stays null. */
export function checkFact(row: FactRow, value: unknown, today: Day): Parsed<FactValue | null> {
  if (value === null) return { ok: true, value: null };
  const fact = row.id;
  switch (row.type) {
    case 'choice':
      if (typeof value === 'string' && row.choices.includes(value)) return { ok: true, value };
      return no(
        'fact-choice',
        { fact, choices: row.choices.join(', ') },
        `"${fact}" is one of ${row.choices.join(', ')}, or null for "I do not know".`,
      );
    case 'boolean':
      if (typeof value === 'boolean') return { ok: true, value };
      return no('fact-boolean', { fact }, `"${fact}" is true or false, or null for "I do not know".`);
    case 'number': {
      const min = row.min ?? -1e15;
      const max = row.max ?? 1e15;
      if (typeof value === 'number' && value >= min && value <= max) return { ok: true, value };
      const range = row.min !== null && row.max !== null ? ` from ${min} to ${max}` : '';
      return no(
        'fact-number',
        { fact, min, max },
        `"${fact}" is a number${range} without quotes, or null for "I do not know".`,
      );
    }
    case 'date': {
      const parsed = parseDay(value);
      if (!parsed.ok) {
        const { what, words, message } = parsed.problem;
        const code = what === 'date-format' ? 'fact-date' : what;
        return no(code, { ...words, fact }, `"${fact}": ${message}`);
      }
      if (row.past && parsed.value > today) {
        return no(
          'fact-date-future',
          { fact, date: isoDay(parsed.value), today: isoDay(today) },
          `"${fact}" lies in the future. Write a date up to ${isoDay(today)}.`,
        );
      }
      return { ok: true, value: isoDay(parsed.value) };
    }
  }
}

/** The facts of a contradiction if they indeed exclude each other, the one to mend first in front. */
export function factsThatContradict(contradiction: Contradiction, facts: Situation['facts']): readonly string[] | null {
  if (contradiction.kind === 'together') {
    const holds = ({ fact, values }: FactCondition): boolean => {
      const given = facts[fact];
      return given !== undefined && given !== null && values.includes(given);
    };
    return contradiction.facts.every(holds) ? contradiction.facts.map(({ fact }) => fact).reverse() : null;
  }
  const earlier = facts[contradiction.earlier];
  const later = facts[contradiction.later];
  // Dates written 2026-11-23 sort as text.
  const wrong = typeof earlier === 'string' && typeof later === 'string' && later < earlier;
  return wrong ? [contradiction.later, contradiction.earlier] : null;
}

/** What is wrong, said with the facts and their values; `words.fact` is the one to mend first. */
export function contradicts(contradiction: Contradiction, facts: Situation['facts']): Problem {
  const ids = factsThatContradict(contradiction, facts) ?? [];
  const shown = ids.map((id) => `"${id}" (${String(facts[id])})`).join(' and ');
  const message =
    contradiction.kind === 'order'
      ? `"${contradiction.later}" (${String(facts[contradiction.later])}) cannot lie before "${contradiction.earlier}" (${String(facts[contradiction.earlier])}). Change one of them.`
      : `${shown} cannot be true together. Change one of them.`;
  return {
    what: 'facts-contradict',
    words: { contradiction: contradiction.id, fact: ids[0] ?? '', facts: ids.join(', ') },
    message,
  };
}

function no(what: string, words: Problem['words'], message: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { what, words, message } };
}

function refuse(
  at: Place,
  what: string,
  words: Problem['words'],
  message: string,
): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [{ at, what, words, message }] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
