import { chance, chiSquaredUpperTail } from '@meedoen/numbers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureNames, haveShared, readFixture, sharedAbsent } from '../test/shared.ts';
import { byPriority, equalVoice, nextStatement, showingChances, type Candidate, type Routing } from './routing.ts';

if (!haveShared) console.warn(sharedAbsent);

const statement = (name: string, priority: number, from: string | null = null, votesOfOwnSide = 100): Candidate => ({
  statement: name,
  priority,
  from,
  votesOfOwnSide,
});

test('by priority: 1 against 3 is a quarter against three quarters', () => {
  expect([...showingChances([statement('a', 1), statement('b', 3)], byPriority)]).toEqual([0.25, 0.75]);
});

test('equal voice: one statement of a newcomer gets as much chance as nine of neighbours together', () => {
  const nine = Array.from({ length: 9 }, (_, at) => statement(`n${at}`, 1, 'neighbour'));
  const chances = showingChances([statement('w', 1, 'newcomer'), ...nine], { by: 'equal voice', evenly: 0 });
  expect(chances[0]).toBeCloseTo(0.5, 12);
  expect(chances[1]).toBeCloseTo(0.5 / 9, 12);
});

test('equal voice: what the own side has not voted on comes up to 81 times before what it has', () => {
  const [fresh, known] = showingChances([statement('a', 1, 'x', 0), statement('b', 1, 'x', 1000)], {
    by: 'equal voice',
    evenly: 0,
  });
  expect(fresh! / known!).toBeCloseTo(81, 9);
});

test('a fifth of the chance is shared evenly, so a statement nobody likes is still seen', () => {
  const chances = showingChances([statement('a', 0), statement('b', 5)], equalVoice);
  expect(chances[0]).toBeCloseTo(0.1, 12);
});

test('everything has been voted on: nothing comes next; one left: it comes for certain', () => {
  expect(nextStatement([], equalVoice, chance(1))).toBeNull();
  expect(nextStatement([statement('a', 0)], byPriority, chance(1))).toEqual({ statement: 'a', chance: 1 });
});

test('a priority that is no weight, or a share above 1, is a broken promise', () => {
  expect(() => showingChances([statement('a', NaN)], byPriority)).toThrow(RangeError);
  expect(() => showingChances([statement('a', -1)], byPriority)).toThrow(RangeError);
  expect(() => showingChances([], { by: 'priority', evenly: 2 })).toThrow(RangeError);
});

const candidates = fc.array(
  fc.record({
    statement: fc.string(),
    priority: fc.double({ min: 0, max: 100, noNaN: true }),
    from: fc.constantFrom('newcomer', 'neighbour', null),
    votesOfOwnSide: fc.nat({ max: 50 }),
  }),
  { minLength: 1, maxLength: 30 },
);
const routing: fc.Arbitrary<Routing> = fc.record({
  by: fc.constantFrom('priority' as const, 'equal voice' as const),
  evenly: fc.double({ min: 0, max: 1, noNaN: true }),
});

test('chances add up to 1, none is below its even share, and each side has its part', () => {
  fc.assert(
    fc.property(candidates, routing, (given, by) => {
      const chances = showingChances(given, by);
      expect(chances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      for (const value of chances) expect(value).toBeGreaterThanOrEqual((by.evenly / given.length) * (1 - 1e-12));
      if (by.by === 'priority') return;
      const sides = new Set(given.map(({ from }) => from));
      for (const side of sides) {
        const part = chances.reduce((sum, value, at) => sum + (given[at]!.from === side ? value : 0), 0);
        expect(part).toBeGreaterThanOrEqual(((1 - by.evenly) / sides.size) * (1 - 1e-9));
      }
    }),
  );
});

describe.skipIf(!haveShared).each(fixtureNames)('%s', (name) => {
  test('what is drawn fits the priorities that Polis published, and the logged chance is the one it had', () => {
    const priorities = Object.entries(readFixture(name).polis['comment-priorities']);
    const given = priorities.map(([tid, priority]) => ({
      statement: Number(tid),
      priority,
      from: null,
      votesOfOwnSide: 0,
    }));
    const total = priorities.reduce((sum, [, priority]) => sum + priority, 0);
    const random = chance(42);
    const drawn = new Map<unknown, number>();
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      const shown = nextStatement(given, byPriority, random)!;
      drawn.set(shown.statement, (drawn.get(shown.statement) ?? 0) + 1);
      expect(shown.chance).toBeCloseTo(
        given.find(({ statement: one }) => one === shown.statement)!.priority / total,
        12,
      );
    }
    // Statements expected fewer than 5 times are taken together, as the test demands.
    let square = 0;
    let cells = 0;
    let [rareSeen, rareExpected] = [0, 0];
    for (const { statement: one, priority } of given) {
      const expected = (draws * priority) / total;
      const seen = drawn.get(one) ?? 0;
      if (expected < 5) [rareSeen, rareExpected] = [rareSeen + seen, rareExpected + expected];
      else [square, cells] = [square + (seen - expected) ** 2 / expected, cells + 1];
    }
    if (rareExpected > 0) [square, cells] = [square + (rareSeen - rareExpected) ** 2 / rareExpected, cells + 1];
    expect(chiSquaredUpperTail(square, cells - 1)).toBeGreaterThan(0.001);
  });
});
