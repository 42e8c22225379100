import { expect, test } from 'vitest';
import { month } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import { noConsents, toContribution } from './contribution.ts';
import { myHistory, pastOf } from './my-history.ts';

const one = (...values: string[]) => ({ values, words: null });
const past = [
  {
    month: month('2026-09'),
    answers: {
      work: one('paid'),
      'work-began': one('2026-09'),
      life: one('7'),
      'stood-in-way': { values: ['language'], words: 'de bus' },
    },
  },
  {
    month: month('2026-06'),
    answers: { work: one('looking'), life: one('5'), 'stood-in-way': one('travel', 'language') },
  },
];

test('from June to September: a gap is a gap, in the order of time', () => {
  expect(myHistory(small, past)).toEqual({
    months: ['2026-06', '2026-07', '2026-08', '2026-09'],
    marks: [{ question: 'life', lowest: 0, highest: 10, values: [5, null, null, 7] }],
    states: [{ question: 'work', values: ['looking', null, null, 'paid'] }],
    named: [
      {
        question: 'stood-in-way',
        options: [
          { option: 'language', months: ['2026-06', '2026-09'] },
          { option: 'travel', months: ['2026-06'] },
        ],
      },
    ],
    turningPoints: [{ question: 'work-began', month: '2026-09' }],
    words: [{ question: 'stood-in-way', month: '2026-09', text: 'de bus' }],
  });
});

test('nothing answered is nothing to draw', () => {
  expect(myHistory(small, [])).toEqual({ months: [], marks: [], states: [], named: [], turningPoints: [], words: [] });
});

test('a month of a hundred years ago does not make a thousand empty ones', () => {
  expect(myHistory(small, [...past, { month: month('1926-01'), answers: { life: one('1') } }]).months).toHaveLength(4);
});

test('contributions tell the same months back', () => {
  const profile = { town: null, door: null, arrived: null, ageBand: null, gender: null };
  const contributions = past.map(({ month: of, answers }) => {
    const draft = { id: 'x', month: of, instrument: 'small', instrumentVersion: 2, language: 'nl', profile, answers };
    return toContribution(small, draft, { ...noConsents, count: true, words: true })!;
  });
  expect(pastOf(contributions)).toEqual(past);
});
