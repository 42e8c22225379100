import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { publishedBarriers } from './published-barriers.ts';

const october = {
  month: month('2026-10'),
  counts: [
    { value: 'right:paid-work', people: 20 },
    { value: 'theme:waiting', people: null },
    { value: 'theme:housing', people: null },
  ],
};
const november = {
  month: month('2026-11'),
  counts: [
    { value: 'right:paid-work', people: null },
    { value: 'theme:waiting', people: 45 },
  ],
};

test('published numbers are added up, most named first; too few in every month stays without a number', () => {
  expect(publishedBarriers([october, november])).toEqual({
    first: '2026-10',
    last: '2026-11',
    barriers: [
      { about: 'theme', subject: 'waiting', reports: 45 },
      { about: 'right', subject: 'paid-work', reports: 20 },
      { about: 'theme', subject: 'housing', reports: null },
    ],
  });
});

test('the latest twelve months, and an honest nothing', () => {
  const months = Array.from({ length: 14 }, (_, at) => ({
    month: month(`20${25 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`),
    counts: [{ value: 'theme:travel', people: 10 }],
  }));
  expect(publishedBarriers(months)).toMatchObject({ first: '2025-03', last: '2026-02', barriers: [{ reports: 120 }] });
  expect(publishedBarriers([])).toEqual({ first: null, last: null, barriers: [] });
});
