import { expect, test } from 'vitest';
import { freezeTally, frozenText } from './frozen-tally.ts';
import { everybody, partitionBy, tally } from './tally.ts';
import { gatherVotes, type Votes } from './votes.ts';

/** Ten newcomers and twelve neighbours; the first eight newcomers did not see the second statement. */
function conversation(reversed = false): Votes {
  const people = Array.from({ length: 22 }, (_, i) => (i < 10 ? `newcomer ${i}` : `neighbour ${i}`));
  const rows = people.flatMap((_, person) => [
    { person, statement: 0, vote: person % 2 ? 1 : 0 },
    ...(person < 8 ? [] : [{ person, statement: 1, vote: -1 }]),
  ]);
  if (reversed) rows.reverse();
  const gathered = gatherVotes({
    people,
    statements: ['a kitchen', 'a fence'],
    person: rows.map(({ person }) => person),
    statement: rows.map(({ statement }) => statement),
    vote: rows.map(({ vote }) => vote),
  });
  if (!gathered.ok) throw new Error(gathered.problem.message);
  return gathered.value;
}
const sidesOf = (votes: Votes) =>
  tally(votes, partitionBy(votes, new Map(votes.people.map((person) => [person, String(person).split(' ')[0]!]))));

test('what a decision cites: counts of everybody, and of the sides where each had ten voters', () => {
  const votes = conversation();
  const frozen = freezeTally(['a kitchen', 'a fence'], tally(votes, everybody(votes)), sidesOf(votes));
  expect(frozen.statements).toEqual([
    {
      statement: 'a kitchen',
      agrees: 11,
      disagrees: 0,
      passes: 11,
      sides: [
        { side: 'neighbour', agrees: 6, disagrees: 0, passes: 6 },
        { side: 'newcomer', agrees: 5, disagrees: 0, passes: 5 },
      ],
    },
    // Two newcomers voted: neither side is shown, or the total would give the two away.
    { statement: 'a fence', agrees: 0, disagrees: 14, passes: 0, sides: null },
  ]);
});

test('the same votes give the same bytes, in whatever order they came or were cited', () => {
  const votes = conversation();
  const again = conversation(true);
  const text = frozenText(freezeTally(['a kitchen', 'a fence'], tally(votes, everybody(votes)), sidesOf(votes)));
  expect(
    frozenText(freezeTally(['a fence', 'a kitchen', 'a fence'], tally(again, everybody(again)), sidesOf(again))),
  ).toBe(text);
  expect(text).toContain('{"statement":"a fence","agrees":0,"disagrees":14,"passes":0,"sides":null}');
});

test('without sides only the counts of everybody; a statement without votes cannot be cited', () => {
  const votes = conversation();
  const all = tally(votes, everybody(votes));
  expect(freezeTally(['a kitchen'], all, null).statements[0]!.sides).toBeNull();
  expect(() => freezeTally(['a moat'], all, null)).toThrow('nobody voted on a moat');
});
