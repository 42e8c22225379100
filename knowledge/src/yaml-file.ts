import { readFileSync } from 'node:fs';
import { day, isoDay, parseDay, type Day, type Place, type Problem } from '@meedoen/units';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, YAMLMap, type Node } from 'yaml';

/**
 * One YAML file of ours, opened for reading field by field. Every refusal knows its line, so that somebody who edits
 * a figure or a word hears where the mistake is and how to mend it. What nobody asked for is refused as well: a
 * misspelled key would otherwise be silently without effect.
 */
export function openYaml(file: string, nameInMessages: string, problems: Problem[]): Entry {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    problems.push(problemAt({ file: nameInMessages }, 'This file cannot be read. Put it back.'));
    text = '{}';
  }
  return parseEntry(text, nameInMessages, problems);
}

/** The same for a text that did not come from a file: tests plant their faults here. */
export function parseEntry(text: string, file: string, problems: Problem[]): Entry {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    problems.push(problemAt({ file, line, column: col }, `This is not valid YAML: ${error.message.split('\n')[0]}`));
  }
  const placeOf = (node: unknown): Place => {
    const start = (node as Node | null)?.range?.[0];
    if (start === undefined) return { file, line: 1, column: 1 };
    const { line, col } = lines.linePos(start);
    return { file, line, column: col };
  };
  const root = document.contents;
  if (isMap(root)) return new Entry(root, placeOf, problems);
  if (document.errors.length === 0) {
    problems.push(problemAt({ file, line: 1, column: 1 }, 'The file should hold named values, such as "figures:".'));
  }
  return new Entry(new YAMLMap(), placeOf, problems);
}

export function problemAt(at: Place, message: string, words: Problem['words'] = {}): Problem {
  return { at, what: 'knowledge', words, message };
}

/** One group of named values in a YAML file, asked value by value. */
export class Entry {
  readonly #map: YAMLMap;
  readonly #placeOf: (node: unknown) => Place;
  readonly #problems: Problem[];
  readonly #asked = new Set<string>();

  constructor(map: YAMLMap, placeOf: (node: unknown) => Place, problems: Problem[]) {
    this.#map = map;
    this.#placeOf = placeOf;
    this.#problems = problems;
  }

  #node(key: string): unknown {
    this.#asked.add(key);
    return this.#map.get(key, true) ?? null;
  }

  #value(key: string): unknown {
    const node = this.#node(key);
    return isScalar(node) ? node.value : node === null ? undefined : node;
  }

  has(key: string): boolean {
    this.#asked.add(key);
    return this.#map.has(key);
  }

  /** Where this key stands, or where the group starts when it is absent. */
  place(key?: string): Place {
    const node = key === undefined ? null : this.#map.get(key, true);
    return this.#placeOf(node ?? this.#map);
  }

  wrong(key: string | undefined, message: string): void {
    this.#problems.push(problemAt(this.place(key), message, key === undefined ? {} : { key }));
  }

  text(key: string): string {
    const value = this.#value(key);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.wrong(
      key,
      value === undefined ? `"${key}" is missing here. Add it.` : `"${key}" should be words; put numbers in quotes.`,
    );
    return '';
  }

  maybeText(key: string): string | null {
    const value = this.#value(key);
    return value === undefined || value === null ? null : this.text(key);
  }

  number(key: string): number {
    const value = this.#value(key);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.wrong(key, `"${key}" should be a number, such as 17 or 4.3.`);
    return 0;
  }

  maybeNumber(key: string): number | null {
    const value = this.#value(key);
    return value === undefined || value === null ? null : this.number(key);
  }

  boolean(key: string): boolean {
    const value = this.#value(key);
    if (typeof value === 'boolean') return value;
    this.wrong(key, `"${key}" should be true or false.`);
    return false;
  }

  oneOf<const Choice extends string>(key: string, choices: readonly Choice[]): Choice {
    const value = this.text(key);
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    if (value !== '') this.wrong(key, `"${value}" is no known ${key}. Choose one of: ${choices.join(', ')}.`);
    return choices[0] as Choice;
  }

  day(key: string): Day {
    const parsed = parseDay(this.text(key));
    if (parsed.ok) return parsed.value;
    this.wrong(key, `"${key}" should be a date, written as '${isoDay(day('2026-11-23'))}'.`);
    return day('1970-01-01');
  }

  /** An address on the web; https only, because a plain http page can be changed on its way to the reader. */
  url(key: string): string {
    const value = this.text(key);
    if (value !== '' && !(value.startsWith('https://') && URL.canParse(value))) {
      this.wrong(key, `"${key}" should be a full address that starts with https://.`);
    }
    return value;
  }

  maybeUrl(key: string): string | null {
    const value = this.#value(key);
    return value === undefined || value === null ? null : this.url(key);
  }

  record(key: string): Entry {
    const node = this.#node(key);
    if (isMap(node)) return this.#entry(node);
    this.wrong(key, `"${key}" should hold named values.`);
    return this.#entry(new YAMLMap());
  }

  isRecord(key: string): boolean {
    return isMap(this.#map.get(key, true));
  }

  isList(key: string): boolean {
    return isSeq(this.#map.get(key, true));
  }

  maybeRecord(key: string): Entry | null {
    return this.has(key) ? this.record(key) : null;
  }

  /** A list of groups; absent means empty when `optional`. */
  list(key: string, { optional = false } = {}): Entry[] {
    const node = this.#node(key);
    if (node === null && optional) return [];
    if (!isSeq(node)) {
      this.wrong(key, `"${key}" should be a list.`);
      return [];
    }
    const entries: Entry[] = [];
    for (const item of node.items) {
      if (isMap(item)) entries.push(this.#entry(item));
      else
        this.#problems.push(problemAt(this.#placeOf(item), `Each item of "${key}" should hold named values.`, { key }));
    }
    return entries;
  }

  texts(key: string, { optional = false } = {}): string[] {
    const node = this.#node(key);
    if (node === null && optional) return [];
    if (!isSeq(node)) {
      this.wrong(key, `"${key}" should be a list.`);
      return [];
    }
    const texts: string[] = [];
    for (const item of node.items) {
      if (isScalar(item) && typeof item.value === 'string') texts.push(item.value.trim());
      else
        this.#problems.push(
          problemAt(this.#placeOf(item), `Each item of "${key}" should be words; put numbers in quotes.`, { key }),
        );
    }
    return texts;
  }

  numbers(key: string): number[] {
    const node = this.#node(key);
    if (!isSeq(node)) {
      this.wrong(key, `"${key}" should be a list of numbers, such as [0.1, 0.2].`);
      return [];
    }
    return node.items.map((item) => {
      if (isScalar(item) && typeof item.value === 'number' && Number.isFinite(item.value)) return item.value;
      this.#problems.push(problemAt(this.#placeOf(item), `Each item of "${key}" should be a number.`, { key }));
      return 0;
    });
  }

  /** Every key of this group with its own group: for tables keyed by an id. */
  entries(): [string, Entry][] {
    const found: [string, Entry][] = [];
    for (const pair of this.#map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      found.push([key, this.record(key)]);
    }
    return found;
  }

  /** The keys of this group, in order; asking for them accepts them all. */
  keys(): string[] {
    const keys = this.#map.items.map((pair) => (isScalar(pair.key) ? String(pair.key.value) : ''));
    for (const key of keys) this.#asked.add(key);
    return keys;
  }

  /** Plain values by key, for tables whose keys another file names; lists and groups are refused. */
  values(): Record<string, string | number | boolean | null> {
    const values: Record<string, string | number | boolean | null> = {};
    for (const key of this.keys()) {
      const value = this.#value(key);
      if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        values[key] = value;
      } else {
        this.wrong(key, `"${key}" should be one value, not a list or a group.`);
      }
    }
    return values;
  }

  #entry(map: YAMLMap): Entry {
    return new Entry(map, this.#placeOf, this.#problems);
  }

  /** Refuse every key that nobody asked for; call it last. */
  end(): void {
    for (const pair of this.#map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (this.#asked.has(key)) continue;
      this.#problems.push(
        problemAt(this.#placeOf(pair.key), `"${key}" is not known here. Correct its spelling, or take it out.`, {
          key,
        }),
      );
    }
  }
}
