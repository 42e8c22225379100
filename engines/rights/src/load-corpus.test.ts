import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { factsText, lawTexts, read, replacementTexts, rightsText } from '../test/example-corpus.ts';
import { littleLawText } from '../test/little-law.ts';
import { loadCorpus } from './load-corpus.ts';
import { parseFactTable } from './parse-fact-table.ts';
import { parseLaw } from './parse-law.ts';
import { parseReplacement } from './parse-replacement.ts';
import { parseRightsTable } from './parse-rights-table.ts';

type Texts = {
  readonly laws?: readonly (readonly [string, string])[];
  readonly replacements?: readonly (readonly [string, string])[];
  readonly rights?: string;
};

function problems({ laws = lawTexts, replacements = replacementTexts, rights = rightsText }: Texts): readonly string[] {
  return loadCorpus({
    laws: laws.map(([file, text]) => read(parseLaw(text, file))),
    replacements: replacements.map(([file, text]) => read(parseReplacement(text, file))),
    rights: read(parseRightsTable(rights, 'rights.yaml')),
    facts: read(parseFactTable(factsText, 'facts.yaml')),
    knownFrom: null,
  }).problems.map(formatProblem);
}

const changeLaws = (from: string, to: string): Texts => ({
  laws: lawTexts.map(([file, text]) => [file, text.replace(from, to)]),
});

test('what fits has no problems', () => {
  expect(problems({})).toEqual([]);
});

describe('what does not fit', () => {
  test.each<{ story: string; texts: Texts; says: RegExp }>([
    {
      story: 'a right without its law',
      texts: {
        rights: rightsText.replace(
          'law: voorbeeldwet\n  output: mag_werken',
          'law: voorbeeldwed\n  output: mag_werken',
        ),
      },
      says: /^rights\.yaml:2:3: There is no law "voorbeeldwed"\.$/,
    },
    {
      story: 'a right without its output',
      texts: { rights: rightsText.replace('output: mag_werken', 'output: mag_vliegen') },
      says: /^rights\.yaml:2:3: No version of "voorbeeldwet" has an output "mag_vliegen"\.$/,
    },
    {
      story: 'a right that is no yes or no',
      texts: { rights: rightsText.replace('output: mag_werken', 'output: laatste_dag_kaart') },
      says: /The output of right "paid-work" must be a boolean/,
    },
    {
      story: 'an end that is no date',
      texts: { rights: rightsText.replace('output: laatste_dag_kaart', 'output: mag_werken') },
      says: /"mag_werken" must be a date to end a right/,
    },
    {
      story: 'a reference to nothing',
      texts: changeLaws('subject: $loon, value: $norm', 'subject: $loon, value: $normm'),
      says: /^voorbeeldwet\/2020-01-01\.yaml:\d+:\d+: Nothing in article 3 is called "normm"\. Declare it as an input, definition or output\.$/,
    },
    {
      story: 'an output that the other law does not have',
      texts: changeLaws(
        'regulation: voorbeeldbesluit, output: oud_genoeg',
        'regulation: voorbeeldbesluit, output: te_jong',
      ),
      says: /"voorbeeldbesluit" has no output "te_jong" from 2020-01-01\.$/,
    },
    {
      story: 'a fact that nobody has',
      texts: changeLaws(
        '{ name: opvang, type: boolean, source: {} }',
        '{ name: opvangplek, type: boolean, source: {} }',
      ),
      says: /No fact has the law name "opvangplek"/,
    },
    {
      story: 'a fact of another type',
      texts: changeLaws('{ name: opvang, type: boolean, source: {} }', '{ name: opvang, type: string, source: {} }'),
      says: /"opvang" is a fact of type boolean; declare it as boolean/,
    },
    {
      story: 'a choice that the fact does not have',
      texts: changeLaws('subject: $document, value: card', 'subject: $document, value: passport'),
      says: /"passport" is not among the choices of this fact: request, permit, card, none/,
    },
    {
      story: 'a condition without a name',
      texts: changeLaws(
        'conditions: [$heeft_kaart, $kaart_geldig]',
        'conditions: [$heeft_kaart, { operation: NOT, value: $is_aanvrager }]',
      ),
      says: /A condition of a right needs a name that people can be shown/,
    },
    {
      story: 'a number where a yes or no belongs',
      texts: changeLaws('conditions: [$heeft_verblijf, $vergunning_ingegaan]', 'conditions: [$heeft_verblijf, 3]'),
      says: /AND takes booleans, but one of its operands is a number/,
    },
    {
      story: 'a date compared with a number',
      texts: changeLaws('subject: $referencedate, value: $opent_op', 'subject: $referencedate, value: 3'),
      says: /compares two numbers or two dates, not a date and a number/,
    },
    {
      story: 'an IF that may end in nothing',
      texts: changeLaws('type: number, nullable: true, type_spec: { unit: euro }', 'type: number'),
      says: /Output "loonnorm" comes from an IF without "default", so it may be null/,
    },
    {
      story: 'an output that is not what it says',
      texts: changeLaws('{ name: opent_op, type: date }', '{ name: opent_op, type: number }'),
      says: /Output "opent_op" is declared as number, but its action gives a date/,
    },
    {
      story: 'an input that nobody reads',
      texts: changeLaws(
        '{ name: loon, type: number, source: {} }',
        '{ name: loon, type: number, source: {} }\n          - { name: opvang, type: boolean, source: {} }',
      ),
      says: /Input "opvang" is not read by any action of article 3/,
    },
    {
      story: 'an action for what is not declared',
      texts: changeLaws('- { output: maanden_wachten, value: $wachttijd }', '- { output: maanden, value: $wachttijd }'),
      says: /Article 6 computes "maanden", which is not in its "output" list/,
    },
    {
      story: 'an output that nothing computes',
      texts: changeLaws('- { output: maanden_wachten, value: $wachttijd }', ''),
      says: /No action computes output "maanden_wachten"\. Add one, or remove the output\.$/,
    },
    {
      story: 'euros compared with months',
      texts: {
        laws: lawTexts.map(([file, text]) => [
          file,
          text
            .replace('definitions: { norm: 3000 }', 'definitions: { norm: { value: 3, type_spec: { unit: months } } }')
            .replace('{ name: loon, type: number,', '{ name: loon, type: number, type_spec: { unit: euro },'),
        ]),
      },
      says: /Unit mismatch: GREATER_THAN_OR_EQUAL of euro and months/,
    },
    {
      story: 'a version twice',
      texts: { laws: [...lawTexts, ['copy.yaml', lawTexts[0]![1]]] },
      says: /This version of "voorbeeldbesluit" is also in voorbeeldbesluit\/2020-01-01\.yaml/,
    },
    {
      story: 'a circle',
      texts: {
        laws: [
          ...lawTexts,
          [
            'round.yaml',
            littleLawText({
              outputs: [
                ['a', 'number', '$b'],
                ['b', 'number', '$a'],
              ],
            }),
          ],
        ],
      },
      says: /^round\.yaml:\d+:\d+: Output "[ab]" of "kleine_wet" needs itself\.$/,
    },
    {
      story: 'a replacement of an article that is not there',
      texts: {
        replacements: [[replacementTexts[0]![0], replacementTexts[0]![1].replace("article: '6'", "article: '9'")]],
      },
      says: /^ruling\.yaml:10:5: No version of "voorbeeldbesluit" has an article 9\.$/,
    },
    {
      story: 'a replacement that drops an output others need',
      texts: {
        replacements: [
          [
            replacementTexts[0]![0],
            replacementTexts[0]![1]
              .replaceAll(/^.*oud_genoeg.*$/gm, '')
              .replace('- { name: geboren_op, type: date, source: {} }', ''),
          ],
        ],
      },
      says: /"voorbeeldbesluit" has no output "oud_genoeg" from 2025-03-01/,
    },
    {
      story: 'two replacements of one article from one day',
      texts: {
        replacements: [
          replacementTexts[0]!,
          ['again.yaml', replacementTexts[0]![1].replace('id: ruling-2025', 'id: again')],
        ],
      },
      says: /Replacement "ruling-2025" also takes the place of article 6 from 2025-03-01/,
    },
  ])('$story', ({ texts, says }) => {
    expect(
      problems(texts).some((line) => says.test(line)),
      problems(texts).join('\n'),
    ).toBe(true);
  });
});
