import { longestStatement as longestKept } from '@meedoen/store';
import { expect, test } from 'vitest';
import { longestStatement, parseStatement } from './parse-statement.ts';

test.each([
  { story: 'spaces and lines', typed: '  Wij koken \n\n zelf. ', words: 'Wij koken zelf.' },
  { story: 'zero-width characters', typed: 'ke\u200Bu\u2060ken\uFEFF', words: 'keuken' },
  { story: 'an override of direction', typed: 'hek \u202Egeen\u202C hier', words: 'hek geen hier' },
  { story: 'a null and half a character', typed: 'ja\u0000 \uD800 nee', words: 'ja \uFFFD nee' },
  { story: 'Farsi with a joiner', typed: 'می\u200Cخواهیم', words: 'می\u200Cخواهیم' },
  { story: 'a script, as the text it is', typed: '<script>alert(1)</script>', words: '<script>alert(1)</script>' },
  { story: 'years and numbers', typed: 'In 2027 willen 120 mensen les', words: 'In 2027 willen 120 mensen les' },
])('$story: kept as it can be read', ({ typed, words }) => {
  expect(parseStatement(typed)).toEqual({ ok: true, words });
});

test.each([
  { story: 'nothing', typed: ' \u200B ', problem: 'empty' },
  { story: 'no letters', typed: '!!! 123', problem: 'empty' },
  { story: '281 letters', typed: 'a'.repeat(281), problem: 'long' },
  { story: 'a telephone number', typed: 'Bel 06-12 34 56 78', problem: 'contact' },
  { story: 'one in Arabic digits', typed: 'اتصل ٠٦١٢٣٤٥٦٧٨', problem: 'contact' },
  { story: 'mail', typed: 'Schrijf naar fatma@example.org', problem: 'contact' },
  { story: 'a page', typed: 'Kijk op https://example.org', problem: 'contact' },
])('$story is refused: $problem', ({ typed, problem }) => {
  expect(parseStatement(typed)).toMatchObject({ ok: false, problem });
});

test('280 letters that take more than one unit each fit', () => {
  expect(parseStatement('𐐀'.repeat(280))).toMatchObject({ ok: true });
  expect(longestStatement).toBe(longestKept);
});
