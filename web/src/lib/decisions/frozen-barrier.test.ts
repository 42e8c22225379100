import type { Board } from '@meedoen/board';
import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { barrierReference, readSubject } from './barrier-named.ts';
import { barriersNamed } from './barriers-named.ts';
import { barriersOn, frozenText, readFrozenBarrier } from './frozen-barrier.ts';

const board = {
  town: 'GM0344',
  example: false,
  releasedOn: '2026-11-10',
  rules: { fewest: 10, width: 10, roundTo: 5, shareBase: 100 },
  answers: [
    {
      question: 'stood-in-way',
      kind: 'many',
      months: [
        { month: month('2026-09'), answered: 120, counts: [{ value: 'lesson-times', people: 45 }] },
        {
          month: month('2026-10'),
          answered: 100,
          counts: [
            { value: 'lesson-times', people: 40 },
            { value: 'travel', people: null },
            { value: 'nothing', people: 30 },
          ],
        },
      ],
    },
  ],
  barriers: [
    {
      month: month('2026-10'),
      counts: [
        { value: 'right:paid-work', people: 20 },
        { value: 'theme:lesson-times', people: 10 },
      ],
    },
  ],
} as const satisfies Partial<Board>;

test('asked and reported stand together, most named first, and what is no barrier is left out', () => {
  const found = barriersOn(board as unknown as Board, ['lesson-times', 'travel']);
  expect(found.map(barrierReference)).toEqual([
    'GM0344 theme:lesson-times',
    'GM0344 right:paid-work',
    'GM0344 theme:travel',
  ]);
  expect(found[0]).toMatchObject({
    named: [
      { month: '2026-09', people: 45, answered: 120 },
      { month: '2026-10', people: 40, answered: 100 },
    ],
    reported: [{ month: '2026-10', people: 10 }],
  });
  expect(found[2]!.named).toEqual([{ month: '2026-10', people: null, answered: 100 }]);
});

test('what is kept with a decision can be read back, and anything else is not taken for numbers', () => {
  const [barrier] = barriersOn(board as unknown as Board, ['lesson-times']);
  expect(readFrozenBarrier(frozenText(barrier!))).toEqual(barrier);
  const text = frozenText(barrier!);
  for (const other of ['', '{}', 'null', '[]', text.replace('"2026-09"', '"2026-19"'), text.replace('45', '"45"')])
    expect(readFrozenBarrier(other), other).toBeNull();
});

test('what somebody named is what they gave, each once; what stayed on the device and “nothing” are not asked about', () => {
  const told = (kept: 'here' | 'month', value: string) => ({
    id: kept + value,
    month: month('2026-10'),
    kept,
    answers: [
      { question: 'stood-in-way', value },
      { question: 'helped', value: 'neighbour' },
    ],
    words: [],
  });
  const months = [told('month', 'lesson-times'), told('month', 'nothing'), told('here', 'travel')];
  expect(barriersNamed('GM0344', [...months, ...months])).toEqual([
    { town: 'GM0344', about: 'theme', subject: 'lesson-times' },
  ]);
  expect(barriersNamed(null, months)).toEqual([]);
});

test.each(['', 'lesson-times', 'theme:', 'theme:Lesson', 'person:ali', "theme:a'; --"])(
  '%j names no barrier',
  (text) => {
    expect(readSubject(text)).toBeNull();
  },
);
