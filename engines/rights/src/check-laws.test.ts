import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { littleLawText, type LittleLaw } from '../test/little-law.ts';
import { staticProblems } from './check-laws.ts';
import type { LawFile } from './law-file.ts';
import { parseLaw } from './parse-law.ts';
import { read } from '../test/example-corpus.ts';

const schema = (version: string): string =>
  `$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-${version}/schema/${version}/schema.json\n`;

const law = (little: LittleLaw, version = 'v0.8.0', id = 'kleine_wet', nullable = false): LawFile => {
  const text = littleLawText(little, id);
  const declared = nullable ? text : text.replaceAll(', nullable: true }', ' }');
  return read(parseLaw(schema(version) + declared, `${id}.yaml`));
};
const says = (...laws: readonly LawFile[]): readonly string[] => staticProblems(laws).map(formatProblem);

const inputs = [
  '{ name: huur, type: amount, nullable: true , source: {} }',
  '{ name: inkomen, type: amount, source: {} }',
  '{ name: huwelijk, type: boolean, nullable: true , source: {} }',
];
const one = (type: string, value: string): LittleLaw => ({ inputs, outputs: [['uit', type, value]] });

describe('what schema v0.8.0 asks of a file', () => {
  test.each([
    [
      'a sum of text',
      'number',
      '{ operation: ADD, values: [1, een] }',
      'ADD takes numbers, but one of its operands is a string.',
    ],
    [
      'logic on a number',
      'boolean',
      '{ operation: AND, conditions: [$inkomen, true] }',
      'AND takes booleans, but one of its operands is a number.',
    ],
    [
      'two types compared',
      'boolean',
      '{ operation: EQUALS, subject: $inkomen, value: hoog }',
      'EQUALS compares a number with a string; that is never true.',
    ],
    [
      'a literal of another type',
      'number',
      'veel',
      'Output "uit" is declared as number, but its action gives a string.',
    ],
    [
      'an IF that may end in nothing',
      'number',
      '{ operation: IF, cases: [{ when: true, then: 1 }] }',
      'Output "uit" comes from an IF without "default", so it may be null. Add a default, or declare it nullable.',
    ],
    [
      'a test for what is never null',
      'boolean',
      '{ operation: IS_NULL, subject: $inkomen }',
      '"inkomen" is tested for null, but is declared never to be. Declare it nullable, or drop the test.',
    ],
    [
      'a sum with what may be null',
      'number',
      '{ operation: ADD, values: [$huur, 1] }',
      'ADD reads "huur", which may be null. Test first whether it is there, or declare it not nullable.',
    ],
    [
      'a condition that may be null',
      'boolean',
      '{ operation: NOT, value: $huwelijk }',
      'NOT reads "huwelijk", which may be null. Test first whether it is there, or declare it not nullable.',
    ],
  ])('%s is refused at its place', (_, type, value, message) => {
    const found = says(law(one(type, value)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^kleine_wet\.yaml:\d+:\d+: /);
    expect(found[0]).toContain(message);
  });

  test.each([
    [
      'a test before it in AND',
      '{ operation: AND, conditions: [{ operation: NOT_NULL, subject: $huur }, { operation: GREATER_THAN, subject: $huur, value: 5 }] }',
    ],
    [
      'a test before it in OR',
      '{ operation: OR, conditions: [{ operation: IS_NULL, subject: $huur }, { operation: GREATER_THAN, subject: $huur, value: 5 }] }',
    ],
    [
      'a case of an IF',
      '{ operation: IF, cases: [{ when: { operation: IS_NULL, subject: $huur }, then: false }], default: { operation: LESS_THAN, subject: $huur, value: 5 } }',
    ],
    ['equality with something', '{ operation: EQUALS, subject: $huur, value: 5 }'],
    [
      'a date declared as text',
      '{ operation: GREATER_THAN, subject: { operation: DATE_ADD, date: "2024-01-31", months: 1 }, value: "2024-01-01" }',
    ],
  ])('%s is well', (_, value) => {
    expect(says(law(one('boolean', value)))).toEqual([]);
  });

  test('a presence test may have a name of its own', () => {
    const named: LittleLaw = {
      inputs,
      outputs: [
        ['heeft_huur', 'boolean', '{ operation: NOT_NULL, subject: $huur }'],
        [
          'hoog',
          'boolean',
          '{ operation: AND, conditions: [$heeft_huur, { operation: GREATER_THAN, subject: $huur, value: 5 }] }',
        ],
      ],
    };
    expect(says(law(named))).toEqual([]);
  });

  test('an input may be null where its source may', () => {
    const source = law({ outputs: [['misschien', 'number', 'null']] }, 'v0.8.0', 'andere_wet', true);
    const asks = (nullable: string): LawFile =>
      law({
        inputs: [`{ name: misschien, type: number, source: { regulation: andere_wet }${nullable} }`],
        outputs: [['uit', 'array', '[$misschien]']],
      });
    expect(says(asks(''), source)).toEqual([
      'kleine_wet.yaml:16:17: "misschien" of "andere_wet" (2020-01-01) may be null; declare input "misschien" nullable.',
    ]);
    expect(says(asks(', nullable: true '), source)).toEqual([]);
  });
});

test('files of older schemas promise none of this', () => {
  for (const version of ['v0.5.6', 'v0.7.1'])
    expect(says(law(one('number', '{ operation: ADD, values: [$huur, een] }'), version))).toEqual([]);
});
