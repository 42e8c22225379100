// What is refused, at which line and column, and what to do about it.
import { day, formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { lawTexts } from '../test/example-corpus.ts';
import { parseLaw } from './parse-law.ts';

const good = lawTexts[0]![1].trimStart();

function problems(text: string): readonly string[] {
  const parsed = parseLaw(text, 'law.yaml');
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
}

/** The good law with one thing changed. */
function changed(from: string, to: string): readonly string[] {
  expect(good).toContain(from);
  return problems(good.replace(from, to));
}

test('a good law comes out typed', () => {
  const parsed = parseLaw(good, 'law.yaml');
  expect(parsed.ok && parsed.value).toMatchObject({
    id: 'voorbeeldbesluit',
    name: 'Vb',
    regulatoryLayer: 'AMVB',
    validFrom: day('2020-01-01'),
    validTo: null,
  });
  const article = parsed.ok ? parsed.value.articles[0] : undefined;
  expect(article?.rules?.definitions.get('wachttijd')).toBe(9n);
  expect(article?.rules?.inputs[0]).toMatchObject({ name: 'aanvraag_op', type: 'date', source: { kind: 'fact' } });
  expect(article?.reading).toMatchObject({ facts: ['x-003'], confidence: 'law_text', layer: 'text' });
});

describe('the file', () => {
  test.each([
    { story: 'nothing', text: '', says: 'law.yaml:1:1: The file is empty.' },
    { story: 'a list', text: '- a', says: 'law.yaml:1:1: A law file must be a map of keys and values.' },
    {
      story: 'broken quotes',
      text: '$id: "a\nb: c',
      says: 'law.yaml:2:5: This is not valid YAML: missing closing "quote. Mend this line.',
    },
    {
      story: 'a key twice',
      text: `${good}\n$id: other`,
      says: 'law.yaml:38:1: "$id" stands here twice (first on line 2). Keep one of them.',
    },
    {
      story: 'too large',
      text: `# ${'x'.repeat(1_000_001)}`,
      says: 'law.yaml: The file is larger than 1 MB. Split it into smaller files.',
    },
  ])('$story', ({ text, says }) => {
    expect(problems(text)).toContain(says);
  });

  test.each([
    { story: 'deep lists', text: `a: ${'['.repeat(200)}${']'.repeat(200)}` },
    { story: 'very deep lists', text: `a: ${'['.repeat(400_000)}` },
    { story: 'deep maps', text: Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n') },
  ])(
    '$story do not hang the reader',
    ({ text }) => {
      expect(problems(text).join()).toContain('deeper than 100 levels');
    },
    20_000,
  );

  test('nor does a bomb of aliases', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(', ')}]`,
    );
    expect(problems(['a0: &a0 [x, x]', ...levels].join('\n')).join()).toContain('more than 200000 values');
  });

  test('nor a hundred thousand anchors or keys', () => {
    expect(problems('&a '.repeat(100_000)).join()).toContain('more than 2000 anchors');
    expect(problems(Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')).length).toBeGreaterThan(0);
  }, 20_000);
});

describe('the head of a law', () => {
  test.each([
    {
      from: "valid_from: '2020-01-01'",
      to: "valid_from: '2020-02-30'",
      says: 'law.yaml:6:13: "valid_from" must be a date. 2020-02-30 does not exist: February 2020 has 29 days.',
    },
    {
      from: "valid_from: '2020-01-01'",
      to: "valid_from: '2020-1-1'",
      says: 'law.yaml:6:13: "valid_from" must be a date. Write the date as 2026-11-23.',
    },
    {
      from: "valid_from: '2020-01-01'",
      to: "valid_from: '2020-01-01'\nvalid_to: '2019-01-01'",
      says: 'law.yaml:7:1: "valid_to" lies before "valid_from". It is the last day in force.',
    },
    {
      from: 'regulatory_layer: AMVB',
      to: 'regulatory_layer: AMVD',
      says: 'law.yaml:4:19: "regulatory_layer" must be "AMVB" (did you mean that?).',
    },
    {
      from: 'bwb_id: BWBR0000001',
      to: 'bwb_id: BWB1',
      says: 'law.yaml:7:1: "bwb_id" must be written like BWBR0007149.',
    },
    {
      from: 'bwb_id: BWBR0000001\n',
      to: '',
      says: 'law.yaml:1:1: A law of layer AMVB needs "bwb_id", such as BWBR0007149.',
    },
    {
      from: '$id: voorbeeldbesluit',
      to: '$id: Voorbeeld besluit',
      says: 'law.yaml:2:1: "Voorbeeld besluit" is not a law id: use lower-case letters, digits and _.',
    },
    {
      from: 'schema/v0.8.0/',
      to: 'schema/v0.9.0/',
      says: 'law.yaml:1:1: This file is written for schema v0.9.0. This engine reads v0.2.0 to v0.8.0.',
    },
    {
      from: 'name: Voorbeeldbesluit',
      to: 'procedure: [{ id: beschikking, stages: [] }]\nname: Voorbeeldbesluit',
      says: 'law.yaml:3:13: This procedure needs the key "applies_to".',
    },
  ])('$says', ({ from, to, says }) => {
    expect(changed(from, to)).toContain(says);
  });

  test('root keys of other authors are left alone', () => {
    expect(changed('name: Voorbeeldbesluit', 'of_somebody_else: [1, 2]\nname: Voorbeeldbesluit')).toEqual([]);
  });
});

describe('articles', () => {
  test.each([
    {
      from: "    text: 'Kern",
      to: "    txt: 'Kern",
      says: 'law.yaml:11:5: Article 6 cannot have the key "txt". Did you mean "text"?',
    },
    {
      from: '      definitions:',
      to: '      hooks: [{ hook_point: pre_actions }]\n      definitions:',
      says: 'law.yaml:14:15: This hook needs the key "applies_to".',
    },
    {
      from: '      definitions:',
      to: '      defintions:',
      says: 'law.yaml:14:7: "machine_readable" cannot have the key "defintions". Did you mean "definitions"?',
    },
    {
      from: 'name: opent_op, type: date',
      to: 'name: opent_op, type: day',
      says: 'law.yaml:20:37: "type" must be "date" (did you mean that?).',
    },
    {
      from: '{ name: opent_op, type: date }',
      to: '{ name: opent_op, type: date, nulable: true }',
      says: 'law.yaml:20:43: Output "opent_op" cannot have the key "nulable". Did you mean "nullable"?',
    },
    {
      from: "'6': { facts: [x-003], confidence: law_text }",
      to: "'7': { facts: [x-003], confidence: law_text }",
      says: 'law.yaml:36:5: There is no article 7 in this file.',
    },
    {
      from: 'confidence: law_text',
      to: 'confidence: sure',
      says: 'law.yaml:36:40: "confidence" must be one of law_text, official_page, older_law_text, general_knowledge, inference.',
    },
  ])('$says', ({ from, to, says }) => {
    expect(changed(from, to)).toContain(says);
  });
});

describe('operations', () => {
  const action = '- { output: maanden_wachten, value: $wachttijd }';
  test.each([
    { value: '{ operation: AD, values: [1] }', says: '"operation" must be "ADD" (did you mean that?).' },
    { value: '{ operation: ADD, values: [] }', says: 'ADD needs at least one value.' },
    {
      value: '{ operation: ADD, vals: [1] }',
      says: 'Operation ADD cannot have the key "vals". Did you mean "values"?',
    },
    { value: '{ operation: ROUND, value: 1 }', says: 'Operation ROUND needs the key "precision".' },
    {
      value: '{ operation: ROUND, value: 1, precision: 29 }',
      says: 'A precision is a whole number from -28 to 28, written out.',
    },
    {
      value: '{ operation: DATE_ADD, date: $referencedate }',
      says: 'DATE_ADD needs at least one of years, months, weeks, days.',
    },
    {
      value: '{ operation: DATE_DIFF, from: $a, to: $b, in: hours }',
      says: 'DATE_DIFF counts "in" days, months or years.',
    },
    { value: '{ operation: DATE_PART, date: $a, in: week }', says: '"in" must be one of year, month, day.' },
    { value: '{ operation: IN, subject: 1 }', says: 'IN needs either "values" (a list) or "value".' },
    { value: '{ operation: IF, cases: [{ when: true }] }', says: 'A case of IF needs the key "then".' },
    {
      value: '{ operation: FOREACH, collection: $a, body: 1, combine: SUM }',
      says: '"combine" must be one of ADD, OR, AND, MIN, MAX.',
    },
    { value: '{ months: 3 }', says: 'An operand is a value, a $reference or a map with the key "operation".' },
    { value: '$2wrong', says: '"$2wrong" is not a reference. Write $name or $name.property.' },
    { value: '9223372036854775808', says: 'A whole number has at most 64 bits.' },
  ])('$value', ({ value, says }) => {
    const found = changed(action, `- { output: maanden_wachten, value: ${value} }`);
    expect(found.map((line) => line.replace(/^law\.yaml:31:\d+: /, ''))).toContain(says);
  });

  test('what may not stand on an action itself', () => {
    const found = changed(action, '- { output: maanden_wachten, operation: IF, cases: [] }');
    expect(found[0]).toBe('law.yaml:31:40: IF cannot stand on the action itself. Write it under "value".');
  });

  test('all problems of a file are found in one go', () => {
    const two = good.replace('type: boolean', 'type: bool').replace('confidence: law_text', 'confidence: sure');
    expect(problems(two)).toHaveLength(2);
  });
});
