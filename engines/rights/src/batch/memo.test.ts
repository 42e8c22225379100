import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { unknownCode } from './columns.ts';
import { Memo, type Remembered } from './memo.ts';

const on = day('2026-11-23');
const ruling = (verdict: number): Remembered => ({ verdict, from: 0, until: 0, first: 0, missing: 0, route: 0 });
// Three facts: two of yes or no, and a date.
const sizes = [3, 3, 0];
const columns = [Int32Array.of(1, 1, 0, unknownCode), Int32Array.of(0, 1, 0, 0), Int32Array.of(5, 5, 5, 5)];

test('rows that agree on what was read share a ruling, and others do not', () => {
  const memo = new Memo();
  expect(memo.isOpen(on)).toBe(true);
  memo.keep([0], ruling(7), columns, 0, sizes);
  expect([0, 1, 2, 3].map((row) => memo.find(columns, row, sizes)?.verdict)).toEqual([7, 7, undefined, undefined]);
});

test('when a ruling turns out to read more, those before it are forgotten', () => {
  const memo = new Memo();
  memo.isOpen(on);
  memo.keep([0], ruling(7), columns, 0, sizes);
  memo.keep([0, 1], ruling(8), columns, 1, sizes);
  expect([0, 1].map((row) => memo.find(columns, row, sizes)?.verdict)).toEqual([undefined, 8]);
});

test('with a date among what was read nothing is shared, nor between two days', () => {
  const dated = new Memo();
  dated.isOpen(on);
  dated.keep([0, 2], ruling(7), columns, 0, sizes);
  expect(dated.isOpen(on)).toBe(false);
  const other = new Memo();
  expect([other.isOpen(on), other.isOpen(day('2026-11-24'))]).toEqual([true, false]);
});
