import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import { discoveries } from './discoveries.ts';
import { selectRepresentative } from './representativeness.ts';
import { type Tally } from './tally.ts';

/** Two groups of the same size; agree counts per statement, everybody voted. */
function twoGroups(size: number, first: readonly number[], second: readonly number[]): Tally {
  const agrees = Uint32Array.of(...first, ...second);
  const seen = new Uint32Array(agrees.length).fill(size);
  const disagrees = agrees.map((count) => size - count);
  return { groups: [0, 1], statements: first.map((_, at) => at), agrees, disagrees, seen };
}
const nothingOut = (counted: Tally): Uint8Array => new Uint8Array(counted.statements.length);

test('by hand: one clear difference among four tests', () => {
  // 36 of 40 against 10 of 40; with one added on both sides z = (37/41 − 11/41) / √(24/41 · 17/41 · 2/41) = 5.828.
  const counted = twoGroups(40, [36, 20], [10, 20]);
  const [first, second] = discoveries(counted, nothingOut(counted));
  expect(first!.map(({ statement, direction }) => [statement, direction])).toEqual([[0, 'agree']]);
  expect(second!.map(({ statement, direction }) => [statement, direction])).toEqual([[0, 'disagree']]);
  expect(first![0]!.ratioTest).toBeCloseTo(5.828, 3);
  // The other group: z = (31/41 − 5/41) / √(36/82 · 46/82 · 2/41) = 5.786, p = 3.6e-9. Two surest of eight tests: p × 8 / 2.
  expect(second![0]!.ratioTest).toBeCloseTo(5.786, 3);
  expect(first![0]!.falseShare).toBeCloseTo(1.445e-8, 11);
});

test('a statement that may not be chosen is no test either', () => {
  const counted = twoGroups(40, [36, 20], [10, 20]);
  expect(discoveries(counted, Uint8Array.of(1, 0))).toEqual([[], []]);
});

describe('200 statements on which two groups do not differ at all', () => {
  const draw = chance(3);
  const count = (): number => Array.from({ length: 50 }, () => draw.share()).filter((share) => share < 0.5).length;
  const counted = twoGroups(50, Array.from({ length: 200 }, count), Array.from({ length: 200 }, count));

  test('the five strongest look special', () => {
    expect(selectRepresentative(counted, nothingOut(counted)).map((rows) => rows.length)).toEqual([5, 5]);
  });
  // Red when the p-values are not corrected: dozens of statements come in.
  test('and none is a discovery', () => {
    expect(discoveries(counted, nothingOut(counted))).toEqual([[], []]);
  });
});

test.each([0, 1, NaN])('a false share of %s is refused', (falseShare) => {
  const counted = twoGroups(4, [1], [1]);
  expect(() => discoveries(counted, nothingOut(counted), falseShare)).toThrow(RangeError);
});
