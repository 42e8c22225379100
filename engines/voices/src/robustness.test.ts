import { chance } from '@meedoen/numbers';
import { expect, test } from 'vitest';
import { votesFrom } from '../test/shared.ts';
import { flagVoters, medianPace, robustness } from './robustness.ts';
import { explainRobustness } from './sentences.ts';

const honest = Array.from({ length: 60 }, (_, person) => person).flatMap((person) => {
  const random = chance(person);
  return Array.from({ length: 12 }, (_, statement) => {
    const likes = (person % 2 === 0) === (statement % 2 === 0);
    return { person, statement, vote: random.share() < 0.1 ? 0 : random.share() < (likes ? 0.9 : 0.15) ? 1 : -1 };
  });
});
const alike = (person: number, vote: number, count = 12): typeof honest =>
  Array.from({ length: count }, (_, statement) => ({ person, statement, vote }));

test('who answers everything alike is flagged; who gave fewer than 10 answers is not', () => {
  const votes = votesFrom([...honest, ...alike(100, 1), ...alike(101, -1), ...alike(102, 0), ...alike(103, 1, 9)]);
  expect(flagVoters(votes)).toEqual([
    { person: 100, why: 'all agree' },
    { person: 101, why: 'all disagree' },
    { person: 102, why: 'all pass' },
  ]);
});

test('who answers faster than one can read is flagged, also for answering alike', () => {
  const votes = votesFrom([...honest, ...alike(100, 1)]);
  expect(
    flagVoters(
      votes,
      new Map([
        [100, 0.4],
        [3, 0.9],
        [4, 1],
      ]),
    ),
  ).toEqual([
    { person: 3, why: 'too fast' },
    { person: 100, why: 'all agree' },
    { person: 100, why: 'too fast' },
  ]);
});

test('pace is the median of the gaps, in whatever order the votes stand', () => {
  const log = {
    people: ['a', 'b', 'c'],
    statements: [1, 2, 3, 4],
    person: [0, 0, 0, 0, 1, 2, 2],
    statement: [0, 1, 2, 3, 0, 0, 1],
    vote: [1, 1, 1, 1, 1, 1, 1],
  };
  const pace = medianPace(log, [40, 10, 12, 15, 7, 5, 8]);
  // a: 10, 12, 15, 40: gaps 2, 3, 25. b voted once.
  expect(pace.ok && [...pace.value]).toEqual([
    ['a', 3],
    ['c', 3],
  ]);
  const short = medianPace(log, [1]);
  expect(!short.ok && short.problem.what).toBe('times-uneven');
  const unknown = medianPace(log, [1, 2, 3, NaN, 5, 6, 7]);
  expect(!unknown.ok && unknown.problem.message).toContain('Vote 4');
});

test('six people who agree with everything: the groups of all others stay, and what changes is told', () => {
  const votes = votesFrom([...honest, ...[100, 101, 102, 103, 104, 105].flatMap((person) => alike(person, 1))]);
  const flags = flagVoters(votes);
  const report = robustness(votes, flags, { groupCount: 2 });
  if (!report.ok) throw new RangeError(report.problem.message);
  const { flagged, sameGroups, largestChange, without } = report.value;
  expect(flagged).toBe(6);
  expect(without.votes.people).toHaveLength(60);
  expect(sameGroups).toBe(1);
  // Without six agreements of 66 the agree share can only fall, by less than 6/66.
  expect(largestChange!.agreeShare).toBeLessThan(0);
  expect(largestChange!.agreeShare).toBeGreaterThan(-6 / 66);
  expect(['robust.same', 'robust.changes']).toContain(explainRobustness(report.value).key);
});

test('nobody flagged: with and without are the same', () => {
  const votes = votesFrom(honest);
  const report = robustness(votes, []);
  if (!report.ok) throw new RangeError(report.problem.message);
  expect(report.value.with).toEqual(report.value.without);
  expect(report.value).toMatchObject({ flagged: 0, sameGroups: 1, comesIn: [], dropsOut: [], largestChange: null });
  expect(explainRobustness(report.value)).toEqual({ key: 'robust.nobody', words: {} });
});

test('everybody flagged: there is nothing to compare with', () => {
  const votes = votesFrom(alike(1, 1));
  const report = robustness(votes, flagVoters(votes));
  expect(!report.ok && report.problem.what).toBe('everybody-flagged');
});
