// A small invented world with the shape of the real one: two laws in two versions each, a ruling, an announcement and a
// proposal, four rights and eleven facts. Tests of the engine use it, so that they do not depend on real law.
import { formatProblem } from '@meedoen/units';
import { loadCorpus } from '../src/load-corpus.ts';
import type { Corpus } from '../src/corpus.ts';
import { parseFactTable } from '../src/parse-fact-table.ts';
import { parseLaw } from '../src/parse-law.ts';
import { parseReplacement } from '../src/parse-replacement.ts';
import { parseRightsTable } from '../src/parse-rights-table.ts';
import type { ParsedFile } from '../src/parsed-file.ts';

export const factsText = `
facts:
  - { id: document, law_name: document, type: choice, choices: [request, permit, card, none] }
  - { id: letter, law_name: brief, type: choice, choices: [none, refused, fast], ask_when: { document: [request] } }
  - { id: bornOn, law_name: geboren_op, type: date, past: true }
  - { id: askedOn, law_name: aanvraag_op, type: date, past: true, ask_when: { document: [request] } }
  - { id: permitFrom, law_name: vergunning_vanaf, type: date, past: true, ask_when: { document: [permit] } }
  - { id: cardUntil, law_name: kaart_tot, type: date, ask_when: { document: [card, permit] } }
  - { id: wage, law_name: loon, type: number, min: 0, max: 100000, ask_when: { document: [permit] } }
  - { id: shelter, law_name: opvang, type: boolean, ask_when: { document: [request] } }
  - id: registered
    law_name: ingeschreven
    type: boolean
    step: { who: municipality, facts: [x-001], confidence: general_knowledge }
  - id: number
    law_name: heeft_nummer
    type: boolean
    step: { who: municipality, after: [registered], facts: [x-001], confidence: general_knowledge }
  - id: licence
    law_name: heeft_vergunning
    type: boolean
    step: { who: employer, takes: { at_most: { weeks: 5 } }, facts: [x-002], confidence: law_text }
contradictions:
  - { id: asked-before-birth, earlier: bornOn, later: askedOn }
  - { id: card-and-letter, together: { document: [card], letter: [refused, fast] } }
`;

const besluit = (from: string, months: number): string => `
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.8.0/schema/v0.8.0/schema.json
$id: voorbeeldbesluit
name: Voorbeeldbesluit arbeid
regulatory_layer: AMVB
publication_date: '${from}'
valid_from: '${from}'
bwb_id: BWBR0000001
url: https://wetten.overheid.nl/BWBR0000001/${from}
articles:
  - number: '6'
    text: 'Kern: een vergunning kan worden verleend na ${months} maanden.'
    url: https://wetten.overheid.nl/BWBR0000001/${from}#Artikel6
    machine_readable:
      definitions: { wachttijd: { value: ${months}, type: number, type_spec: { unit: months } } }
      execution:
        input:
          - { name: aanvraag_op, type: date, source: {} }
          - { name: geboren_op, type: date, source: {} }
        output:
          - { name: opent_op, type: date }
          - { name: wachttijd_voorbij, type: boolean }
          - { name: oud_genoeg, type: boolean }
          - { name: maanden_wachten, type: number, type_spec: { unit: months } }
        actions:
          - { output: opent_op, value: { operation: DATE_ADD, date: $aanvraag_op, months: $wachttijd } }
          - { output: wachttijd_voorbij, operation: GREATER_THAN_OR_EQUAL, subject: $referencedate, value: $opent_op }
          - output: oud_genoeg
            operation: GREATER_THAN_OR_EQUAL
            subject: { operation: AGE, date_of_birth: $geboren_op, reference_date: $referencedate }
            value: 18
          - { output: maanden_wachten, value: $wachttijd }
meedoen:
  checked_on: '2026-11-23'
  name: Vb
  articles:
    '6': { facts: [x-003], confidence: law_text }
`;

const wet = (from: string, exclusion: string): string => `
$id: voorbeeldwet
name: Voorbeeldwet
regulatory_layer: WET
publication_date: '${from}'
valid_from: '${from}'
bwb_id: BWBR0000002
url: https://wetten.overheid.nl/BWBR0000002/${from}
articles:
  - number: '2'
    text: 'Kern: wie mag werken.'
    url: https://wetten.overheid.nl/BWBR0000002/${from}#Artikel2
    machine_readable:
      execution:
        input:
          - { name: document, type: string, source: {} }
          - { name: brief, type: string, source: {} }
          - { name: opvang, type: boolean, source: {} }
          - { name: heeft_nummer, type: boolean, source: {} }
          - { name: ingeschreven, type: boolean, source: {} }
          - { name: heeft_vergunning, type: boolean, source: {} }
          - { name: vergunning_vanaf, type: date, source: {} }
          - { name: kaart_tot, type: date, source: {} }
          - { name: onbekend_regel, type: boolean, source: {} }
          - { name: wachttijd_voorbij, type: boolean, source: { regulation: voorbeeldbesluit, output: wachttijd_voorbij } }
          - { name: oud_genoeg, type: boolean, source: { regulation: voorbeeldbesluit, output: oud_genoeg } }
          - { name: loon_haalt_norm, type: boolean, source: { output: loon_haalt_norm } }
        output:
          - { name: mag_werken, type: boolean }
          - { name: mag_ondernemen, type: boolean }
          - { name: route_aanvraag, type: boolean }
          - { name: route_vergunning, type: boolean }
          - { name: route_kaart, type: boolean }
          - { name: kan_nummer_krijgen, type: boolean }
          - { name: route_heeft_nummer, type: boolean }
          - { name: route_nummer, type: boolean }
          - { name: is_aanvrager, type: boolean }
          - { name: niet_uitgesloten, type: boolean }
          - { name: heeft_verblijf, type: boolean }
          - { name: heeft_kaart, type: boolean }
          - { name: vergunning_ingegaan, type: boolean }
          - { name: kaart_geldig, type: boolean }
          - { name: laatste_dag_kaart, type: date }
        actions:
          - { output: mag_werken, operation: OR, conditions: [$route_kaart, $route_vergunning, $route_aanvraag] }
          - { output: route_aanvraag, operation: AND, conditions: [$is_aanvrager, $niet_uitgesloten, $opvang, $oud_genoeg, $wachttijd_voorbij, $heeft_nummer, $heeft_vergunning] }
          - { output: route_vergunning, operation: AND, conditions: [$heeft_verblijf, $vergunning_ingegaan] }
          - { output: route_kaart, operation: AND, conditions: [$heeft_kaart, $kaart_geldig] }
          - output: mag_ondernemen
            operation: OR
            conditions:
              - { operation: AND, conditions: [$heeft_verblijf, $loon_haalt_norm] }
              - { operation: AND, conditions: [$heeft_kaart, $onbekend_regel] }
          - { output: kan_nummer_krijgen, operation: OR, conditions: [$route_heeft_nummer, $route_nummer] }
          - { output: route_heeft_nummer, operation: AND, conditions: [$heeft_nummer] }
          - { output: route_nummer, operation: AND, conditions: [$is_aanvrager, $wachttijd_voorbij, $ingeschreven] }
          - { output: is_aanvrager, operation: EQUALS, subject: $document, value: request }
          - { output: niet_uitgesloten, operation: NOT_IN, subject: $brief, values: [${exclusion}] }
          - { output: heeft_verblijf, operation: EQUALS, subject: $document, value: permit }
          - { output: heeft_kaart, operation: EQUALS, subject: $document, value: card }
          - { output: vergunning_ingegaan, operation: LESS_THAN_OR_EQUAL, subject: $vergunning_vanaf, value: $referencedate }
          - { output: kaart_geldig, operation: LESS_THAN_OR_EQUAL, subject: $referencedate, value: $kaart_tot }
          - { output: laatste_dag_kaart, value: $kaart_tot }
  - number: '3'
    text: 'Kern: het loon.'
    url: https://wetten.overheid.nl/BWBR0000002/${from}#Artikel3
    machine_readable:
      definitions: { norm: 3000 }
      execution:
        input:
          - { name: loon, type: number, source: {} }
          - { name: document, type: string, source: {} }
        output:
          - { name: loon_haalt_norm, type: boolean }
          - { name: loonnorm, type: number, nullable: true, type_spec: { unit: euro } }
        actions:
          - { output: loon_haalt_norm, operation: GREATER_THAN_OR_EQUAL, subject: $loon, value: $norm }
          - output: loonnorm
            value: { operation: IF, cases: [{ when: { operation: EQUALS, subject: $document, value: permit }, then: $norm }] }
meedoen:
  checked_on: '2026-11-23'
  articles:
    '2':
      facts: [x-004]
      confidence: law_text
      outputs: { heeft_kaart: { facts: [x-005], confidence: general_knowledge } }
    '3': { facts: [x-006], confidence: older_law_text }
`;

export const lawTexts: readonly (readonly [file: string, text: string])[] = [
  ['voorbeeldbesluit/2020-01-01.yaml', besluit('2020-01-01', 9)],
  ['voorbeeldbesluit/2024-01-01.yaml', besluit('2024-01-01', 6)],
  ['voorbeeldwet/2020-01-01.yaml', wet('2020-01-01', 'refused')],
  ['voorbeeldwet/2026-06-12.yaml', wet('2026-06-12', 'refused, fast')],
];

const replacement = (head: string, months: number): string => `
${head}
url: https://example.org/ruling
facts: [x-007]
confidence: official_page
replaces:
  - law: voorbeeldbesluit
    article: '6'
    machine_readable:
      definitions: { wachttijd: ${months} }
      execution:
        input:
          - { name: aanvraag_op, type: date, source: {} }
          - { name: geboren_op, type: date, source: {} }
        output:
          - { name: opent_op, type: date }
          - { name: wachttijd_voorbij, type: boolean }
          - { name: oud_genoeg, type: boolean }
          - { name: maanden_wachten, type: number, type_spec: { unit: months } }
        actions:
          - { output: opent_op, value: { operation: DATE_ADD, date: $aanvraag_op, months: $wachttijd } }
          - { output: wachttijd_voorbij, operation: GREATER_THAN_OR_EQUAL, subject: $referencedate, value: $opent_op }
          - { output: oud_genoeg, operation: GREATER_THAN_OR_EQUAL, subject: $referencedate, value: { operation: DATE_ADD, date: $geboren_op, years: 18 } }
          - { output: maanden_wachten, value: $wachttijd }
`;

export const replacementTexts: readonly (readonly [file: string, text: string])[] = [
  [
    'ruling.yaml',
    replacement(
      "id: ruling-2025\nstatus: disapplied_by_court\nname: { nl: Uitspraak, en: Ruling }\nfrom: '2025-03-01'",
      5,
    ),
  ],
  [
    'announced.yaml',
    replacement(
      "id: announced-2027\nstatus: announced\nname: { nl: Aangekondigd, en: Announced }\nfrom: '2027-01-01'",
      3,
    ),
  ],
  [
    'day-one.yaml',
    replacement(
      "id: day-one\nstatus: proposal\nvariant: day-one\nname: { nl: Dag een, en: Day one }\nfrom: '2020-01-01'",
      0,
    ),
  ],
];

export const rightsText = `
- id: paid-work
  domain: work
  kind: right
  law: voorbeeldwet
  output: mag_werken
  terms: [{ name: wait-months, law: voorbeeldbesluit, output: maanden_wachten }, { name: opens, law: voorbeeldbesluit, output: opent_op }]
  ends: [{ law: voorbeeldwet, output: laatste_dag_kaart }]
  person_who_helps: [work]
- id: own-business
  domain: work
  kind: right
  law: voorbeeldwet
  output: mag_ondernemen
  terms: [{ name: wage-norm, law: voorbeeldwet, output: loonnorm }]
- { id: number, domain: papers, kind: right, law: voorbeeldwet, output: kan_nummer_krijgen, gives: number }
- { id: card, domain: papers, kind: duty, law: voorbeeldwet, output: route_kaart }
`;

/** The value of a file that must be right. */
export function read<T>(parsed: ParsedFile<T>): T {
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.value;
}

/** The invented world, checked; `change` may change the text of its laws. */
export function exampleCorpus(change: (text: string) => string = (text) => text): Corpus {
  const { corpus, problems } = loadCorpus({
    laws: lawTexts.map(([file, text]) => read(parseLaw(change(text), file))),
    replacements: replacementTexts.map(([file, text]) => read(parseReplacement(text, file))),
    rights: read(parseRightsTable(rightsText, 'rights.yaml')),
    facts: read(parseFactTable(factsText, 'facts.yaml')),
    knownFrom: null,
  });
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return corpus;
}
