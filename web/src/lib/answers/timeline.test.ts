import type { Answer } from '@meedoen/rights';
import { addDays, day, type Day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { timePoints } from './time-points.ts';
import { asLines, byTopic, inOrderOfNeed, stateOf } from './timeline.ts';

const on = day('2026-11-23');
const answer = (
  right: string,
  verdict: Answer['verdict'],
  from: Day | null = null,
  kind: Answer['kind'] = 'right',
): Answer => ({
  right,
  verdict,
  from,
  kind,
  on,
  domain: 'work',
  layer: 'applied',
  variant: null,
  until: null,
  first: [],
  missing: [],
  sharpens: [],
  conditions: [],
  terms: [],
  because: [],
  fault: null,
});

test.each([
  { story: 'allowed', verdict: 'yes', from: null, state: 'yes' },
  { story: 'a date ahead', verdict: 'not yet', from: addDays(on, 32), state: 'from' },
  { story: 'only steps wait', verdict: 'not yet', from: null, state: 'first' },
  {
    story: 'a card of which we do not know enough, though a date is known',
    verdict: 'unknown',
    from: addDays(on, 32),
    state: 'unknown',
  },
] as const)('$story: $state', ({ verdict, from, state }) => {
  expect(stateOf(answer('x', verdict, from))).toBe(state);
});

const answers = [
  answer('no-business', 'no'),
  answer('late', 'not yet', addDays(on, 90)),
  answer('lessons', 'yes'),
  answer('soon', 'not yet', addDays(on, 9)),
  answer('integrate', 'yes', null, 'duty'),
  answer('bank', 'not yet'),
];

test('from now to later to never, duties apart, dates in order, and last the duty that one does not have', () => {
  const all = [answer('no-duty', 'no', null, 'duty'), ...answers];
  expect(inOrderOfNeed(all).map(({ right }) => right)).toEqual([
    'lessons',
    'integrate',
    'bank',
    'soon',
    'late',
    'no-business',
    'no-duty',
  ]);
});

test('what says the same stands in one line; two dates are two lines', () => {
  const more = [...answers, answer('internship', 'yes'), answer('soon-too', 'not yet', addDays(on, 9))];
  expect(asLines(more).map((line) => line.map(({ right }) => right))).toEqual([
    ['lessons', 'internship'],
    ['integrate'],
    ['bank'],
    ['soon', 'soon-too'],
    ['late'],
    ['no-business'],
  ]);
});

test('topics keep the order of the rights table', () => {
  const two = [answer('a', 'yes'), { ...answer('b', 'no'), domain: 'bank' }, answer('c', 'no')];
  expect(byTopic(two).map(({ topic, answers: of }) => [topic, of.map(({ right }) => right)])).toEqual([
    ['work', ['a', 'c']],
    ['bank', ['b']],
  ]);
});

test('the picture has today and each day on which something opens', () => {
  expect(timePoints(on, answers).map(({ day: when, rights }) => [when - on, rights.map(({ right }) => right)])).toEqual(
    [
      [0, ['lessons', 'integrate']],
      [9, ['soon']],
      [90, ['late']],
    ],
  );
});
