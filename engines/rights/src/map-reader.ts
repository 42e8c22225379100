// Reads a YAML map key by key and notes every problem on the way, so that one pass finds them all.
import { parseDay, type Day, type Place, type Problem } from '@meedoen/units';
import type { Scalar, YamlEntry, YamlList, YamlMap, YamlNode } from './yaml-tree.ts';

/** The problems found in a file so far. */
export class Problems {
  readonly list: Problem[] = [];

  add(at: Place, what: string, message: string, words: Problem['words'] = {}): void {
    this.list.push({ at, what, words, message });
  }
}

/**
 * One map of a file. `what` names it in messages (“the article”, “output "x"”).
 * Reading a key that is missing or of the wrong kind notes a problem and gives a harmless value, so that reading goes on.
 */
export class MapReader {
  readonly at: Place;
  readonly problems: Problems;
  readonly what: string;
  readonly #entries: ReadonlyMap<string, YamlEntry>;

  constructor(map: YamlMap, what: string, problems: Problems) {
    this.at = map.at;
    this.#entries = map.entries;
    this.what = what;
    this.problems = problems;
  }

  /** The map in `node`, or null (with a problem) if it is something else. */
  static open(node: YamlNode, what: string, problems: Problems): MapReader | null {
    if (node.kind === 'map') return new MapReader(node, what, problems);
    problems.add(node.at, 'wrong-kind', `${capital(what)} must be a map of keys and values.`);
    return null;
  }

  /** The same map under another name for messages. */
  named(what: string): MapReader {
    return new MapReader({ kind: 'map', entries: this.#entries, at: this.at }, what, this.problems);
  }

  /** Refuses every key that is not in the list, and says which one was probably meant. */
  only(known: readonly string[]): void {
    for (const [key, { at }] of this.#entries) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      const advice = meant ? `Did you mean "${meant}"?` : `It may have: ${known.join(', ')}.`;
      this.problems.add(at, 'unknown-key', `${capital(this.what)} cannot have the key "${key}". ${advice}`, { key });
    }
  }

  /** Of these keys, the ones that are there. */
  entriesOf(keys: readonly string[]): ReadonlyMap<string, YamlEntry> {
    return new Map([...this.#entries].filter(([key]) => keys.includes(key)));
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): readonly string[] {
    return [...this.#entries.keys()];
  }

  place(key: string): Place {
    return this.#entries.get(key)?.at ?? this.at;
  }

  node(key: string): YamlNode | undefined {
    return this.#entries.get(key)?.value;
  }

  needed(key: string): YamlNode | undefined {
    const node = this.node(key);
    if (!node) this.problems.add(this.at, 'missing-key', `${capital(this.what)} needs the key "${key}".`, { key });
    return node;
  }

  text(key: string): string {
    const node = this.needed(key);
    return node ? this.#textOf(node, key) : '';
  }

  maybeText(key: string): string | null {
    const node = this.node(key);
    return node ? this.#textOf(node, key) : null;
  }

  #textOf(node: YamlNode, key: string): string {
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '') return node.value;
    this.wrong(node.at, key, 'text (put quotes around it if it looks like a number)');
    return '';
  }

  boolean(key: string, otherwise: boolean): boolean {
    const value = this.scalar(key);
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean') this.wrong(this.place(key), key, 'true or false');
    return value === true;
  }

  /** A date, or null when the key is missing (which is a problem) or does not hold a date (idem). */
  day(key: string): Day | null {
    return this.needed(key) ? this.maybeDay(key) : null;
  }

  maybeDay(key: string): Day | null {
    const node = this.node(key);
    if (!node) return null;
    const written = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
    const parsed = parseDay(written);
    // Law files hold canonical dates only; parseDay forgives spaces.
    if (parsed.ok && written === written.trim()) return parsed.value;
    const message = parsed.ok ? 'Write the date as 2026-11-23.' : parsed.problem.message;
    this.problems.add(node.at, 'bad-date', `"${key}" must be a date. ${message}`, { key });
    return null;
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T | null {
    const node = this.needed(key);
    if (!node) return null;
    const value = node.kind === 'scalar' ? node.value : null;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const meant = typeof value === 'string' ? nearest(value, choices) : null;
    this.wrong(node.at, key, meant ? `"${meant}" (did you mean that?)` : `one of ${choices.join(', ')}`);
    return null;
  }

  /** As `oneOf`, where the key may be missing. */
  maybeOneOf<T extends string>(key: string, choices: readonly T[]): T | null {
    return this.has(key) ? this.oneOf(key, choices) : null;
  }

  /** A whole number, or null when the key is missing. */
  maybeNumber(key: string): number | null {
    const value = this.scalar(key);
    if (value === undefined) return null;
    if (typeof value === 'bigint') return Number(value);
    this.wrong(this.place(key), key, 'a whole number');
    return null;
  }

  /** The items of a list; none if the key is missing. */
  list(key: string): readonly YamlNode[] {
    return this.maybeList(key)?.items ?? [];
  }

  maybeList(key: string): YamlList | null {
    const node = this.node(key);
    if (!node || node.kind === 'list') return node ?? null;
    this.wrong(node.at, key, 'a list');
    return null;
  }

  /** The texts of a list; none if the key is missing. */
  texts(key: string): readonly string[] {
    return this.list(key).flatMap((item) => {
      if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value];
      this.problems.add(item.at, 'wrong-kind', `"${key}" must be a list of words.`, { key });
      return [];
    });
  }

  map(key: string): MapReader | null {
    const node = this.node(key);
    return node ? MapReader.open(node, `"${key}"`, this.problems) : null;
  }

  scalar(key: string): Scalar | undefined {
    const node = this.node(key);
    if (!node || node.kind === 'scalar') return node?.value;
    this.wrong(node.at, key, 'a single value');
    return undefined;
  }

  wrong(at: Place, key: string, must: string): void {
    this.problems.add(at, 'wrong-kind', `"${key}" must be ${must}.`, { key });
  }
}

/** The known word that differs in at most two letters, if any. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = 3;
  for (const candidate of known) {
    const distance = lettersApart(word.slice(0, 60), candidate);
    if (distance < least && distance < candidate.length) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

// Levenshtein distance.
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
