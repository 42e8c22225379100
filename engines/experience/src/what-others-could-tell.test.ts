import { expect, test } from 'vitest';
import { month } from '@meedoen/units';
import { whatOthersCouldTell } from './what-others-could-tell.ts';

const contribution = {
  id: '019aba00-0000-7000-8000-000000000001',
  month: month('2026-11'),
  instrument: 'monthly',
  instrumentVersion: 1,
  language: 'ti',
  profile: { town: 'GM0344', door: null, arrived: month('2025-04'), ageBand: null, gender: null },
  followed: true,
  answers: [
    { question: 'work-began', value: '2026-10' },
    { question: 'life', value: '7' },
  ],
  words: [] as { question: string; text: string }[],
};

test('all that leaves is in the list with how fine it is; what was not said is not', () => {
  const { told, joined } = whatOthersCouldTell(contribution);
  expect(told.map(({ field, value, howFine }) => [field, value, howFine])).toEqual([
    ['month', '2026-11', 'month'],
    ['language', 'ti', 'group'],
    ['questionnaire', 'monthly 1', 'group'],
    ['town', 'GM0344', 'group'],
    ['arrived', '2025-04', 'month'],
    ['answer', '2026-10', 'month'],
    ['answer', '7', 'chosen'],
  ]);
  expect(joined).toBe(true);
  expect(told.every(({ seenAs }) => seenAs === 'counted')).toBe(true);
});

test('own words go word for word to the people of the town', () => {
  const words = [{ question: 'helped', text: 'buurvrouw 🌷' }];
  const { told, telling } = whatOthersCouldTell({ ...contribution, words });
  expect(told.at(-1)).toEqual({
    field: 'words',
    question: 'helped',
    value: 'buurvrouw 🌷',
    howFine: 'as-written',
    seenAs: 'town-team',
  });
  expect(telling).toEqual([]);
});

test.each([
  { text: 'bel me op 06-12 34 56 78', found: [['number', '06-12 34 56 78']] },
  { text: 'mijn BSN is 123456782.', found: [['number', '123456782']] },
  { text: 'رقمي ٠٦١٢٣٤٥٦٧٨', found: [['number', '٠٦١٢٣٤٥٦٧٨']] },
  { text: 'geboren 14-03-1994', found: [['number', '14-03-1994']] },
  {
    text: 'mail s.t@example.org of kijk op www.example.org',
    found: [
      ['mail-address', 's.t@example.org'],
      ['web-address', 'www.example.org'],
    ],
  },
  { text: 'ik ben @sara_1994 daar', found: [['name-of-account', '@sara_1994']] },
  { text: '24 uur in de bus, lijn 400, 2 keer', found: [] },
])('points to what tells who wrote it: $text', ({ text, found }) => {
  const { telling } = whatOthersCouldTell({ ...contribution, words: [{ question: 'helped', text }] });
  expect(telling.map((one) => [one.what, one.text])).toEqual(found);
});
