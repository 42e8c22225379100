import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { languages } from './languages.ts';
import { withoutMarks } from './marks.ts';
import { sayIn } from './say.ts';

test.each([
  { language: 'nl', date: '23 november 2026' },
  { language: 'en', date: '23 November 2026' },
  { language: 'ar', date: '23 نوفمبر 2026' },
  { language: 'fa', date: '23 نوامبر 2026' },
] as const)('a date in $language: $date', ({ language, date }) => {
  expect(sayIn(language).date(day('2026-11-23'))).toBe(date);
});

test.each(languages)('dates and numbers in %s have the digits and the year of a Dutch letter', (language) => {
  const say = sayIn(language);
  expect(say.date(day('2027-03-14'))).toMatch(/14.*2027|2027.*14/);
  expect(say.number(5942).replace(/\D/g, '')).toBe('5942');
});

test('an amount is whole, or has two decimals', () => {
  expect([183, 148.83, 992.8].map((value) => sayIn('nl').amount(value))).toEqual(['183', '148,83', '992,80']);
});

test('plurals follow the language', () => {
  const say = sayIn('nl');
  expect(say('today.step.time.weeks', { count: 1 })).toBe('1 week');
  expect(say('today.step.time.weeks', { count: 5 })).toBe('5 weken');
  expect(say('questions.progress', { answered: 0, open: 10 })).toBe('Dit is de eerste vraag.');
  expect(say('questions.progress', { answered: 1, open: 4 })).toBe('1 vraag gedaan. Nog 4 antwoorden open.');
  expect(say('questions.progress', { answered: 6, open: 1 })).toBe('6 vragen gedaan. Nog 1 antwoord open.');
});

test('a key made at run time may be missing; a key we wrote ourselves may not', () => {
  expect(sayIn('en').maybe('rights.condition.not_written_yet')).toBeNull();
  expect(() => sayIn('en')('site.not-there' as 'site.name')).toThrow(RangeError);
});

test('Dutch words stand beside every language', () => {
  expect(sayIn('ar').dutch('rights.right.paid-work.title')).toBe('Betaald werk bij een werkgever');
});

test('no mark is left in what people read', () => {
  expect(withoutMarks(sayIn('ti')('site.skip'))).not.toMatch(/[\u{E000}-\u{F8FF}]/u);
});
