import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { month } from '@meedoen/units';
import { ask } from '../test/small-questionnaire.ts';
import { earliestBirth } from './coarsen.ts';
import { parseWords } from './own-words.ts';
import { parseAnswer, type Around } from './parse-answer.ts';
import type { AgeBand } from './profile.ts';

const around = (more: Partial<Around> = {}, ageBand: AgeBand | null = null): Around => ({
  month: month('2026-11'),
  today: month('2026-11'),
  profile: { town: null, door: null, arrived: null, ageBand, gender: null },
  answers: {},
  ...more,
});
const read = (id: string, values: unknown[], words?: unknown, at = around()) =>
  parseAnswer(ask(id), { values, words }, at);
const problemOf = (...given: Parameters<typeof read>): string | null => {
  const parsed = read(...given);
  if (parsed.ok) return null;
  // Every refusal says what to do, in a sentence.
  expect(parsed.problem.message).toMatch(/\.$/);
  return parsed.problem.what;
};

describe('what can be used', () => {
  test.each([
    { story: 'an option', id: 'work', values: ['paid'], gives: ['paid'] },
    { story: 'a mark', id: 'life', values: ['7'], gives: ['7'] },
    { story: 'a mark with a zero in front', id: 'life', values: ['07'], gives: ['7'] },
    { story: 'a mark in Arabic digits', id: 'life', values: ['١٠'], gives: ['10'] },
    { story: 'a number in Persian digits', id: 'hours', values: ['۳۶'], gives: ['36'] },
    { story: 'a month', id: 'work-began', values: [' 2026-03 '], gives: ['2026-03'] },
    { story: 'a month in Arabic digits', id: 'work-began', values: ['٢٠٢٦-٠٣'], gives: ['2026-03'] },
    { story: 'a day, of which the month is kept', id: 'work-began', values: ['2026-03-14'], gives: ['2026-03'] },
    {
      story: 'several that fit, in our order, each once',
      id: 'stood-in-way',
      values: ['language', 'travel', 'language'],
      gives: ['travel', 'language'],
    },
  ])('$story', ({ id, values, gives }) => {
    expect(read(id, values)).toEqual({ ok: true, value: { values: gives, words: null } });
  });

  test.each(['work', 'life', 'hours', 'work-began', 'stood-in-way', 'should-be-asked'])('%s may be skipped', (id) => {
    expect(read(id, [])).toEqual({ ok: true, value: null });
    expect(read(id, ['', '  '])).toEqual({ ok: true, value: null });
  });

  test('own words beside the options, and by themselves', () => {
    expect(read('stood-in-way', ['travel'], ' 🚲 gestolen\r\nweer ')).toEqual({
      ok: true,
      value: { values: ['travel'], words: '🚲 gestolen\nweer' },
    });
    expect(read('should-be-asked', ['ከመይ ኣለኹም?'])).toEqual({ ok: true, value: { values: [], words: 'ከመይ ኣለኹም?' } });
  });
});

describe('what cannot be: said kindly, with what to do', () => {
  test.each([
    { story: 'an option that is not there', id: 'work', values: ['slavery'], what: 'not-an-option' },
    { story: 'two answers to one question', id: 'work', values: ['paid', 'looking'], what: 'choose-one' },
    { story: 'a mark above the scale', id: 'life', values: ['11'], what: 'number-range' },
    { story: 'a mark below the scale', id: 'life', values: ['-1'], what: 'number-range' },
    { story: 'half a mark', id: 'life', values: ['7.5'], what: 'number-format' },
    { story: 'words for a number', id: 'hours', values: ['veel'], what: 'number-format' },
    { story: 'a number without end', id: 'hours', values: ['9'.repeat(400)], what: 'number-format' },
    { story: 'a month that does not exist', id: 'work-began', values: ['2026-13'], what: 'month-format' },
    { story: 'a month in the future', id: 'work-began', values: ['2026-12'], what: 'month-in-future' },
    {
      story: 'nothing and something',
      id: 'stood-in-way',
      values: ['nothing', 'travel'],
      what: 'nothing-and-something',
    },
    { story: 'an object of a forger', id: 'work', values: [{ $ne: '' }], what: 'answer-no-text' },
  ])('$story', ({ id, values, what }) => {
    expect(problemOf(id, values)).toBe(what);
  });

  test('nothing, with words that say something', () => {
    expect(problemOf('stood-in-way', ['nothing'], 'de bus')).toBe('nothing-and-something');
  });

  test('words where there is no room for them', () => {
    expect(problemOf('work', ['paid'], 'en ook iets anders')).toBe('no-room-for-words');
  });

  test('a month before somebody can be born', () => {
    // Under 18 in November 2026: born in November 2008 at the earliest.
    expect(problemOf('work-began', ['2008-10'], undefined, around({}, 'under-18'))).toBe('month-before-birth');
    expect(problemOf('work-began', ['2008-11'], undefined, around({}, 'under-18'))).toBeNull();
    expect(problemOf('work-began', ['1899-01'])).toBe('month-before-birth');
  });

  test('work that ends before it begins, in one month', () => {
    const began = { 'work-began': { values: ['2026-08'], words: null } };
    expect(problemOf('work-ended', ['2026-07'], undefined, around({ answers: began }))).toBe('ends-before-it-begins');
    expect(problemOf('work-ended', ['2026-08'], undefined, around({ answers: began }))).toBeNull();
  });
});

test('the earliest birth of each band: who is not yet a year older', () => {
  const at = month('2026-11');
  expect(earliestBirth('18-24', at)).toBe('2001-11');
  expect(earliestBirth('55-66', at)).toBe('1959-11');
  expect(earliestBirth('67-plus', at)).toBe(earliestBirth(null, at));
});

describe('own words', () => {
  test.each([
    { story: 'a family of emoji', text: '👩‍👩‍👧‍👦 ❤️' },
    { story: 'right to left in left to right', text: 'azc ‏مركز‏ 3 ⁧שלום⁩' },
    { story: 'combining signs, unchanged', text: 'e\u0301 ẹ̀ በ̂' },
    { story: 'other planes', text: '𐤀𐤁 𞤀 𝕄' },
    { story: 'control signs of old keyboards', text: 'a\u0007b\tc' },
  ])('$story stays as it is', ({ text }) => {
    expect(parseWords(text)).toEqual({ ok: true, value: text });
  });

  test('whatever is well formed stays, but for line ends and the space around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        fc.pre(!typed.includes('\0'));
        const parsed = parseWords(typed);
        expect(parsed.ok && (parsed.value ?? '')).toBe(typed.replaceAll(/\r\n?/g, '\n').trim());
      }),
    );
  });

  test('U+0000 and half a pair are refused, wherever they stand', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('\0', '\uD83D', '\uDE00'), (before, after, broken) => {
        const parsed = parseWords(`${before}x${broken}x${after}`);
        expect(parsed.ok ? null : parsed.problem.what).toBe('words-broken');
      }),
    );
  });

  test('2,000 characters fit, emoji counted as one each; one more does not', () => {
    expect(parseWords('😀'.repeat(2000)).ok).toBe(true);
    expect(parseWords('😀'.repeat(2001))).toMatchObject({
      ok: false,
      problem: { words: { characters: 2001, most: 2000 } },
    });
  });
});
