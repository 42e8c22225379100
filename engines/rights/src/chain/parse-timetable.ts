import { confidences } from '@meedoen/units';
import { actors, durationUnits, type FactCondition, type FactTable } from '../fact-table.ts';
import { MapReader, Problems } from '../map-reader.ts';
import { readConditions, readDuration } from '../parse-fact-table.ts';
import type { ParsedFile } from '../parsed-file.ts';
import { readYaml, type YamlNode } from '../yaml-tree.ts';
import {
  durationKinds,
  type ChainRow,
  type LinkRow,
  type SourcedDuration,
  type SpanRow,
  type Timetable,
} from './timetable.ts';

/** Reads the timetable, and checks it against the table of facts: nothing dangles, and nothing comes before itself. */
export function parseTimetable(text: string, file: string, table: FactTable): ParsedFile<Timetable> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const reader = MapReader.open(tree.value, 'the timetable', problems);
  if (!reader) return { ok: false, problems: problems.list };
  reader.only(['links', 'chains']);
  reader.needed('links');
  const value: Timetable = {
    links: reader.list('links').flatMap((node) => readLink(node, problems)),
    chains: reader.list('chains').flatMap((node) => readChain(node, problems)),
  };
  new Checker(table, value, problems).check();
  return problems.list.length === 0 ? { ok: true, value } : { ok: false, problems: problems.list };
}

function readLink(node: YamlNode, problems: Problems): LinkRow[] {
  const reader = MapReader.open(node, 'a link', problems);
  if (!reader) return [];
  const id = reader.text('id');
  const link = reader.named(`link "${id}"`);
  link.only(['id', 'who', 'after', 'when', 'done_when', 'done_on', 'spans']);
  return [
    {
      id,
      who: link.has('who') ? link.oneOf('who', actors) : null,
      after: link.texts('after'),
      when: readConditions(link, 'when', problems),
      doneWhen: readConditions(link, 'done_when', problems),
      doneOn: link.maybeText('done_on'),
      spans: link.list('spans').flatMap((span) => readSpan(span, id, problems)),
      at: link.at,
    },
  ];
}

function readSpan(node: YamlNode, id: string, problems: Problems): SpanRow[] {
  const reader = MapReader.open(node, `a span of "${id}"`, problems);
  if (!reader) return [];
  reader.only(['when', 'counts_from', 'least', 'usual', 'most']);
  const sourced = (key: 'least' | 'usual' | 'most'): SourcedDuration | null => {
    const length = reader.map(key);
    return length ? readSourced(length.named(`"${key}" of "${id}"`), problems) : null;
  };
  return [
    {
      when: readConditions(reader, 'when', problems),
      countsFrom: reader.texts('counts_from'),
      least: sourced('least'),
      usual: sourced('usual'),
      most: sourced('most'),
    },
  ];
}

function readSourced(reader: MapReader, problems: Problems): SourcedDuration | null {
  reader.only([...durationUnits, 'kind', 'or_longer', 'facts', 'confidence']);
  const unit = durationUnits.find((candidate) => reader.has(candidate)) ?? 'days';
  const only = { kind: 'map' as const, at: reader.at, entries: reader.entriesOf([...durationUnits]) };
  const duration = readDuration(new MapReader(only, reader.what, problems), problems, 0n);
  const facts = reader.texts('facts');
  if (facts.length === 0) {
    problems.add(reader.at, 'missing-key', `Say where these ${unit} come from: facts: [bsn-001].`);
  }
  const kind = reader.oneOf('kind', durationKinds);
  const confidence = reader.oneOf('confidence', confidences);
  if (!duration || !kind || !confidence) return null;
  return { duration, kind, orLonger: reader.boolean('or_longer', false), facts, confidence };
}

function readChain(node: YamlNode, problems: Problems): ChainRow[] {
  const reader = MapReader.open(node, 'a chain', problems);
  if (!reader) return [];
  reader.only(['id', 'name', 'when', 'right', 'ends']);
  const names = reader.needed('name') ? reader.map('name') : null;
  return [
    {
      id: reader.text('id'),
      name: Object.fromEntries((names?.keys() ?? []).map((language) => [language, names?.text(language) ?? ''])),
      when: readConditions(reader, 'when', problems),
      right: reader.maybeText('right'),
      ends: reader.text('ends'),
      at: reader.at,
    },
  ];
}

class Checker {
  readonly #table: FactTable;
  readonly #timetable: Timetable;
  readonly #problems: Problems;

  constructor(table: FactTable, timetable: Timetable, problems: Problems) {
    this.#table = table;
    this.#timetable = timetable;
    this.#problems = problems;
  }

  check(): void {
    const { links, chains } = this.#timetable;
    for (const link of links) {
      const { id, who, after, at } = link;
      if (!this.#isStep(id) && who === null) {
        this.#add(link, `"${id}" is no step of the table of facts, so say who does it: who.`);
      }
      for (const earlier of after) {
        if (!this.#isStep(earlier) && !links.some((other) => other.id === earlier)) {
          this.#add(link, `There is no link or step "${earlier}" to come first.`);
        }
      }
      this.#conditions(link.when, at);
      this.#conditions(link.doneWhen, at);
      if (link.doneOn !== null) this.#date(link.doneOn, at);
      for (const { when, countsFrom } of link.spans) {
        this.#conditions(when, at);
        for (const fact of countsFrom) this.#date(fact, at);
      }
      if (this.#comesBefore(id, id, new Set())) this.#add(link, `"${id}" would have to come before itself.`);
    }
    for (const { ends, when, at } of chains) {
      this.#conditions(when, at);
      if (!this.#isStep(ends) && !links.some(({ id }) => id === ends)) {
        this.#problems.add(at, 'dangling', `There is no link or step "${ends}" to end with.`);
      }
    }
  }

  #isStep(id: string): boolean {
    return this.#table.facts.some((fact) => fact.id === id && fact.step !== null);
  }

  #conditions(conditions: readonly FactCondition[], at: LinkRow['at']): void {
    for (const { fact, values } of conditions) {
      const row = this.#table.facts.find(({ id }) => id === fact);
      if (!row) this.#problems.add(at, 'dangling', `There is no fact "${fact}".`, { fact });
      const strange = values.find((value) => row?.type === 'choice' && !row.choices.includes(String(value)));
      if (strange !== undefined) this.#problems.add(at, 'dangling', `"${fact}" cannot be "${strange}".`, { fact });
    }
  }

  #date(fact: string, at: LinkRow['at']): void {
    if (this.#table.facts.some(({ id, type }) => id === fact && type === 'date')) return;
    this.#problems.add(at, 'dangling', `There is no fact "${fact}" that is a date.`, { fact });
  }

  /** Does `id` come before `goal`, whoever it is for? */
  #comesBefore(goal: string, id: string, seen: Set<string>): boolean {
    if (seen.has(id)) return false;
    seen.add(id);
    const step = this.#table.facts.find((fact) => fact.id === id)?.step;
    const rows = this.#timetable.links.filter((link) => link.id === id);
    const before = [...(step?.after ?? []), ...rows.flatMap((row) => row.after)];
    return before.some((earlier) => earlier === goal || this.#comesBefore(goal, earlier, seen));
  }

  #add({ at }: LinkRow, message: string): void {
    this.#problems.add(at, 'dangling', message);
  }
}
