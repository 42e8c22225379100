import { normalQuantile } from '@meedoen/numbers';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { drawCurves, ticks } from './curves.ts';
import { likelyValues } from './dots.ts';
import { drawForest } from './forest.ts';
import { drawSeries } from './series.ts';
import { wordsOf } from './words.ts';

test.each([
  { last: 365, first: [0, 50, 100] },
  { last: 1460, first: [0, 200, 400] },
  { last: 24, first: [0, 4, 8].map((at) => (at * 5) / 4) },
  { last: 1, first: [0, 0.2, 0.4] },
])('times up to $last are round, and few', ({ last, first }) => {
  const times = ticks(last);
  expect(times.slice(0, 3)).toEqual(first);
  expect(times.length).toBeLessThanOrEqual(9);
  expect(times.at(-1)).toBeLessThanOrEqual(last);
});

test('twenty likely values: half of them below the estimate, 19 of 20 within 1.96 errors', () => {
  const values = likelyValues(56, 15);
  expect(values.filter((value) => value < 56)).toHaveLength(10);
  expect(values[0]).toBeCloseTo(56 + 15 * normalQuantile(0.025), 12);
  expect(values.filter((value) => value < 0)).toHaveLength(0);
});

test('a ratio of 1 has its line, and numbers that people know stand below the axis', () => {
  const rows = [
    { name: 'age', estimate: 1.01, lower: 0.99, upper: 1.03, kind: 'one' },
    { name: 'sex', estimate: 0.58, lower: 0.41, upper: 0.8, kind: 'one' },
  ] as const;
  const { document } = parseHTML(drawForest('ratios', rows, 'log', 'times'));
  const texts = [...document.querySelectorAll('[data-mark="x-axis tick label"] text')].map((one) => one.textContent);
  expect(texts).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9', '1']);
});

test('where only some times are known, they alone are written, and lines between them are straight', () => {
  const curve = {
    name: 'work',
    time: [12, 24],
    share: [0.2, 0.5],
    lower: [0.1, 0.4],
    upper: [0.3, 0.6],
    start: 0 as const,
  };
  const svg = drawCurves('known', [{ ...curve, atRisk: (time) => time }], {
    x: 'months',
    atRisk: 'followed',
    known: [12, 24],
  });
  const { document } = parseHTML(svg);
  const texts = [...document.querySelectorAll('[data-mark="x-axis tick label"] text')].map((one) => one.textContent);
  expect(texts).toEqual(['12', '24']);
  const path = document.querySelector('[data-mark="line"] path')!.getAttribute('d')!;
  expect(path.match(/L/g)).toHaveLength(2);
});

test('a month that is not known breaks a series, and has no interval', () => {
  const known = { share: 0.5, lower: 0.4, upper: 0.6 };
  const svg = drawSeries('marks', [
    { time: 'May', value: known },
    { time: 'June', value: null },
    { time: 'July', value: known },
  ]);
  const { document } = parseHTML(svg);
  expect(document.querySelectorAll('circle')).toHaveLength(2);
  expect(document.querySelector('[data-mark="line"] path')!.getAttribute('d')).not.toContain('L');
});

test('numbers at an axis are written in the language of the page', () => {
  const rows = [{ name: 'a', estimate: 0.05, lower: -0.02, upper: 0.12, kind: 'one' as const }];
  expect(drawForest('t', rows, 'linear', 'x', wordsOf('nl').axis)).toContain('>0,02<');
  expect(drawForest('t', rows, 'linear', 'x')).toContain('>0.02<');
  const long = {
    name: 'a',
    time: [400, 1200],
    share: [0.5, 0.2],
    lower: [null, null],
    upper: [null, null],
    start: 1 as const,
  };
  const curve = { ...long, atRisk: () => 1 };
  expect(drawCurves('t', [curve], { x: 'dagen', atRisk: 'n', write: wordsOf('nl').axis })).toContain('>1.000<');
});
