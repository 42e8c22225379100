import { describe, expect, test } from 'vitest';
import { equalAccess, type ComposedHistory } from './equal-access.ts';

type Kind = { door: string; gender: string; worked: number; waited: number; ageBand?: string };

/** So many people worked in month 6; the others were followed for two years. */
function people({ door, gender, worked, waited, ageBand = '25-34' }: Kind): ComposedHistory[] {
  const alike = { door, gender, ageBand, arrived: '2023', entry: 0 };
  return [
    { ...alike, exit: 6, cause: 'work', people: worked },
    { ...alike, exit: 24, cause: 'none', people: waited },
  ];
}

describe('two doors in which men and women find work alike, but one door has more men', () => {
  const found = equalAccess(
    [
      ...people({ door: 'asylum', gender: 'man', worked: 40, waited: 40 }),
      ...people({ door: 'asylum', gender: 'woman', worked: 30, waited: 90 }),
      ...people({ door: 'family', gender: 'man', worked: 60, waited: 60 }),
      ...people({ door: 'family', gender: 'woman', worked: 10, waited: 30 }),
    ],
    12,
  )!;

  test('the larger door is the reference', () => {
    expect(found.reference).toEqual({ door: 'asylum', people: 200 });
    expect(found.gaps.map(({ door }) => door)).toEqual(['family']);
  });

  test('as they are, they differ: 12 − 6 · 70/200 = 9.9 months against 12 − 6 · 70/160 = 9.4', () => {
    expect(found.gaps[0]!.raw!.months).toBe(-0.5);
  });

  test('made alike, they do not', () => {
    const { alike } = found.gaps[0]!;
    expect(alike.ok && alike.value.months).toBeCloseTo(0, 9);
    expect(alike.ok && alike.value.lower).toBeLessThan(0);
    expect(alike.ok && alike.value.upper).toBeGreaterThan(0);
  });
});

test('doors whose people have nothing in common are not compared, and why stands in the answer', () => {
  const found = equalAccess(
    [
      ...people({ door: 'asylum', gender: 'man', worked: 60, waited: 90 }),
      ...people({ door: 'study', gender: 'woman', worked: 60, waited: 60 }),
    ],
    12,
  )!;
  expect(found.gaps[0]!.alike).toMatchObject({ ok: false, problem: { what: 'groups-too-different' } });
  expect(found.gaps[0]!.raw).not.toBeNull();
});

test('of a door with fewer than a hundred people nothing is told', () => {
  const one = people({ door: 'asylum', gender: 'man', worked: 60, waited: 90 });
  expect(equalAccess([...one, ...people({ door: 'study', gender: 'man', worked: 20, waited: 70 })], 12)).toBeNull();
});
