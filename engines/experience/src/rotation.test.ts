import fc from 'fast-check';
import { expect, test } from 'vitest';
import { month, monthsLater } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import { turnOf, turnsOf } from './rotation.ts';

const anyMonth = fc.integer({ min: 0, max: 1200 }).map((later) => monthsLater(month('1980-01'), later));

test('each round of three begins a turn earlier: 0 1 2, 2 0 1, 1 2 0', () => {
  const turns = Array.from({ length: 9 }, (_, later) => turnOf(monthsLater(month('2000-01'), later), 3));
  expect(turns).toEqual([0, 1, 2, 2, 0, 1, 1, 2, 0]);
});

test('every turn comes round within one month more than there are turns', () => {
  fc.assert(
    fc.property(anyMonth, fc.integer({ min: 1, max: 24 }), (from, turns) => {
      const seen = new Set(Array.from({ length: turns + 1 }, (_, later) => turnOf(monthsLater(from, later), turns)));
      // Any window of turns + 1 months: the longest that somebody waits.
      expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: turns }, (_, turn) => turn));
    }),
  );
});

test('somebody who answers every so many months gets every turn too', () => {
  fc.assert(
    fc.property(anyMonth, fc.integer({ min: 1, max: 24 }), (from, turns) => {
      const seen = new Set(
        Array.from({ length: turns }, (_, round) => turnOf(monthsLater(from, round * turns), turns)),
      );
      expect(seen.size).toBe(turns);
    }),
  );
});

test('a questionnaire has one turn more than the highest that it names', () => {
  expect(turnsOf(small)).toBe(3);
  expect(turnsOf({ ...small, questions: small.questions.filter(({ turns }) => turns === null) })).toBe(1);
});
