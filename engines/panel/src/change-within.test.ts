import { readGroups } from '@meedoen/evidence';
import { valueOf } from '@meedoen/evidence/testing';
import { studentQuantile } from '@meedoen/numbers';
import { expect, test } from 'vitest';
import { changeWithin, type ChangeOptions } from './change-within.ts';
import { readWaves } from './waves.ts';

const waves = (person: number[], wave: number[], value: number[]) =>
  readWaves({ person: valueOf(readGroups(person)), wave, value });
const options: ChangeOptions = {
  better: 'higher',
  minimalImportantDifference: { difference: 3, basis: 'anchor', source: 'Invented' },
};
// Five people who change by 1, 2, 3, 4 and 10; a sixth is seen once. Rows in no order.
const five = valueOf(
  waves([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6], [1, 1, 1, 1, 1, 1, 11, 5, 4, 3, 2]),
);

test('by hand: mean 4, squares 50: CR0 √50/5, CR1 √(50/4/5), Student’s t with 4 degrees', () => {
  const { from, waves: found } = valueOf(changeWithin(five, options));
  const [change] = found;
  expect(from).toBe(0);
  expect(change).toMatchObject({ wave: 6, estimate: 4, n: 5, clusters: 5, level: 1 });
  expect(change!.errors.cr0).toBeCloseTo(Math.sqrt(2), 14);
  expect(change!.errors.cr1).toBeCloseTo(Math.sqrt(2.5), 14);
  expect(change!.ci.upper).toBeCloseTo(4 + studentQuantile(0.975, 4) * Math.sqrt(2.5), 12);
  expect(change!.diagnostics[0]!.what).toBe('few-clusters');
  expect(change!.assumptions.map(({ what }) => what)).toContain('regression-to-the-mean');
});

test('3, 4 and 10 are at least 3 better, 1 and 2 the same; where lower is better they are worse', () => {
  const shares = (better: 'higher' | 'lower') => {
    const { important } = valueOf(changeWithin(five, { ...options, better })).waves[0]!;
    return [important!.better.estimate, important!.same.estimate, important!.worse.estimate];
  };
  expect(shares('higher')).toEqual([0.6, 0.4, 0]);
  expect(shares('lower')).toEqual([0, 0.4, 0.6]);
  expect(valueOf(changeWithin(five, { ...options, minimalImportantDifference: null })).waves[0]!.important).toBeNull();
});

// Red when residuals are squared before they are added within a person.
test('two waves of a person go together: (1, 1) and (3, 3) are as unsure as 1 and 3', () => {
  const twice = valueOf(waves([1, 1, 1, 2, 2, 2], [0, 1, 2, 0, 1, 2], [0, 1, 1, 0, 3, 3]));
  const { overall } = valueOf(changeWithin(twice, options));
  expect(overall).toMatchObject({ estimate: 2, n: 4, clusters: 2 });
  expect(overall.se).toBeCloseTo(1, 12);
});

test('people in one location are one cluster, of which nothing can be said', () => {
  const clusters = { codes: new Int32Array(11), names: ['Ter Apel'] };
  const [change] = valueOf(changeWithin(five, { ...options, clusters })).waves;
  expect(change).toMatchObject({ se: null, errors: { cr1: null }, ci: { lower: null, upper: null } });
});

test.each([
  { story: 'one wave only', person: [1, 2], wave: [0, 0], what: 'one-wave' },
  { story: 'somebody twice in a wave', person: [1, 1, 1], wave: [0, 6, 6], what: 'person-twice' },
  { story: 'a wave that is no number', person: [1, 1], wave: [0, NaN], what: 'wave-not-usable' },
])('refused: $story', ({ person, wave, what }) => {
  expect(waves(person, wave, person)).toMatchObject({ ok: false, problem: { what } });
});

test('refused: nobody seen again', () => {
  const apart = valueOf(waves([1, 2], [0, 6], [1, 1]));
  expect(changeWithin(apart, options)).toMatchObject({ ok: false, problem: { what: 'nobody-seen-again' } });
});
