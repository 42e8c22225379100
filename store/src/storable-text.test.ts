import { expect, test } from 'vitest';
import { isStorableText, storableText } from './storable-text.ts';

test.each([
  { story: 'plain words', text: 'Taalcafé', storable: true },
  { story: 'Tigrinya, Arabic and a family of emoji', text: 'ትግርኛ العربية 👩‍👧', storable: true },
  { story: 'a null character', text: 'a\u0000b', storable: false },
  { story: 'the first half of an emoji', text: 'a\ud83d', storable: false },
  { story: 'the second half alone', text: '\udc69a', storable: false },
])('$story: $storable', ({ text, storable }) => {
  expect(isStorableText(text)).toBe(storable);
});

test('a refusal names the field', () => {
  expect(() => storableText('\u0000', 'name')).toThrow(/^"name" holds a character that cannot be stored/);
});
