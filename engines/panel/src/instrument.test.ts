import { valueOf } from '@meedoen/evidence/testing';
import { describe, expect, test } from 'vitest';
import { readInstrument, scoreInstrument, type Instrument } from './instrument.ts';

const item = (id: string, reversed = false) => ({ id, lowest: 1, highest: 5, reversed });
const instrument: Instrument = {
  id: 'three',
  version: '1',
  items: [item('a'), item('b', true), item('c')],
  scoring: 'sum',
  rescaledTo: null,
  mayBeMissing: 1,
  better: 'higher',
  minimalImportantDifference: { difference: 2, basis: 'anchor', source: 'Invented' },
  terms: 'Invented',
  source: 'Invented',
};
const columns = (rows: readonly (readonly number[])[], names = ['a', 'b', 'c']) =>
  names.map((name, at) => ({ name, values: rows.map((row) => row[at]!) }));
const scoreOf = (answers: readonly number[], changes: Partial<Instrument> = {}): number =>
  valueOf(scoreInstrument({ ...instrument, ...changes }, columns([answers]))).score[0]!;

describe('three items from 1 to 5, the second reversed', () => {
  test.each([
    { story: 'all at their best: 5 + (6 − 1) + 5', answers: [5, 1, 5], score: 15 },
    { story: 'the second counts from the other end: 1 + (6 − 1) + 1', answers: [1, 1, 1], score: 7 },
    { story: 'one missing stands at the mean of 4 and 6 − 1: 4 + 5 + 4.5', answers: [4, 1, NaN], score: 13.5 },
    { story: 'two missing: no score', answers: [4, NaN, NaN], score: NaN },
  ])('$story', ({ answers, score }) => expect(scoreOf(answers)).toBe(score));

  test('a mean, and a sum stretched from 3–15 to 0–100: 7 is a third of the way', () => {
    expect(scoreOf([1, 1, 1], { scoring: 'mean' })).toBeCloseTo(7 / 3, 14);
    expect(scoreOf([1, 1, 1], { rescaledTo: { lowest: 0, highest: 100 } })).toBeCloseTo(100 / 3, 12);
  });

  test('who has no score is told, with the reason', () => {
    const { missing } = valueOf(
      scoreInstrument(
        instrument,
        columns([
          [1, 2, 3],
          [1, NaN, NaN],
        ]),
      ),
    );
    expect(missing).toEqual([{ row: 1, answered: 1, needed: 2 }]);
  });

  test.each([
    { story: 'above the range', answer: 6 },
    { story: 'between two answers', answer: 2.5 },
    { story: 'infinite', answer: Infinity },
  ])('refused, with row and item: $story', ({ answer }) => {
    expect(
      scoreInstrument(
        instrument,
        columns([
          [1, 1, 1],
          [1, answer, 1],
        ]),
      ),
    ).toMatchObject({
      problem: { what: 'answer-out-of-range', words: { column: 'b', row: 2, lowest: 1, highest: 5 } },
    });
  });

  test('refused: a column that is not there', () => {
    expect(scoreInstrument(instrument, columns([[1, 1]], ['a', 'b']))).toMatchObject({
      problem: { what: 'item-missing' },
    });
  });
});

describe('Cronbach’s alpha by hand, limits by R 4.2.2 qf', () => {
  const two = { ...instrument, items: [item('a'), item('c')] };
  const rows = [
    [1, 1],
    [2, 3],
    [3, 2],
    [4, 4],
  ];

  test('variances 5/3 and 5/3, of the sum 6: 2·(1 − 10/18) = 8/9; qf(.975, 3, 3) = 15.4392', () => {
    const { alpha, ci, n } = valueOf(valueOf(scoreInstrument(two, columns(rows, ['a', 'c']))).alpha);
    expect(alpha).toBeCloseTo(8 / 9, 14);
    expect([ci.lower!, ci.upper!].map((x) => x.toFixed(4))).toEqual([(1 - 15.43918 / 9).toFixed(4), '0.9928']);
    expect(n).toBe(4);
  });

  test('none from one item, from two people, from people who are all alike', () => {
    const why = (items: Instrument['items'], given: readonly number[][]) => {
      const { alpha } = valueOf(scoreInstrument({ ...instrument, items }, columns(given, ['a', 'c'])));
      return alpha.ok ? 'alpha' : alpha.problem.what;
    };
    expect(why([item('a')], rows)).toBe('one-item');
    expect(why(two.items, rows.slice(0, 2))).toBe('too-few-rows');
    expect(
      why(two.items, [
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toBe('scores-constant');
  });
});

describe('an instrument from JSON', () => {
  test('as written', () => expect(readInstrument(instrument)).toEqual({ ok: true, value: instrument }));

  test.each([
    { wrong: {}, pointer: '/id' },
    { wrong: { ...instrument, scoring: 'median' }, pointer: '/scoring' },
    { wrong: { ...instrument, items: [item('a'), item('a')] }, pointer: '/items/1/id' },
    { wrong: { ...instrument, items: [{ ...item('a'), highest: 1 }], mayBeMissing: 0 }, pointer: '/items/0' },
    { wrong: { ...instrument, mayBeMissing: 3 }, pointer: '/mayBeMissing' },
    { wrong: { ...instrument, rescaledTo: { lowest: 1, highest: 1 } }, pointer: '/rescaledTo' },
    { wrong: { ...instrument, rescaledTo: undefined }, pointer: '/rescaledTo' },
    {
      wrong: { ...instrument, minimalImportantDifference: { difference: 2, basis: 'anchor' } },
      pointer: '/minimalImportantDifference/source',
    },
  ])('refused at $pointer', ({ wrong, pointer }) => {
    expect(readInstrument(wrong)).toMatchObject({ ok: false, problem: { at: { pointer } } });
  });
});
