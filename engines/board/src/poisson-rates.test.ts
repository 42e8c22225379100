import { expect, test } from 'vitest';
import { poissonRates } from './poisson-rates.ts';

test('two groups: the ratio of their rates, with the error one knows from the textbook', () => {
  const rows = [
    { events: 30, time: 1000, columns: [0] },
    { events: 60, time: 800, columns: [0, 1] },
  ];
  const fit = poissonRates(rows, 2)!;
  expect(Math.exp(fit.coefficients[0]!)).toBeCloseTo(0.03, 8);
  expect(Math.exp(fit.coefficients[1]!)).toBeCloseTo(60 / 800 / 0.03, 8);
  // √(1/30 + 1/60), Rothman, Greenland & Lash (2008), 14.
  expect(Math.sqrt(fit.covariance.values[3]!)).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 60), 8);
  expect(fit.expected({ time: 100, columns: [0, 1] })).toBeCloseTo(7.5, 7);
});

test('what was fitted adds up to what was seen, in each column', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    events: (i * 7) % 5,
    time: 10 + (i % 7),
    columns: [0, ...(i % 2 ? [1] : []), ...(i % 3 ? [2] : [])],
  }));
  const fit = poissonRates(rows, 3)!;
  for (const column of [0, 1, 2]) {
    const inIt = rows.filter(({ columns }) => columns.includes(column));
    const seen = inIt.reduce((sum, { events }) => sum + events, 0);
    expect(inIt.reduce((sum, row) => sum + fit.expected(row), 0)).toBeCloseTo(seen, 6);
  }
});

test.each([
  { story: 'no events', rows: [{ events: 0, time: 10, columns: [0] }], columns: 1 },
  {
    story: 'a column that is another one',
    rows: [
      { events: 2, time: 10, columns: [0, 1, 2] },
      { events: 3, time: 10, columns: [0] },
    ],
    columns: 3,
  },
])('$story: there is nothing to say', ({ rows, columns }) => {
  expect(poissonRates(rows, columns)).toBeNull();
});
