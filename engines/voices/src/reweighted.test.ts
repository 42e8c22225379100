import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import { byPriority, nextStatement, showingChances, type Candidate } from './routing.ts';
import { reweighted, type Showing } from './reweighted.ts';
import { type Vote } from './votes.ts';

test('two people were shown one statement each, one with chance ¼ and one with ¾: their answers weigh 4 and 4/3', () => {
  const found = reweighted([
    { person: 'a', statement: 's', chance: 0.25, vote: 1 },
    { person: 'b', statement: 's', chance: 0.75, vote: -1 },
  ]);
  expect(found.ok && found.value).toHaveLength(1);
  if (!found.ok) return;
  const [s] = found.value;
  expect(s!.agree).toBeCloseTo(0.75, 12);
  expect(s!.disagree).toBeCloseTo(0.25, 12);
  expect(s!.pass).toBe(0);
  expect(s!.answers).toBe(2);
  // (4 + 4/3)² / (16 + 16/9)
  expect(s!.worth).toBeCloseTo(1.6, 12);
  // √((4 · .25)² + (4/3 · .75)²) / (16/3)
  expect(s!.agreeError).toBeCloseTo(Math.SQRT2 / (16 / 3), 12);
});

/**
 * The claim on which all rests, walked through completely: over every order in which three statements can be shown twice,
 * each with its probability, the weight of each statement is 1 on average, however crooked the chances are.
 */
test.each([
  { story: 'even', priorities: [1, 1, 1] },
  { story: 'crooked', priorities: [9, 3, 1] },
  { story: 'very crooked', priorities: [1, 0.01, 50] },
])('$story chances: every answer counts once on average', ({ priorities }) => {
  const all = priorities.map((priority, statement): Candidate => ({
    statement,
    priority,
    from: null,
    votesOfOwnSide: 0,
  }));
  const weight = [0, 0, 0];
  const first = showingChances(all, byPriority);
  all.forEach((one, i) => {
    const rest = all.filter((candidate) => candidate !== one);
    const second = showingChances(rest, byPriority);
    rest.forEach((other, j) => {
      const path = first[i]! * second[j]!;
      for (const [at, statement] of [i, other.statement as number].entries()) {
        const log: Showing[] = [
          { person: 'p', statement: i, chance: first[i]!, vote: 1 },
          { person: 'p', statement: other.statement, chance: second[j]!, vote: 1 },
        ];
        // A single answer's weight is not published, so it is read from beside a person of known weight 1 who disagrees.
        const beside: Showing = { person: 'q', statement: log[at]!.statement, chance: 1, vote: -1 };
        const found = reweighted([...log, beside]);
        if (!found.ok) throw new RangeError(found.problem.message);
        const { agree } = found.value.find((one) => one.statement === statement)!;
        weight[statement]! += path * (agree / (1 - agree));
      }
    });
  });
  for (const mean of weight) expect(mean).toBeCloseTo(1, 12);
});

test('routing that shows a statement to those who like it colours the plain share; reweighted it is right', () => {
  const random = chance(2026);
  const log: Showing[] = [];
  const people = 6000;
  for (let person = 0; person < people; person++) {
    // Half of the people like statement 0; to them it is shown 8 times as eagerly.
    const likes = person % 2 === 0;
    let left = Array.from({ length: 6 }, (_, statement): Candidate => ({
      statement,
      priority: statement === 0 && likes ? 4 : statement === 0 ? 0.5 : 1,
      from: null,
      votesOfOwnSide: 0,
    }));
    for (let draw = 0; draw < 2; draw++) {
      const shown = nextStatement(left, byPriority, random)!;
      const vote: Vote = shown.statement === 0 ? (likes ? 1 : -1) : 0;
      log.push({ person, ...shown, vote });
      left = left.filter(({ statement }) => statement !== shown.statement);
    }
  }
  const found = reweighted(log);
  if (!found.ok) throw new RangeError(found.problem.message);
  const { agree, agreeError, answers } = found.value[0]!;
  const plain = log.filter(({ statement, vote }) => statement === 0 && vote === 1).length / answers;
  expect(plain).toBeGreaterThan(0.7);
  expect(Math.abs(agree - 0.5)).toBeLessThan(4 * agreeError);
  expect(agreeError).toBeLessThan(0.03);
});

test('an answer that never came counts for nothing', () => {
  const found = reweighted([
    { person: 'a', statement: 's', chance: 0.5, vote: null },
    { person: 'b', statement: 's', chance: 0.5, vote: 1 },
  ]);
  expect(found.ok && found.value[0]).toMatchObject({ agree: 1, answers: 1 });
});

describe('a log that cannot be right is refused', () => {
  const good: Showing = { person: 'a', statement: 's', chance: 0.5, vote: 1 };
  test.each([
    { story: 'a chance of 0', log: [{ ...good, chance: 0 }], what: 'chance-unusable' },
    { story: 'a chance above 1', log: [{ ...good, chance: 1.2 }], what: 'chance-unusable' },
    { story: 'no number', log: [{ ...good, chance: NaN }], what: 'chance-unusable' },
    { story: 'shown twice to the same person', log: [good, good], what: 'shown-twice' },
  ])('$story', ({ log, what }) => {
    const found = reweighted(log);
    expect(!found.ok && found.problem.what).toBe(what);
  });
});
