import { confidences, layers, type Confidence, type Layer, type Place } from '@meedoen/units';
import type { Article, LawFile, OutputReading, Profile, Reading, RegulatoryLayer } from './law-file.ts';
import { regulatoryLayers } from './law-file.ts';
import { MapReader, Problems } from './map-reader.ts';
import type { ParsedFile } from './parsed-file.ts';
import { readProcedures } from './parse-parts.ts';
import { readRules } from './parse-rules.ts';
import { readYaml, type YamlNode } from './yaml-tree.ts';

/**
 * Reads one law file in the RegelRecht format (YAML, any published schema up to v0.8.0), checking it strictly.
 * `file` is the name that problems carry. Never throws and never hangs, whatever the text.
 */
export function parseLaw(text: string, file: string): ParsedFile<LawFile> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const reader = MapReader.open(tree.value, 'a law file', problems);
  const law = reader ? readLaw(reader, file, problems) : null;
  return law && problems.list.length === 0 ? { ok: true, value: law } : { ok: false, problems: problems.list };
}

function readLaw(reader: MapReader, file: string, problems: Problems): LawFile {
  const law = reader.named('the law');
  const { schema, profile, saysNullable } = readSchema(law);
  const id = law.text('$id');
  if (id && !/^[a-z][a-z0-9_]*(?:[/-][a-z0-9_]+)*$/.test(id)) {
    problems.add(law.place('$id'), 'bad-name', `"${id}" is not a law id: use lower-case letters, digits and _.`, {
      name: id,
    });
  }
  const regulatoryLayer = law.oneOf('regulatory_layer', regulatoryLayers);
  if (regulatoryLayer) checkIdentifiers(law, regulatoryLayer);
  law.day('publication_date');
  // A date may point to an output (`#output`), which no engine resolves; then the version counts as undated.
  const validFrom = isPointer(law.node('valid_from')) ? null : law.maybeDay('valid_from');
  const validTo = law.maybeDay('valid_to');
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    problems.add(
      law.place('valid_to'),
      'bad-date',
      '"valid_to" lies before "valid_from". It is the last day in force.',
    );
  }
  const own = law.map('meedoen')?.named('the block "meedoen"') ?? null;
  own?.only(['checked_on', 'name', 'articles']);
  const readings = readReadings(own, problems);
  law.needed('articles');
  const articles = law.list('articles').flatMap((node) => {
    const article = MapReader.open(node, 'the article', problems);
    return article ? [readArticle(article, readings, !saysNullable, problems)] : [];
  });
  checkArticles(articles, readings, problems);
  return {
    file,
    id,
    schema,
    profile,
    regulatoryLayer: regulatoryLayer ?? 'WET',
    territory: readTerritory(law),
    url: law.text('url'),
    name: own?.maybeText('name') ?? plainName(law) ?? id,
    fullName: plainName(law) ?? own?.maybeText('name') ?? id,
    validFrom,
    validTo,
    checkedOn: own?.maybeDay('checked_on') ?? null,
    procedures: readProcedures(law, problems),
    articles,
  };
}

type Schema = { readonly schema: string | null; readonly profile: Profile; readonly saysNullable: boolean };

// Up to v0.5.6 null is a value among others; from v0.5.8 on a field says itself whether it may be null.
const lastOfBase = '0.5.6';
const firstWithNullable = '0.5.8';
const published: readonly string[] = `0.2.0 0.3.0 0.3.1 0.3.2 0.4.0 0.5.0 0.5.1 0.5.2 0.5.3 0.5.4 0.5.5 ${lastOfBase}
   0.5.7 ${firstWithNullable} 0.5.9 0.6.0 0.7.0 0.7.1 0.8.0`.split(/\s+/);

/** Which schema the file is written for; one that names none is read as the newest. */
function readSchema(law: MapReader): Schema {
  const written = law.maybeText('$schema');
  if (written === null) return { schema: null, profile: 'present', saysNullable: true };
  const version = /\/v(\d+\.\d+\.\d+)\//.exec(written)?.[1];
  const age = version === undefined ? -1 : published.indexOf(version);
  if (age < 0) {
    const found = version ? `schema v${version}` : 'a schema without a version';
    law.problems.add(
      law.place('$schema'),
      'not-supported-yet',
      `This file is written for ${found}. This engine reads v${published[0]} to v${published.at(-1)}.`,
    );
  }
  return {
    schema: version === undefined ? null : `v${version}`,
    profile: age >= 0 && age <= published.indexOf(lastOfBase) ? 'base' : 'present',
    saysNullable: age < 0 || age >= published.indexOf(firstWithNullable),
  };
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function isPointer(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('#');
}

const territories = ['gemeente_code', 'provincie_code', 'waterschap_code'];

function readTerritory(law: MapReader): LawFile['territory'] {
  const parameter = territories.find((key) => law.has(key));
  return parameter === undefined ? null : { parameter, code: law.text(parameter) };
}

/** `name` may also point to an output (`#output`); then it is no name for people. */
function plainName(law: MapReader): string | null {
  const name = law.has('name') ? law.maybeText('name') : null;
  return name === null || name.startsWith('#') ? null : name;
}

type Identifier = { readonly key: string; readonly pattern: RegExp; readonly looksLike: string };
const bwb: Identifier = { key: 'bwb_id', pattern: /^BWBR\d{7}$/, looksLike: 'BWBR0007149' };
const celex: Identifier = { key: 'celex_nummer', pattern: /^\d[\dA-Z()]{5,}$/, looksLike: '32024R1348' };
const title: Identifier = { key: 'officiele_titel', pattern: /\S/, looksLike: 'the official title' };
const identifiersByLayer: Partial<Record<RegulatoryLayer, readonly Identifier[]>> = {
  GRONDWET: [bwb],
  WET: [bwb],
  AMVB: [bwb],
  MINISTERIELE_REGELING: [bwb],
  EU_VERORDENING: [celex],
  EU_RICHTLIJN: [celex],
  VERDRAG: [{ key: 'tractatenblad_id', pattern: /\S/, looksLike: 'Trb. 1964, 217' }],
  GEMEENTELIJKE_VERORDENING: [{ key: 'gemeente_code', pattern: /^GM\d{4}$/, looksLike: 'GM0344' }, title],
  PROVINCIALE_VERORDENING: [{ key: 'provincie_code', pattern: /^PV\d{2}$/, looksLike: 'PV26' }, title],
  WATERSCHAPS_VERORDENING: [{ key: 'waterschap_code', pattern: /^WS\d{4}$/, looksLike: 'WS0636' }, title],
};

function checkIdentifiers(law: MapReader, layer: RegulatoryLayer): void {
  for (const { key, pattern, looksLike } of identifiersByLayer[layer] ?? []) {
    if (!law.has(key)) {
      law.problems.add(law.at, 'missing-key', `A law of layer ${layer} needs "${key}", such as ${looksLike}.`, { key });
    } else if (!pattern.test(law.text(key))) {
      law.wrong(law.place(key), key, `written like ${looksLike}`);
    }
  }
}

const descriptiveArticleKeys = ['references', 'placement'];

function readArticle(
  article: MapReader,
  readings: ReadonlyMap<string, PlacedReading>,
  mayBeNull: boolean,
  problems: Problems,
): Article {
  const number = article.text('number');
  const named = article.named(`article ${number}`);
  named.only(['number', 'text', 'url', 'machine_readable', ...descriptiveArticleKeys]);
  const rules = named.node('machine_readable');
  return {
    number,
    text: named.text('text'),
    url: named.text('url'),
    // A key with nothing behind it but comments says nothing.
    rules: rules && !isEmpty(rules) ? readRules(rules, problems, mayBeNull) : null,
    reading: readings.get(number)?.reading ?? null,
    at: article.at,
  };
}

type PlacedReading = { readonly reading: Reading; readonly at: Place };

function readReadings(own: MapReader | null, problems: Problems): ReadonlyMap<string, PlacedReading> {
  const readings = new Map<string, PlacedReading>();
  const map = own?.map('articles');
  for (const number of map?.keys() ?? []) {
    const node = map?.node(number);
    const reader = node && MapReader.open(node, `our reading of article ${number}`, problems);
    if (!map || !reader) continue;
    reader.only(['facts', 'confidence', 'layer', 'note', 'outputs']);
    const reading = readOutputReading(reader, 'inference', 'text');
    const outputs = new Map<string, OutputReading>();
    const overrides = reader.map('outputs');
    for (const output of overrides?.keys() ?? []) {
      const inner = overrides?.node(output);
      const one = inner && MapReader.open(inner, `our reading of output "${output}"`, problems);
      one?.only(['facts', 'confidence', 'layer', 'note']);
      if (one) outputs.set(output, readOutputReading(one, reading.confidence, reading.layer, reading.facts));
    }
    reader.needed('facts');
    reader.needed('confidence');
    readings.set(number, { at: map.place(number), reading: { ...reading, note: reader.maybeText('note'), outputs } });
  }
  return readings;
}

function readOutputReading(
  reader: MapReader,
  confidence: Confidence,
  layer: Layer,
  facts: readonly string[] = [],
): OutputReading {
  return {
    facts: reader.has('facts') ? reader.texts('facts') : facts,
    confidence: reader.has('confidence') ? (reader.oneOf('confidence', confidences) ?? confidence) : confidence,
    layer: reader.has('layer') ? (reader.oneOf('layer', layers) ?? layer) : layer,
  };
}

function checkArticles(
  articles: readonly Article[],
  readings: ReadonlyMap<string, PlacedReading>,
  problems: Problems,
): void {
  const numbers = new Set<string>();
  const producers = new Map<string, string>();
  for (const { number, rules, at } of articles) {
    if (numbers.has(number))
      problems.add(at, 'duplicate-name', `Article ${number} stands in this file twice. Keep one of them.`);
    numbers.add(number);
    for (const output of rules?.outputs ?? []) {
      // What takes the place of an output goes by its name.
      if (rules?.overrides.some((one) => one.output === output.name)) continue;
      const other = producers.get(output.name);
      if (other !== undefined && other !== number) {
        problems.add(
          output.at,
          'duplicate-name',
          `Output "${output.name}" is already an output of article ${other}. Names of outputs are unique in a law.`,
          { name: output.name },
        );
      }
      producers.set(output.name, number);
    }
  }
  for (const [number, { reading, at }] of readings) {
    if (!numbers.has(number)) problems.add(at, 'dangling', `There is no article ${number} in this file.`);
    for (const output of reading.outputs.keys()) {
      if (producers.get(output) !== number)
        problems.add(at, 'dangling', `Article ${number} has no output "${output}".`);
    }
  }
}
