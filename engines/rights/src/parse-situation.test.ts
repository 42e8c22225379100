import { day, formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { factsText, read } from '../test/example-corpus.ts';
import { parseFactTable } from './parse-fact-table.ts';
import { parseSituation } from './parse-situation.ts';

const table = read(parseFactTable(factsText, 'facts.yaml'));
const today = day('2026-11-23');
const problems = (json: unknown): readonly string[] => {
  const parsed = parseSituation(table, json, today, typeof json === 'string' ? 'me.json' : undefined);
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

test('a good situation comes out as it is, with what was asked in vain', () => {
  const json = {
    $schema: 'https://example.org/situation.json',
    facts: { document: 'request', askedOn: '2026-01-31', number: false, wage: 12.5, letter: null },
  };
  const { $schema: _, ...situation } = json;
  expect(parseSituation(table, json, today)).toEqual({ ok: true, situation });
  expect(parseSituation(table, JSON.stringify(json), today)).toEqual({ ok: true, situation });
  expect(parseSituation(table, JSON.stringify(json, null, '\t'), today)).toEqual({ ok: true, situation });
});

describe('text is refused with line and column', () => {
  test.each([
    { json: '', says: 'me.json:1:1: The file is empty.' },
    {
      json: '{"facts": {"number": true,}',
      says: 'me.json:1:28: This is not valid YAML: flow map must end with a }. Mend this line.',
    },
    {
      json: '{facts: {number: yes}}',
      says: 'me.json:1:1: This is not JSON. Write { "facts": { … } }, with quotes around every key and every word.',
    },
    { json: '[]', says: 'me.json: A situation looks like { "facts": { "document": "asylum-request" } }.' },
    {
      json: '{\n  "facts": {},\n  "name": "S."\n}',
      says: 'me.json:3:3: /name: A situation cannot have the key "name". Put facts under "facts".',
    },
    {
      json: '{\n  "facts": {\n    "documnt": "card"\n  }\n}',
      says: 'me.json:3:5: /facts/documnt: There is no fact "documnt". Did you mean "document"?',
    },
    {
      json: '{"facts": {"number": true, "number": false}}',
      says: 'me.json:1:28: "number" stands here twice (first on line 1). Keep one of them.',
    },
  ])('$says', ({ json, says }) => {
    expect(problems(json)).toContain(says);
  });
});

describe('facts are checked against the table', () => {
  test.each<{ facts: object; says: string }>([
    {
      facts: { document: 'passport' },
      says: '/facts/document: "document" is one of request, permit, card, none, or null for "I do not know".',
    },
    {
      facts: { bornOn: '2026-02-30' },
      says: '/facts/bornOn: "bornOn": 2026-02-30 does not exist: February 2026 has 28 days.',
    },
    { facts: { bornOn: '30-1-1990' }, says: '/facts/bornOn: "bornOn": Write the date as 2026-11-23.' },
    {
      facts: { askedOn: '2026-11-24' },
      says: '/facts/askedOn: "askedOn" lies in the future. Write a date up to 2026-11-23.',
    },
    { facts: { number: 'yes' }, says: '/facts/number: "number" is true or false, or null for "I do not know".' },
    {
      facts: { wage: '12' },
      says: '/facts/wage: "wage" is a number from 0 to 100000 without quotes, or null for "I do not know".',
    },
    {
      facts: { wage: -1 },
      says: '/facts/wage: "wage" is a number from 0 to 100000 without quotes, or null for "I do not know".',
    },
    {
      facts: { wage: Number.NaN },
      says: '/facts/wage: "wage" is a number from 0 to 100000 without quotes, or null for "I do not know".',
    },
    {
      facts: { bornOn: '2020-01-01', askedOn: '2019-01-01' },
      says: '/facts/askedOn: "askedOn" (2019-01-01) cannot lie before "bornOn" (2020-01-01). Change one of them.',
    },
    {
      facts: { document: 'card', letter: 'fast' },
      says: '/facts/letter: "letter" (fast) and "document" (card) cannot be true together. Change one of them.',
    },
    { facts: { __proto__x: 1 }, says: '/facts/__proto__x: There is no fact "__proto__x". Leave it out.' },
  ])('$says', ({ facts, says }) => {
    expect(problems({ facts })).toContain(says);
  });

  test('a date that may lie ahead may lie ahead', () => {
    expect(problems({ facts: { cardUntil: '2031-01-01' } })).toEqual([]);
  });

  test('every problem is found at once, each with a code and the fact for other languages', () => {
    const parsed = parseSituation(table, { facts: { document: 'x', number: 3 } }, today);
    expect(parsed.ok ? [] : parsed.problems.map(({ what, words }) => [what, words['fact']])).toEqual([
      ['fact-choice', 'document'],
      ['fact-boolean', 'number'],
    ]);
  });

  test('ten megabytes are refused at once', () => {
    expect(problems(`{"facts": {"document": "${'x'.repeat(10_000_000)}"}}`)).toEqual([
      'me.json: The file is larger than 1 MB. Split it into smaller files.',
    ]);
  });
});
