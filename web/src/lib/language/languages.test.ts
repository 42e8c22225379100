import { expect, test } from 'vitest';
import { directionOf, languages, languagesFor } from './languages.ts';

test.each([
  { story: 'a phone in Arabic of Syria', accepted: 'ar-SY,ar;q=0.9,en;q=0.5', first: ['ar', 'en'] },
  { story: 'the weights decide, not the order', accepted: 'en;q=0.4, ti;q=0.8', first: ['ti', 'en'] },
  { story: 'Dari is written as our Farsi', accepted: 'prs', first: ['fa'] },
  { story: 'a language that is refused', accepted: 'ru;q=0, uk', first: ['uk', 'nl'] },
  { story: 'nothing asked', accepted: null, first: ['nl', 'en'] },
  { story: 'nonsense', accepted: ';;;q=,*,xx', first: ['nl', 'en'] },
])('$story: $first first, and all languages follow', ({ accepted, first }) => {
  const order = languagesFor(accepted);
  expect(order.slice(0, first.length)).toEqual(first);
  expect([...order].sort()).toEqual([...languages].sort());
});

test('Arabic and Farsi run from right to left', () => {
  expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar', 'fa']);
});
