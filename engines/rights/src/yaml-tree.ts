// YAML text as a tree of maps, lists and scalars that each know their line and column, read with limits so that
// no file can hang the reader: at most 1 MB, 100 levels, no key twice, and aliases only as far as they stay small.
import { parseDecimal, isWhole, type Decimal, type Place, type Problem } from '@meedoen/units';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node as LibraryNode,
} from 'yaml';
import type { ParsedFile } from './parsed-file.ts';

export type YamlNode = YamlMap | YamlList | YamlScalar;
export type YamlMap = { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlEntry>; readonly at: Place };
export type YamlEntry = { readonly value: YamlNode; readonly at: Place };
export type YamlList = { readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly at: Place };
export type YamlScalar = { readonly kind: 'scalar'; readonly value: Scalar; readonly at: Place };
export type Scalar = bigint | Decimal | boolean | string | null;

const mostBytes = 1_000_000;
const mostLevels = 100;
const mostNodes = 200_000;
const mostMarks = 2_000;

/** Reads one YAML document. `file` is the name that problems carry. */
export function readYaml(text: string, file: string): ParsedFile<YamlNode> {
  if (text.length > mostBytes) {
    return refuse(
      { file },
      'yaml-too-large',
      { most: mostBytes },
      'The file is larger than 1 MB. Split it into smaller files.',
    );
  }
  // Anchors, aliases and tags cost the library time out of proportion; an honest file has a handful.
  if ((text.match(/(?:^|[\s,[{])[&*!][^\s,\]}]+/g)?.length ?? 0) > mostMarks) {
    return refuse(
      { file },
      'yaml-too-many-marks',
      { most: mostMarks },
      `The file has more than ${mostMarks} anchors, aliases or tags. Write the values out.`,
    );
  }
  const lines = new LineCounter();
  // Keys are compared by us: the library does so in quadratic time.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    intAsBigInt: true,
    version: '1.2',
    schema: 'core',
    logLevel: 'silent',
    prettyErrors: false,
  });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [first] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first) {
    const tooDeep = first.message.startsWith('Maximum call stack');
    return tooDeep
      ? refuse(place(first.pos[0]), 'yaml-too-deep', { most: mostLevels }, tooDeepMessage)
      : refuse(
          place(first.pos[0]),
          'yaml-syntax',
          { detail: first.message },
          `This is not valid YAML: ${lowerFirst(first.message)}. Mend this line.`,
        );
  }
  return new TreeReader(document, place).read();
}

const tooDeepMessage = `The file nests deeper than ${mostLevels} levels. Give parts of it a name of their own.`;

class TreeReader {
  readonly #document: Document;
  readonly #place: (offset: number) => Place;
  readonly #problems: Problem[] = [];
  #nodes = 0;
  #stopped = false;

  constructor(document: Document, place: (offset: number) => Place) {
    this.#document = document;
    this.#place = place;
  }

  read(): ParsedFile<YamlNode> {
    const contents = this.#document.contents as LibraryNode | null;
    const at = this.#place(contents?.range?.[0] ?? 0);
    if (contents === null) return refuse(at, 'yaml-empty', {}, 'The file is empty.');
    const tree = this.#node(contents, at, 0);
    return this.#problems.length > 0 ? { ok: false, problems: this.#problems } : { ok: true, value: tree };
  }

  #node(node: unknown, from: Place, level: number): YamlNode {
    const at = this.#at(node, from);
    this.#nodes += 1;
    if (!this.#stopped && level > mostLevels) this.#stop(at, 'yaml-too-deep', tooDeepMessage);
    if (!this.#stopped && this.#nodes > mostNodes) {
      this.#stop(
        at,
        'yaml-too-many-values',
        `The file unfolds to more than ${mostNodes} values. Write it without aliases, or split it.`,
      );
    }
    if (this.#stopped) return { kind: 'scalar', value: null, at };
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target) return this.#node(target, at, level + 1);
      this.#add(at, 'yaml-syntax', `There is no anchor named "${node.source}" before this alias.`);
      return { kind: 'scalar', value: null, at };
    }
    if (isMap(node)) return this.#map(node.items, at, level);
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.#node(item, at, level + 1)), at };
    return { kind: 'scalar', value: this.#scalar(node, at), at };
  }

  #map(pairs: readonly { key: unknown; value: unknown }[], at: Place, level: number): YamlMap {
    const entries = new Map<string, YamlEntry>();
    for (const { key, value } of pairs) {
      const keyAt = this.#at(key, at);
      if (!isScalar(key)) {
        this.#add(keyAt, 'yaml-key', 'A key must be a word. Put quotes around it if it is meant as text.');
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      const earlier = entries.get(name);
      if (earlier) {
        this.#add(
          keyAt,
          'yaml-duplicate-key',
          `"${name}" stands here twice (first on line ${earlier.at.line}). Keep one of them.`,
        );
        continue;
      }
      entries.set(name, { value: this.#node(value, keyAt, level + 1), at: keyAt });
    }
    return { kind: 'map', entries, at };
  }

  #scalar(node: unknown, at: Place): Scalar {
    if (!isScalar(node)) return null;
    const { value } = node;
    if (typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'string' || value === null)
      return value;
    if (typeof value !== 'number') return null;
    const exact = parseDecimal(node.source ?? String(value));
    if (exact) return isWhole(exact) && !/[.eE]/.test(node.source ?? '') ? exact.coefficient : exact;
    this.#add(
      at,
      'yaml-number',
      `"${node.source}" is not a number we can hold exactly. Write it in digits, such as 0.25.`,
    );
    return null;
  }

  #at(node: unknown, otherwise: Place): Place {
    const offset = (node as LibraryNode | null)?.range?.[0];
    return offset === undefined ? otherwise : this.#place(offset);
  }

  #add(at: Place, what: string, message: string): void {
    this.#problems.push({ at, what, words: {}, message });
  }

  #stop(at: Place, what: string, message: string): void {
    this.#stopped = true;
    this.#add(at, what, message);
  }
}

function refuse(at: Place, what: string, words: Problem['words'], message: string): ParsedFile<never> {
  return { ok: false, problems: [{ at, what, words, message }] };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
