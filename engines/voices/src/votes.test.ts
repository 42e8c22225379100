import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logFrom, shuffled, votesFrom } from '../test/shared.ts';
import { chance } from '@meedoen/numbers';
import { type Name } from './name.ts';
import { addVotes, column, gatherVotes, noVotes, voteIn, votesOf, type VoteLog, type Votes } from './votes.ts';

test('Amira votes twice on the crèche and once on the kitchen: her last vote counts, and names are put in order', () => {
  const gathered = gatherVotes({
    people: ['Bo', 'Amira', 'nobody'],
    statements: ['kitchen', 'crèche', 'never voted on'],
    person: [1, 0, 1, 1],
    statement: [1, 0, 0, 1],
    vote: [-1, 0, 1, 1],
  });
  expect(gathered.ok && read(gathered.value)).toEqual({
    Amira: { crèche: 1, kitchen: 1 },
    Bo: { kitchen: 0 },
  });
  expect(gathered.ok && gathered.value.people).toEqual(['Amira', 'Bo']);
  expect(gathered.ok && gathered.value.statements).toEqual(['crèche', 'kitchen']);
});

test('numbers are put in order of size, not of their first digit', () => {
  const votes = votesFrom([10, 9, 100].map((person) => ({ person, statement: person, vote: 1 })));
  expect(votes.people).toEqual([9, 10, 100]);
});

describe('votes that cannot be used are refused, and say why', () => {
  const good: VoteLog = { people: ['a', 'b'], statements: [1, 2], person: [0, 1], statement: [1, 0], vote: [1, -1] };
  test.each([
    { story: 'a vote of 2', log: { vote: [1, 2] }, what: 'vote-unknown', says: 'Vote 2 is 2' },
    { story: 'not a number', log: { vote: [NaN, 1] }, what: 'vote-unknown', says: 'Vote 1 is NaN' },
    { story: 'a person who is not in the list', log: { person: [0, 2] }, what: 'person-unknown', says: 'Vote 2' },
    { story: 'half a person', log: { person: [0.5, 1] }, what: 'person-unknown', says: 'number 0.5' },
    {
      story: 'a statement that does not exist',
      log: { statement: [-1, 0] },
      what: 'statement-unknown',
      says: 'Vote 1',
    },
    { story: 'columns of unequal length', log: { vote: [1] }, what: 'votes-uneven', says: '1 votes' },
    { story: 'the same name twice', log: { people: ['a', 'a'] }, what: 'name-twice', says: '"a" stands twice' },
    { story: 'a number among the texts', log: { people: ['a', 7] }, what: 'names-mixed', says: 'one kind' },
    { story: 'an empty name', log: { people: ['a', ''] }, what: 'name-unusable', says: 'not empty' },
    { story: 'NaN as name', log: { statements: [1, NaN] }, what: 'name-unusable', says: 'NaN' },
  ])('$story', ({ log, what, says }) => {
    const gathered = gatherVotes({ ...good, ...log });
    expect(gathered.ok).toBe(false);
    if (gathered.ok) return;
    expect(gathered.problem.what).toBe(what);
    expect(gathered.problem.message).toContain(says);
  });

  test('more than 20,000 statements with votes', () => {
    const many = Array.from({ length: 20_001 }, (_, i) => i);
    const gathered = gatherVotes({
      people: ['a'],
      statements: many,
      person: many.map(() => 0),
      statement: many,
      vote: many.map(() => 1),
    });
    expect(!gathered.ok && gathered.problem.what).toBe('too-many');
  });

  test('numbers added to texts', () => {
    const before = votesFrom([{ person: 'a', statement: 1, vote: 1 }]);
    const added = addVotes(before, { people: [1], statements: [1], person: [0], statement: [0], vote: [1] });
    expect(!added.ok && added.problem.what).toBe('names-mixed');
  });
});

const events = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 12 }),
    statement: fc.integer({ min: 0, max: 9 }),
    vote: fc.constantFrom(-1, 0, 1),
  }),
  { maxLength: 80 },
);

test('the matrix is what a plain map of maps would hold', () => {
  fc.assert(
    fc.property(events, (log) => {
      const plain: Record<Name, Record<Name, number>> = {};
      for (const { person, statement, vote } of log) (plain[person] ??= {})[statement] = vote;
      expect(read(votesFrom(log))).toEqual(plain);
    }),
  );
});

test('the order of the lists of names, and of votes in different cells, leaves no trace', () => {
  fc.assert(
    fc.property(events, fc.integer(), (log, seed) => {
      const last = new Map(log.map((event) => [`${event.person} ${event.statement}`, event]));
      expect(votesFrom(shuffled([...last.values()], chance(seed)))).toEqual(votesFrom(log));
    }),
  );
});

test('adding votes gives the same bytes as gathering all of them, wherever the log is cut', () => {
  fc.assert(
    fc.property(events, fc.nat({ max: 80 }), fc.nat({ max: 80 }), (log, one, other) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const parts = [log.slice(0, first), log.slice(first, second), log.slice(second)];
      let votes: Votes = noVotes;
      for (const part of parts) {
        const added = addVotes(votes, logFrom(part));
        if (!added.ok) throw new RangeError(added.problem.message);
        votes = added.value;
      }
      expect(votes).toEqual(votesFrom(log));
    }),
  );
});

test('leaving people out is the same as never having had their votes', () => {
  fc.assert(
    fc.property(events, (log) => {
      const even = votesOf(votesFrom(log), (row) => (votesFrom(log).people[row] as number) % 2 === 0);
      expect(even).toEqual(votesFrom(log.filter(({ person }) => person % 2 === 0)));
    }),
  );
});

function read({ people, statements, starts, cells }: Votes): Record<Name, Record<Name, number>> {
  return Object.fromEntries(
    people.map((person, row) => [
      person,
      Object.fromEntries(
        Array.from(cells.subarray(starts[row], starts[row + 1]), (cell) => [statements[column(cell)]!, voteIn(cell)]),
      ),
    ]),
  );
}
