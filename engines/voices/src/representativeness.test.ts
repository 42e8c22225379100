import { expect, test } from 'vitest';
import { groupAwareConsensus, majorities } from './consensus.ts';
import { priorities } from './priority.ts';
import { representativeness, selectRepresentative } from './representativeness.ts';
import { aboveHalf, aboveOther, smoothed, wilson, wilsonLower } from './significance.ts';
import { crossed, together, type Partition, type Tally } from './tally.ts';

/** Per group and statement: agrees, disagrees, votes of all kinds. */
function counted(...groups: [agrees: number, disagrees: number, seen: number][][]): Tally {
  const flat = groups.flat();
  return {
    groups: groups.map((_, at) => at),
    statements: groups[0]!.map((_, at) => at),
    agrees: Uint32Array.from(flat, ([agrees]) => agrees),
    disagrees: Uint32Array.from(flat, ([, disagrees]) => disagrees),
    seen: Uint32Array.from(flat, ([, , seen]) => seen),
  };
}

test('8 of 10 newcomers agree, 2 of 10 neighbours: shares 9/12 and 3/12, three times as often', () => {
  const [newcomers] = representativeness(counted([[8, 1, 10]], [[2, 7, 10]]));
  const { agree, disagree } = newcomers![0]!;
  expect(agree.share).toBe(0.75);
  expect(agree.ratio).toBe(3);
  // 2 · √11 · (9/11 − 1/2)
  expect(agree.shareTest).toBeCloseTo(2.1105794120443453, 12);
  // 9/11 against 3/11, together 12/22: (6/11) / √(12/22 · 10/22 · 2/11)
  expect(agree.ratioTest).toBeCloseTo(6 / 11 / Math.sqrt((12 / 22) * (10 / 22) * (2 / 11)), 12);
  expect(disagree.ratio).toBeCloseTo(2 / 12 / (8 / 12), 12);
});

test('when everybody in both groups agrees nothing sets them apart', () => {
  expect(aboveOther(4, 4, 9, 9)).toBe(0);
});

test('what is chosen: the best agreement first, agreements before disagreements, refused statements never', () => {
  const votes = counted(
    [
      [18, 1, 20],
      [1, 18, 20],
      [10, 9, 20],
      [19, 0, 20],
    ],
    [
      [2, 17, 20],
      [17, 2, 20],
      [10, 9, 20],
      [1, 18, 20],
    ],
  );
  const [first, second] = selectRepresentative(votes, Uint8Array.of(0, 0, 0, 1));
  expect(first!.map(({ statement, direction }) => [statement, direction])).toEqual([
    [0, 'agree'],
    [1, 'disagree'],
  ]);
  expect(second!.map(({ statement, direction }) => [statement, direction])).toEqual([
    [1, 'agree'],
    [0, 'disagree'],
  ]);
});

test('nothing is sure enough: the statement on which the group differs most stands for it', () => {
  const [first] = selectRepresentative(
    counted(
      [
        [0, 1, 2],
        [0, 2, 2],
      ],
      [
        [0, 2, 2],
        [0, 1, 2],
      ],
    ),
    new Uint8Array(2),
  );
  expect(first!.map(({ statement, direction }) => [statement, direction])).toEqual([[1, 'disagree']]);
  expect(selectRepresentative(counted([[1, 0, 1]], [[0, 1, 1]]), Uint8Array.of(1))).toEqual([[], []]);
});

test('group-aware consensus: (3 + 1)/(4 + 2) of one and (1 + 1)/(2 + 2) of the other; a group without votes counts ½', () => {
  expect([...groupAwareConsensus(counted([[3, 0, 4]], [[1, 1, 2]]))]).toEqual([expect.closeTo(1 / 3, 15)]);
  expect([...groupAwareConsensus(counted([[3, 0, 4]], [[0, 0, 0]]))]).toEqual([expect.closeTo(1 / 3, 15)]);
});

test('majorities: above one half and sure of it; the surest first, refused statements never', () => {
  const votes = counted([
    [9, 0, 10],
    [6, 4, 10],
    [0, 30, 30],
    [40, 0, 40],
    [20, 1, 21],
  ]);
  const found = majorities(votes, Uint8Array.of(0, 0, 0, 1, 0));
  expect(found.agree.map(({ statement }) => statement)).toEqual([4, 0]);
  expect(found.disagree.map(({ statement, share }) => [statement, share])).toEqual([[2, 31 / 32]]);
  expect(() => majorities(counted([[1, 0, 1]], [[1, 0, 1]]), new Uint8Array(1))).toThrow(RangeError);
});

test('priorities: a new statement weighs up to 81 times what it will weigh; about the conversation always 49', () => {
  // No votes: ((1 − ½) · (1 + 0) · ½ · 9)²; many agreeing votes: towards ((1 − 0) · 1 · 1 · 1)².
  const weights = priorities(
    counted([
      [0, 0, 0],
      [1000, 0, 1000],
      [5, 0, 5],
    ]),
    new Float64Array(3),
    Uint8Array.of(0, 0, 1),
  );
  expect(weights[0]).toBeCloseTo(2.25 ** 2, 12);
  expect(weights[1]).toBeCloseTo(((1001 / 1002) ** 2) ** 2, 12);
  expect(weights[2]).toBe(49);
});

test('the small formulas at their edges', () => {
  expect(smoothed(0, 0)).toBe(0.5);
  expect(aboveHalf(0, 0)).toBe(1);
  expect(wilsonLower(0, 0, 1.2816)).toBe(0);
  expect(wilson(0, 0, 1.96)).toEqual([0, 1]);
  expect(wilson(0, 9, 1.96)[0]).toBe(0);
  expect(wilson(9, 9, 1.96)[1]).toBe(1);
  // Wilson for 8 of 10 at 95 %: 0.4902 to 0.9433 (Newcombe 1998, Statistics in Medicine 17:857, method 3).
  expect(wilson(8, 10, 1.959963984540054).map((end) => end.toFixed(4))).toEqual(['0.4902', '0.9433']);
});

test('sides crossed with groups, and all groups together', () => {
  const sides: Partition = { groups: ['neighbour', 'newcomer'], of: Int32Array.of(0, 1, 1, -1) };
  const groups: Partition = { groups: [0, 1], of: Int32Array.of(1, 0, -1, 0) };
  const both = crossed(sides, groups);
  expect(both.groups).toEqual(['neighbour × 0', 'neighbour × 1', 'newcomer × 0', 'newcomer × 1']);
  expect([...both.of]).toEqual([1, 2, -1, -1]);
  expect([...together(counted([[3, 0, 4]], [[1, 1, 2]])).agrees]).toEqual([4]);
});
