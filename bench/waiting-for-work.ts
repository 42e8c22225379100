// One small invented law, written twice: for this engine and for publicodes (npm, MIT), so that both can be timed on the
// same people. Somebody with a card or a permit may work; an applicant after 26 weeks, unless refused or hurried, in
// shelter, with a number and a licence.
import { loadCorpus, parseFactTable, parseLaw, parseRightsTable } from '@meedoen/rights';
import type { Corpus, FactValue, ParsedFile, Situation } from '@meedoen/rights';
import { formatProblem } from '@meedoen/units';

const lawText = `
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.8.0/schema/v0.8.0/schema.json
$id: wachtwet
name: Wachtwet
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2020-01-01'
bwb_id: BWBR0000001
url: https://example.org/wachtwet
articles:
  - number: '1'
    text: 'Kern: wie mag werken.'
    url: https://example.org/wachtwet#1
    machine_readable:
      execution:
        input:
          - { name: document, type: string, source: {} }
          - { name: brief, type: string, source: {} }
          - { name: aanvraag_op, type: date, source: {} }
          - { name: opvang, type: boolean, source: {} }
          - { name: heeft_nummer, type: boolean, source: {} }
          - { name: heeft_vergunning, type: boolean, source: {} }
        output:
          - { name: mag_werken, type: boolean }
          - { name: route_kaart, type: boolean }
          - { name: route_aanvraag, type: boolean }
          - { name: is_aanvrager, type: boolean }
          - { name: niet_uitgesloten, type: boolean }
          - { name: wachttijd_voorbij, type: boolean }
        actions:
          - { output: mag_werken, operation: OR, conditions: [$route_kaart, $route_aanvraag] }
          - { output: route_kaart, operation: IN, subject: $document, values: [card, permit] }
          - output: route_aanvraag
            operation: AND
            conditions: [$is_aanvrager, $niet_uitgesloten, $wachttijd_voorbij, $opvang, $heeft_nummer, $heeft_vergunning]
          - { output: is_aanvrager, operation: EQUALS, subject: $document, value: request }
          - { output: niet_uitgesloten, operation: NOT_IN, subject: $brief, values: [refused, fast] }
          - output: wachttijd_voorbij
            operation: GREATER_THAN_OR_EQUAL
            subject: $referencedate
            value: { operation: DATE_ADD, date: $aanvraag_op, weeks: 26 }
meedoen:
  checked_on: '2026-11-25'
  articles: { '1': { facts: [x-001], confidence: general_knowledge } }
`;

const factsText = `
facts:
  - { id: document, law_name: document, type: choice, choices: [request, permit, card, none] }
  - { id: letter, law_name: brief, type: choice, choices: [none, refused, fast] }
  - { id: askedOn, law_name: aanvraag_op, type: date, past: true }
  - { id: shelter, law_name: opvang, type: boolean }
  - { id: number, law_name: heeft_nummer, type: boolean }
  - { id: licence, law_name: heeft_vergunning, type: boolean }
`;

/** The law in the words of publicodes, which are French. 26 weeks are 182 days there. */
export const publicodesRules = {
  aujourd: { valeur: '23/11/2026' },
  document: { valeur: "'none'" },
  brief: { valeur: "'none'" },
  demande: { valeur: '01/01/2026' },
  opvang: 'non',
  nummer: 'non',
  vergunning: 'non',
  attente: { durée: { depuis: 'demande', "jusqu'à": 'aujourd' } },
  kaart: { 'une de ces conditions': ["document = 'card'", "document = 'permit'"] },
  aanvraag: {
    'toutes ces conditions': [
      "document = 'request'",
      "brief != 'refused'",
      "brief != 'fast'",
      'attente >= 182 jour',
      'opvang',
      'nummer',
      'vergunning',
    ],
  },
  werken: { 'une de ces conditions': ['kaart', 'aanvraag'] },
};

/** The law as a corpus with one right, `work`. */
export function waitingCorpus(): Corpus {
  const { corpus, problems } = loadCorpus({
    laws: [read(parseLaw(lawText, 'wachtwet.yaml'))],
    replacements: [],
    rights: read(
      parseRightsTable('[{ id: work, domain: work, kind: right, law: wachtwet, output: mag_werken }]', 'rights'),
    ),
    facts: read(parseFactTable(factsText, 'facts.yaml')),
    knownFrom: null,
  });
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return corpus;
}

/** A person's facts by the names that the law gives them. */
export function asLawFacts(corpus: Corpus, { facts }: Situation): Record<string, FactValue> {
  return Object.fromEntries(
    corpus.facts.facts.flatMap(({ id, lawName }) => {
      const value = facts[id];
      return value === undefined || value === null ? [] : [[lawName, value]];
    }),
  );
}

/** A person's facts as publicodes takes them: texts between quotes, days as 23/11/2026, yes and no in French. */
export function asPublicodes({ facts }: Situation): Record<string, string> {
  const yesOrNo = (value: unknown): string => (value === true ? 'oui' : 'non');
  return {
    document: `'${String(facts.document)}'`,
    brief: `'${String(facts.letter)}'`,
    demande: String(facts.askedOn).split('-').toReversed().join('/'),
    opvang: yesOrNo(facts.shelter),
    nummer: yesOrNo(facts.number),
    vergunning: yesOrNo(facts.licence),
  };
}

function read<T>(parsed: ParsedFile<T>): T {
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.value;
}
