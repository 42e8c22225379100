import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, day, isoDay, month } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import type { Answer, Answers } from './answers.ts';
import { noConsents, toContribution, type Consents, type Draft } from './contribution.ts';
import { parseAnswer } from './parse-answer.ts';
import { parseContribution } from './parse-contribution.ts';

const draft: Draft = {
  id: '019aba00-0000-7000-8000-000000000001',
  month: month('2026-11'),
  instrument: 'small',
  instrumentVersion: 2,
  language: 'ar',
  profile: { town: 'GM0344', door: 'asylum', arrived: month('2025-04'), ageBand: '25-34', gender: 'woman' },
  answers: {
    work: { values: ['paid'], words: null },
    health: { values: ['4'], words: null },
    life: { values: ['7'], words: null },
    'stood-in-way': { values: ['travel', 'language'], words: 'de bus' },
    'of-another-questionnaire': { values: ['x'], words: 'y' },
  },
};
const agree = (...to: (keyof Consents)[]): Consents => ({
  ...noConsents,
  ...Object.fromEntries(to.map((one) => [one, true])),
});

test('without consent nothing leaves, whatever else is agreed to', () => {
  expect(toContribution(small, draft, noConsents)).toBeNull();
  expect(toContribution(small, draft, agree('follow', 'health'))).toBeNull();
});

test('to be counted: answers without health and without own words', () => {
  expect(toContribution(small, draft, agree('count'))).toEqual({
    ...draft,
    followed: false,
    answers: [
      { question: 'work', value: 'paid' },
      { question: 'life', value: '7' },
      { question: 'stood-in-way', value: 'travel' },
      { question: 'stood-in-way', value: 'language' },
    ],
    words: [],
  });
});

test('own words alone go with the town, for its team, and with nothing else of the person', () => {
  expect(toContribution(small, draft, agree('words', 'follow'))).toEqual({
    ...draft,
    profile: { town: 'GM0344', door: null, arrived: null, ageBand: null, gender: null },
    followed: false,
    answers: [],
    words: [{ question: 'stood-in-way', text: 'de bus' }],
  });
});

const anyConsents = fc.record({ count: fc.boolean(), follow: fc.boolean(), words: fc.boolean(), health: fc.boolean() });
// Every text of an answer says what it is, so that it can be recognised wherever it might turn up.
const anyDraft = fc
  .record(
    Object.fromEntries(
      small.questions.map((question) => {
        const mark = question.sensitive ? `HEALTH ${question.id}` : `ANSWER ${question.id}`;
        return [
          question.id,
          fc.record({
            values: fc.subarray([mark]),
            words: fc.constantFrom(null, `WORDS ${question.id}${question.sensitive ? ' HEALTH' : ''}`),
          }),
        ];
      }),
    ) as Record<string, fc.Arbitrary<Answer>>,
    { requiredKeys: [] },
  )
  .map((answers): Draft => ({ ...draft, answers: answers as Answers }));

test('a contribution never holds a field without its consent', () => {
  fc.assert(
    fc.property(anyDraft, anyConsents, (one, consents) => {
      const leaves = JSON.stringify(toContribution(small, one, consents));
      if (!consents.count) expect(leaves).not.toMatch(/ANSWER|"value":"HEALTH|asylum|2025-04|25-34|woman/);
      if (!consents.words) expect(leaves).not.toContain('WORDS');
      if (!consents.health) expect(leaves).not.toContain('HEALTH');
      if (!consents.count || !consents.follow) expect(leaves).not.toContain('"followed":true');
      if (!consents.count && !consents.words) expect(leaves).toBe('null');
    }),
    { numRuns: 500 },
  );
});

test('no exact day leaves, only months, however a date was typed', () => {
  const days = fc
    .integer({ min: 0, max: 12 * 20 })
    .chain((months) =>
      fc
        .integer({ min: 0, max: 27 })
        .map((more) => isoDay(addMonths(day('2006-01-01'), months)).slice(0, 8) + String(more + 1).padStart(2, '0')),
    );
  fc.assert(
    fc.property(days, days, fc.constantFrom('paid', 'looking'), anyConsents, (began, ended, work, consents) => {
      const answers: Record<string, Answer> = { work: { values: [work], words: null } };
      for (const [id, typed] of [
        ['work-began', began],
        ['work-ended', ended],
      ] as const) {
        const around = {
          month: draft.month,
          today: draft.month,
          profile: { ...draft.profile, ageBand: null },
          answers,
        };
        const parsed = parseAnswer(
          small.questions.find((one) => one.id === id)!,
          { values: [typed] },
          around,
        );
        if (parsed.ok && parsed.value) answers[id] = parsed.value;
      }
      expect(answers['work-began']?.values).toEqual([began.slice(0, 7)]);
      expect(JSON.stringify(toContribution(small, { ...draft, answers: answers as Answers }, consents))).not.toMatch(
        /\d{4}-\d{2}-\d{2}/,
      );
    }),
  );
});

/** A contribution as a forger may change it. */
type Loose = Record<string, unknown> & {
  profile: Record<string, unknown>;
  answers: Record<string, unknown>[];
  words: Record<string, unknown>[];
};

describe('a contribution at the door of the server', () => {
  const door = {
    questionnaires: [small],
    languages: ['nl', 'ar'],
    isTown: (code: string) => code === 'GM0344',
    today: month('2026-11'),
  };
  const whole = toContribution(small, draft, agree('count', 'follow', 'words', 'health'))!;
  const changed = (change: (json: Loose) => void): unknown => {
    const json = structuredClone(whole) as unknown as Loose;
    change(json);
    return json;
  };

  test('what left the device comes in as it was', () => {
    expect(parseContribution(JSON.parse(JSON.stringify(whole)), door)).toEqual({ ok: true, value: whole });
  });

  test('whatever the device may send is taken', () => {
    fc.assert(
      fc.property(anyConsents, (consents) => {
        const sent = toContribution(small, draft, consents);
        if (sent) expect(parseContribution(sent, door)).toEqual({ ok: true, value: sent });
      }),
    );
  });

  test.each([
    { story: 'no object', json: [], at: '' },
    { story: 'a field too many', json: changed((json) => (json['contributor'] = 'me')), at: '' },
    { story: 'a field too few', json: changed((json) => delete json['followed']), at: '' },
    {
      story: 'an id that is no UUID of version 7',
      json: changed((json) => (json['id'] = crypto.randomUUID())),
      at: '/id',
    },
    { story: 'a month to come', json: changed((json) => (json['month'] = '2026-12')), at: '/month' },
    { story: 'a month of years ago', json: changed((json) => (json['month'] = '2024-10')), at: '/month' },
    { story: 'a day for a month', json: changed((json) => (json['month'] = '2026-11-03')), at: '/month' },
    { story: 'an old version', json: changed((json) => (json['instrumentVersion'] = 1)), at: '/instrument' },
    { story: 'another language', json: changed((json) => (json['language'] = 'xx')), at: '/language' },
    {
      story: 'a town that is not there',
      json: changed((json) => (json.profile['town'] = 'GM9999')),
      at: '/profile/town',
    },
    {
      story: 'a day of arrival',
      json: changed((json) => (json.profile['arrived'] = '2025-04-01')),
      at: '/profile/arrived',
    },
    { story: 'an exact age', json: changed((json) => (json.profile['ageBand'] = 31)), at: '/profile/ageBand' },
    { story: 'a name in the profile', json: changed((json) => (json.profile['name'] = 'S.')), at: '/profile' },
    {
      story: 'an unknown question',
      json: changed((json) => (json.answers[0]!['question'] = 'religion')),
      at: '/answers/0/question',
    },
    {
      story: 'an answer that is not there',
      json: changed((json) => (json.answers[0]!['value'] = 'maybe')),
      at: '/answers/0',
    },
    { story: 'an answer twice', json: changed((json) => json.answers.push(json.answers[0]!)), at: '/answers/5' },
    {
      story: 'two answers to one question',
      json: changed((json) => json.answers.push({ question: 'life', value: '1' })),
      at: '/answers/2',
    },
    { story: 'words with U+0000', json: changed((json) => (json.words[0]!['text'] = 'a\0b')), at: '/answers/3' },
    { story: 'words twice', json: changed((json) => json.words.push(json.words[0]!)), at: '/words/1' },
    {
      story: 'nothing at all',
      json: changed((json) => Object.assign(json, { answers: [], words: [] })),
      at: '/answers',
    },
    {
      story: 'a million answers',
      json: changed((json) => (json.answers = Array(1_000_000).fill(json.answers[0]!))),
      at: '/answers',
    },
  ])('refuses $story', ({ json, at }) => {
    const parsed = parseContribution(json, door);
    expect(parsed.ok ? 'taken' : parsed.problem.at?.pointer).toBe(at);
  });

  test('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => void parseContribution(json, door)));
    const paths = [
      'id',
      'month',
      'instrument',
      'instrumentVersion',
      'language',
      'profile',
      'followed',
      'answers',
      'words',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        parseContribution(
          changed((json) => (json[path] = value)),
          door,
        );
      }),
    );
  });
});
