import { chance } from '@meedoen/numbers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conversationNames,
  haveShared,
  largestDifference,
  logFrom,
  readConversation,
  sharedAbsent,
  votesFrom,
  type VoteEvent,
} from '../test/shared.ts';
import { analyse, type Analysis } from './analysis.ts';
import { bridges, commonGround } from './bridge.ts';
import { byPriority, equalVoice } from './routing.ts';
import {
  explainBridge,
  explainCommonGround,
  explainGroups,
  explainMajority,
  explainMissing,
  explainRepresentative,
  explainShown,
  explainStanding,
} from './sentences.ts';
import { secondOpinion } from './second-opinion.ts';
import { standing } from './standing.ts';
import { partitionBy, tally } from './tally.ts';
import { whoIsMissing } from './who-is-missing.ts';
import { addVotes, noVotes, type Votes } from './votes.ts';

if (!haveShared) console.warn(sharedAbsent);

/** Two camps of 20; statement 0 is liked by all, the even ones by camp A, the odd ones by camp B, the last by nobody. */
function town(): Votes {
  return votesFrom(
    Array.from({ length: 40 }, (_, person) => person).flatMap((person) => {
      const random = chance(person);
      return Array.from({ length: 10 }, (_, statement) => {
        const likes = statement === 0 || (statement < 9 && (statement % 2 === 0) === person < 20);
        return { person, statement, vote: random.share() < 0.9 === likes ? 1 : -1 };
      });
    }),
  );
}

function whole(votes: Votes, options?: Parameters<typeof analyse>[1]): Analysis {
  const analysed = analyse(votes, options);
  if (!analysed.ok) throw new RangeError(analysed.problem.message);
  return analysed.value;
}

test('two camps are found, and what sets them apart and what does not', () => {
  const analysis = whole(town());
  expect(analysis.groups.groups).toEqual([0, 1]);
  const camp = analysis.votes.people.map((person) => ((person as number) < 20 ? 0 : 1));
  const found = [...analysis.groups.of].map((group) => (group === analysis.groups.of[0] ? 0 : 1));
  expect(found.filter((group, at) => group !== camp[at]).length).toBeLessThanOrEqual(1);
  const shown = analysis.representative.map((rows) => rows.map(({ statement }) => statement as number));
  for (const statements of shown) expect(statements.every((statement) => statement > 0 && statement < 9)).toBe(true);
  expect(analysis.consensus.indexOf(Math.max(...analysis.consensus))).toBe(0);
  expect(analysis.majorities.agree.map(({ statement }) => statement)).toContain(0);
  expect(analysis.majorities.disagree.map(({ statement }) => statement)).toContain(9);
});

test('a rejected statement is nowhere chosen and does not move the map; about the conversation weighs 49', () => {
  const analysis = whole(town(), { rejected: [0], meta: [9] });
  expect([...analysis.out]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect([analysis.map.center[0], analysis.map.extremity[9]]).toEqual([0, 0]);
  expect(analysis.priorities[9]).toBe(49);
  const chosen = [...analysis.representative.flat(), ...analysis.majorities.agree, ...analysis.majorities.disagree];
  expect(chosen.some(({ statement }) => statement === 0 || statement === 9)).toBe(false);
});

test('without votes there is nothing to say; 0, 2.5 or 99 groups cannot be made', () => {
  const none = analyse(noVotes);
  expect(!none.ok && none.problem.what).toBe('no-votes');
  for (const groupCount of [0, 2.5, 99, NaN]) {
    const refused = analyse(town(), { groupCount });
    expect(!refused.ok && refused.problem.what).toBe('group-count');
  }
  expect(() => analyse(town(), { groups: { groups: [1], of: new Int32Array(3) } })).toThrow(RangeError);
});

test.each([
  { story: 'one person, one vote', events: [{ person: 1, statement: 1, vote: 1 }] },
  {
    story: 'two people who disagree',
    events: [
      { person: 1, statement: 1, vote: 1 },
      { person: 2, statement: 1, vote: -1 },
    ],
  },
  {
    story: 'only passes',
    events: [1, 2, 3].flatMap((person) => [1, 2].map((statement) => ({ person, statement, vote: 0 }))),
  },
])('$story: every number is a number', ({ events }) => {
  const { map, consensus, priorities, groups, representative } = whole(votesFrom(events));
  for (const numbers of [map.x, map.y, map.center, map.extremity, consensus, priorities])
    expect(numbers.every(Number.isFinite)).toBe(true);
  expect([...groups.of].every((group) => group >= 0)).toBe(true);
  expect(representative).toHaveLength(groups.groups.length);
});

test('whatever people vote: every number is a number, every group has somebody, every choice may be chosen', () => {
  const conversation = fc.array(
    fc.record({
      person: fc.nat({ max: 40 }),
      statement: fc.nat({ max: 15 }),
      vote: fc.constantFrom(-1, 0, 1),
    }),
    { minLength: 1, maxLength: 300 },
  );
  fc.assert(
    fc.property(
      conversation,
      fc.array(fc.nat({ max: 15 })),
      fc.option(fc.integer({ min: 1, max: 20 })),
      (events, rejected, count) => {
        const votes = votesFrom(events);
        const found = whole(votes, { rejected, ...(count !== null && { groupCount: count }) });
        const { map, consensus, priorities, groups, out } = found;
        const numbers = [map.x, map.y, map.center, map.extremity, map.statementX, consensus, priorities];
        for (const list of numbers) expect(list.every(Number.isFinite)).toBe(true);
        const taken = new Set(groups.of.filter((group) => group >= 0));
        expect([...taken].sort((one, other) => one - other)).toEqual(groups.groups);
        if (count !== null) expect(groups.groups.length).toBeLessThanOrEqual(count);
        const may = new Set(votes.statements.filter((_, at) => !out[at]));
        const chosen = [...found.representative.flat(), ...found.majorities.agree, ...found.majorities.disagree];
        expect(chosen.every(({ statement }) => may.has(statement))).toBe(true);
        const { statements } = secondOpinion(votes, out, map.components[0]);
        expect(statements.every(({ intercept, factor }) => Number.isFinite(intercept + factor))).toBe(true);
      },
    ),
  );
});

test('every number can be explained in a sentence with the numbers it needs', () => {
  const analysis = whole(town());
  const { votes } = analysis;
  const sides = partitionBy(
    votes,
    new Map(votes.people.map((person) => [person, (person as number) % 2 === 0 ? 'newcomer' : 'neighbour'])),
  );
  const declared = bridges(tally(votes, sides));
  const found = bridges(analysis.byGroup);
  if (!declared.ok || !found.ok) throw new RangeError('two sides and two groups make bridges');
  const ground = commonGround([declared.value, found.value], analysis.out);
  expect(ground[0]!.statement).toBe(0);
  expect(explainCommonGround(ground)).toEqual([
    { key: 'common-ground.first', words: { statement: 0, lowest: ground[0]!.lowest, partitions: 2 } },
  ]);

  const [connects, neighbour, newcomer, weakest] = explainBridge(ground[0]!.between[0]!);
  expect(connects).toMatchObject({ key: 'bridge.connects', words: { statement: 0, sides: 2 } });
  expect([neighbour, newcomer]).toMatchObject([
    { words: { side: 'neighbour', seen: 20 } },
    { words: { side: 'newcomer', seen: 20 } },
  ]);
  expect(weakest!.key).toBe('bridge.weakest');
  expect(explainBridge({ statement: 3, known: false, tooFew: ['newcomer'] })).toEqual([
    { key: 'bridge.too-few', words: { statement: 3, side: 'newcomer' } },
  ]);
  expect(explainCommonGround([{ statement: 3, lowest: null, between: [] }])).toEqual([
    { key: 'common-ground.unknown', words: { unknown: 1 } },
  ]);

  expect(explainGroups(analysis.grouping!)).toMatchObject({ key: 'groups.found', words: { groups: 2, people: 40 } });
  expect(
    explainGroups({ ...analysis.grouping!, considered: [{ count: 2, silhouette: 0.3, stability: 0.5 }] }).key,
  ).toBe('groups.unsure');
  expect(explainGroups({ ...analysis.grouping!, considered: [] }).key).toBe('groups.none');
  expect(explainRepresentative(1, analysis.representative[1]![0]!).key).toBe('group.agrees');
  expect(explainMajority(analysis.majorities.disagree[0]!)).toMatchObject({
    key: 'everybody.disagrees',
    words: { statement: 9 },
  });
  expect([explainShown(equalVoice, 0.2).key, explainShown(byPriority, 0.2).key]).toEqual([
    'shown.equal-voice',
    'shown.priority',
  ]);

  const missing = whoIsMissing({
    about: 'age',
    present: new Map([
      ['young', 30],
      ['old', 12],
    ]),
    untold: 0,
    population: new Map([
      ['young', 1],
      ['old', 1],
    ]),
  });
  expect(missing.ok && explainMissing(missing.value)).toEqual([
    {
      key: 'missing.category',
      words: { about: 'age', category: 'old', shareOfPopulation: 0.5, shareOfPresent: 12 / 42, present: 12, short: 18 },
    },
  ]);
});

test('where do I stand: in my group, and on how many statements each group thinks like me', () => {
  const analysis = whole(town());
  const mine = standing(analysis, 0)!;
  expect(mine.group).toBe(analysis.groups.groups[analysis.groups.of[0]!]);
  const own = mine.alike.find(({ group }) => group === mine.group)!;
  const other = mine.alike.find(({ group }) => group !== mine.group)!;
  expect(own.same / own.compared).toBeGreaterThan(other.same / other.compared);
  expect(explainStanding(mine)[0]).toEqual({ key: 'you.in-group', words: { group: mine.group } });
  expect(explainStanding({ ...mine, group: null })[0]).toEqual({ key: 'you.without-group', words: {} });
  expect(standing(analysis, 'a stranger')).toBeNull();
});

describe.skipIf(!haveShared).each(conversationNames)('%s, replayed as it happened', (name) => {
  test('votes added in chunks of any size end in the very same analysis; started from the hour before, within 1e-8', () => {
    const { events, votes, reference } = readConversation(name);
    const rejected = reference.moderated_out;
    const cold = whole(votes, { rejected });
    for (const size of [997, Math.ceil(events.length / 3)]) {
      let grown: Votes = noVotes;
      let before: Votes = noVotes;
      for (let from = 0; from < events.length; from += size) {
        before = grown;
        grown = added(grown, events.slice(from, from + size));
      }
      expect(grown).toEqual(votes);
      expect(whole(grown, { rejected })).toEqual(cold);

      const hourBefore = whole(before, { rejected });
      const warm = whole(grown, {
        rejected,
        earlier: { statements: before.statements, components: hourBefore.map.components },
      });
      expect(largestDifference(warm.map.x, cold.map.x)).toBeLessThan(1e-8);
      expect(warm.groups.of).toEqual(cold.groups.of);
      expect(warm.byGroup).toEqual(cold.byGroup);
    }
  });
});

function added(votes: Votes, events: readonly VoteEvent[]): Votes {
  const next = addVotes(votes, logFrom(events));
  if (!next.ok) throw new RangeError(next.problem.message);
  return next.value;
}
