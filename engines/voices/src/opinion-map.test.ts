import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conversationNames,
  haveShared,
  largestDifference,
  readConversation,
  sharedAbsent,
  votesFrom,
  type Conversation,
} from '../test/shared.ts';
import { analyse } from './analysis.ts';
import { representativeness } from './representativeness.ts';
import { leftOut, opinionMap } from './opinion-map.ts';
import { partitionBy, tally } from './tally.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { column, voteIn, type Votes } from './votes.ts';

if (!haveShared) console.warn(sharedAbsent);

test('two camps on two opposite statements: one axis, and nothing else to see', () => {
  // Two agree with the first and disagree with the second; two the reverse. Means are 0, so C = the votes,
  // CᵀC = [4 −4; −4 4]: eigenvalues 8 and 0, axis (1, −1)/√2. Places: ±√2 · √(2/2).
  const votes = votesFrom(
    [1, 2, 3, 4].flatMap((person) => {
      const side = person <= 2 ? 1 : -1;
      return [
        { person, statement: 'a', vote: side },
        { person, statement: 'b', vote: -side },
      ];
    }),
  );
  const map = opinionMap(votes, new Uint8Array(2));
  expect(map.singularValues[0]).toBeCloseTo(Math.sqrt(8), 12);
  expect(map.singularValues[1]).toBe(0);
  expect([...map.components[0]]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(-Math.SQRT1_2, 12)]);
  expect([...map.components[1]]).toEqual([0, 0]);
  expect([...map.x]).toEqual([1, 1, -1, -1].map((side) => expect.closeTo(side * Math.SQRT2, 12)));
  // Whoever only agrees with "a": (1 − 0) · √½ · √2 = 1.
  expect(map.extremity[0]).toBeCloseTo(1, 12);
});

test('a vote on one of two statements is stretched by √2; a rejected statement counts as voted on by all', () => {
  const events = [
    { person: 1, statement: 'a', vote: 1 },
    { person: 2, statement: 'a', vote: -1 },
    { person: 2, statement: 'b', vote: 1 },
  ];
  const votes = votesFrom(events);
  // "a" has mean 0 and "b" mean 1, so only "a" has spread: axis (1, 0).
  const free = opinionMap(votes, leftOut(votes, []));
  expect([...free.x]).toEqual([expect.closeTo(Math.SQRT2, 12), expect.closeTo(-1, 12)]);
  const rejected = opinionMap(votes, leftOut(votes, ['b']));
  expect([...rejected.x]).toEqual([expect.closeTo(1, 12), expect.closeTo(-1, 12)]);
});

test('two pairs of statements that are equally divisive: both axes are found though their values are equal', () => {
  const votes = votesFrom(
    [1, -1].flatMap((first, i) =>
      [1, -1].flatMap((second, j) =>
        [first, second].map((vote, statement) => ({ person: 2 * i + j, statement, vote })),
      ),
    ),
  );
  const map = opinionMap(votes, new Uint8Array(2));
  expect(map.singularValues).toEqual([expect.closeTo(2, 12), expect.closeTo(2, 12)]);
});

test('everybody agrees with everything: everybody stands in the middle', () => {
  const votes = votesFrom([1, 2, 3].flatMap((person) => [1, 2].map((statement) => ({ person, statement, vote: 1 }))));
  const map = opinionMap(votes, new Uint8Array(2));
  expect([...map.x, ...map.y, ...map.extremity]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

const conversation = fc
  .array(fc.record({ person: fc.nat({ max: 20 }), statement: fc.nat({ max: 12 }), vote: fc.constantFrom(-1, 0, 1) }), {
    minLength: 1,
    maxLength: 150,
  })
  .map(votesFrom);

test('the axes are those of the whole matrix written out', () => {
  fc.assert(
    fc.property(conversation, fc.nat({ max: 12 }), (votes, rejected) => {
      const out = leftOut(votes, [rejected]);
      const map = opinionMap(votes, out);
      const { values } = symmetricEigen(writtenOut(votes, map.center, out));
      const scale = Math.max(values[0]!, 1);
      expect(Math.abs(map.singularValues[0] ** 2 - values[0]!)).toBeLessThan(1e-9 * scale);
      expect(Math.abs(map.singularValues[1] ** 2 - Math.max(values[1] ?? 0, 0))).toBeLessThan(1e-9 * scale);
      for (const component of map.components) {
        const length = Math.hypot(...component);
        expect(length === 0 || Math.abs(length - 1) < 1e-12).toBe(true);
        const largest = component.reduce(
          (most, entry) => (Math.abs(entry) > Math.abs(most) * (1 + 1e-9) ? entry : most),
          0,
        );
        expect(largest).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

describe.skipIf(!haveShared).each(conversationNames)('%s', (name) => {
  const { votes, reference, groupOf } = haveShared ? readConversation(name) : ({} as Conversation);

  test('center, axes, singular values, places and extremity are those of the reference', () => {
    const map = opinionMap(votes, leftOut(votes, reference.moderated_out));
    expect(votes.statements).toEqual(reference.statements);
    expect(largestDifference(map.center, reference.center)).toBeLessThan(1e-12);
    for (const k of [0, 1] as const) {
      expect(largestDifference(map.components[k], reference.components[k])).toBeLessThan(1e-9);
      expect(map.singularValues[k]).toBeCloseTo(reference.singular_values3[k]!, 9);
    }
    expect(largestDifference(map.extremity, reference.extremity)).toBeLessThan(1e-9);
    for (const [person, [x, y]] of Object.entries(reference.projections_first20)) {
      const row = votes.people.indexOf(Number(person));
      expect(map.x[row]).toBeCloseTo(x, 9);
      expect(map.y[row]).toBeCloseTo(y, 9);
    }
  });

  test('consensus, priorities, representativeness and majorities are those of the reference', () => {
    const groups = partitionBy(votes, groupOf);
    const analysed = analyse(votes, { rejected: reference.moderated_out, groups });
    if (!analysed.ok) throw new RangeError(analysed.problem.message);
    const { consensus, priorities, representative, majorities, byGroup } = analysed.value;
    expect(largestDifference(consensus, reference.group_aware_consensus)).toBeLessThan(1e-12);
    expect(largestDifference(priorities, reference.priorities)).toBeLessThan(1e-9);
    representativeness(byGroup).forEach((rows, group) => {
      const theirs = reference.repness[String(group)]!;
      const close = (ours: number[], name: keyof typeof theirs): void =>
        expect(largestDifference(ours, theirs[name])).toBeLessThan(1e-9);
      close(
        rows.map(({ agree }) => agree.votes),
        'na',
      );
      close(
        rows.map(({ disagree }) => disagree.votes),
        'nd',
      );
      close(
        rows.map(({ agree }) => agree.seen),
        'ns',
      );
      close(
        rows.map(({ agree }) => agree.share),
        'pa',
      );
      close(
        rows.map(({ disagree }) => disagree.share),
        'pd',
      );
      close(
        rows.map(({ agree }) => agree.shareTest),
        'pat',
      );
      close(
        rows.map(({ disagree }) => disagree.shareTest),
        'pdt',
      );
      close(
        rows.map(({ agree }) => agree.ratio),
        'ra',
      );
      close(
        rows.map(({ disagree }) => disagree.ratio),
        'rd',
      );
      close(
        rows.map(({ agree }) => agree.ratioTest),
        'rat',
      );
      close(
        rows.map(({ disagree }) => disagree.ratioTest),
        'rdt',
      );
      expect(representative[group]!.map((row) => [row.statement, row.direction])).toEqual(
        reference.selected[String(group)],
      );
    });
    for (const direction of ['agree', 'disagree'] as const) {
      expect(majorities[direction].map(({ statement }) => statement)).toEqual(reference.consensus[direction]);
    }
    expect(tally(votes, groups)).toEqual(byGroup);
  });

  test('starting from the axes of an earlier hour leads to the same map', () => {
    const out = leftOut(votes, reference.moderated_out);
    const cold = opinionMap(votes, out);
    const turned = {
      statements: votes.statements.slice(5),
      components: [cold.components[1].slice(5), cold.components[0].slice(5)] as const,
    };
    const warm = opinionMap(votes, out, turned);
    expect(largestDifference(warm.x, cold.x)).toBeLessThan(1e-8);
    expect(largestDifference(warm.y, cold.y)).toBeLessThan(1e-8);
  });
});

function writtenOut(votes: Votes, center: Float64Array, out: Uint8Array): number[][] {
  const columns = votes.statements.length;
  const product = Array.from({ length: columns }, () => Array.from({ length: columns }, () => 0));
  votes.people.forEach((_, row) => {
    const line = new Float64Array(columns);
    for (const cell of votes.cells.subarray(votes.starts[row], votes.starts[row + 1])) {
      if (!out[column(cell)]) line[column(cell)] = voteIn(cell) - center[column(cell)]!;
    }
    for (let i = 0; i < columns; i++) for (let j = 0; j < columns; j++) product[i]![j]! += line[i]! * line[j]!;
  });
  return product;
}
