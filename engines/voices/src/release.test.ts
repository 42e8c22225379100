import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { releaseConversation, placeOf, type ConversationRelease, type ToRelease } from './index.ts';

type Given = ToRelease['votes'][number];
const sides = ['newcomer', 'neighbour'];

/** Newcomers n0, n1 … and neighbours b0, b1 …, and who named no side: x0 …. */
function conversation(votes: readonly Given[], fewest = 5): ToRelease {
  const people = new Map<string, Record<string, string>>();
  for (const { person } of votes) {
    const side = person.startsWith('n') ? 'newcomer' : person.startsWith('b') ? 'neighbour' : null;
    people.set(person, { ...(side === null ? {} : { side }), language: person.startsWith('n') ? 'ar' : 'nl' });
  }
  return { votes, people, statements: ['kitchen', 'fence'], sides, fewest };
}

const some = (who: 'n' | 'b' | 'x', from: number, to: number, statement: string, vote: 1 | 0 | -1): Given[] =>
  Array.from({ length: to - from }, (_, i) => ({ person: `${who}${from + i}`, statement, vote }));

function release(before: ConversationRelease | null, votes: readonly Given[], fewest = 5): ConversationRelease {
  const made = releaseConversation(before, conversation(votes, fewest));
  if (!made.ok) throw new RangeError(made.problem.message);
  return made.value;
}

const countsOf = (made: ConversationRelease, statement: string, side: string) =>
  made.statements.find((one) => one.statement === statement)!.counts[side];

describe('what everybody may see', () => {
  test('eight newcomers and eight neighbours who agree: a bridge of .75', () => {
    const made = release(null, [...some('n', 0, 8, 'kitchen', 1), ...some('b', 0, 8, 'kitchen', 1)], 8);
    // 8 / (8 + 1.2816²) × (1 − 1/10), the same for both sides.
    expect(made.statements[0]!.bridge!.value).toBeCloseTo((8 / (8 + 1.2816 ** 2)) * 0.9, 10);
    expect(made.attendance).toEqual({ side: { newcomer: 8, neighbour: 8 }, language: { ar: 8, nl: 8 } });
  });

  test('four of a side are not shown, and there is no bridge: the other side alone decides nothing', () => {
    const made = release(null, [...some('n', 0, 4, 'kitchen', 1), ...some('b', 0, 9, 'kitchen', 1)]);
    expect(countsOf(made, 'kitchen', 'newcomer')).toBeNull();
    expect(countsOf(made, 'kitchen', 'neighbour')).toEqual({ agrees: 9, disagrees: 0, passes: 0 });
    expect(made.statements[0]!.bridge).toBeNull();
    expect(made.attendance['side']).toEqual({ newcomer: null, neighbour: 9 });
  });

  test('one vote more changes nothing; five more do', () => {
    const six = [...some('n', 0, 6, 'kitchen', 1), ...some('b', 0, 6, 'kitchen', 1)];
    const first = release(null, six);
    const second = release(first, [...six, ...some('n', 6, 7, 'kitchen', -1)]);
    expect(second).toEqual(first);
    const third = release(second, [...six, ...some('n', 6, 11, 'kitchen', -1)]);
    expect(countsOf(third, 'kitchen', 'newcomer')).toEqual({ agrees: 6, disagrees: 5, passes: 0 });
  });

  test('who names no side is counted apart, and is not found as what is left', () => {
    const made = release(null, [...some('n', 0, 6, 'kitchen', 1), ...some('x', 0, 1, 'kitchen', -1)]);
    expect(countsOf(made, 'kitchen', 'not-said')).toBeNull();
  });

  test('no two releases differ by fewer people than the fewest, whoever comes, changes or leaves in between', () => {
    const anybody = fc.constantFrom(
      ...['n', 'b', 'x'].flatMap((who) => Array.from({ length: 14 }, (_, i) => `${who}${i}`)),
    );
    const vote = fc.record({
      person: anybody,
      statement: fc.constantFrom('kitchen', 'fence'),
      vote: fc.constantFrom(1 as const, 0 as const, -1 as const),
    });
    let moved = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(vote, { minLength: 30, maxLength: 60 }), anybody), { minLength: 2, maxLength: 4 }),
        (waves) => {
          let before: ConversationRelease | null = null;
          let log: Given[] = [];
          for (const [wave, leaves] of waves) {
            log = [...log, ...wave].filter(({ person }) => person !== leaves);
            const now: ConversationRelease = release(before, log);
            for (const { statement, counts } of now.statements) {
              for (const [side, after] of Object.entries(counts)) {
                const earlier = before === null ? null : countsOf(before, statement, side);
                const people = (one: typeof after | undefined): number =>
                  one ? one.agrees + one.disagrees + one.passes : 0;
                if (people(after) === people(earlier)) expect(after).toEqual(earlier ?? null);
                else {
                  moved++;
                  expect(people(after) - people(earlier)).toBeGreaterThanOrEqual(5);
                }
              }
            }
            before = now;
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
    expect(moved, 'cells that were released or moved').toBeGreaterThan(100);
  });
});

describe('where somebody stands', () => {
  const apart = ['n', 'b'].flatMap((who) => [
    ...some(who as 'n' | 'b', 0, 8, 'kitchen', 1),
    ...some(who as 'n' | 'b', 0, 8, 'fence', who === 'n' ? -1 : 1),
  ]);

  test('near the group that thinks the same', () => {
    const { map } = release(null, apart);
    const me = placeOf(
      map!,
      new Map([
        ['kitchen', 1],
        ['fence', -1],
      ] as const),
    )!;
    const near = map!.groups.toSorted(
      (a, b) => Math.hypot(a.x - me.x, a.y - me.y) - Math.hypot(b.x - me.x, b.y - me.y),
    );
    expect(near[0]!.disagrees).toEqual(['fence']);
    expect(me.alike.find(({ group }) => group === near[0]!.group)).toMatchObject({ same: 2, compared: 2 });
    expect(me.x).toBeCloseTo(near[0]!.x, 9);
  });

  test('nowhere without votes; and no map before there are enough people', () => {
    expect(placeOf(release(null, apart).map!, new Map())).toBeNull();
    expect(release(null, some('n', 0, 4, 'kitchen', 1)).map).toBeNull();
  });
});

test.each([0, 1, 2.5, Number.NaN])('%s as the fewest is refused', (fewest) => {
  expect(releaseConversation(null, conversation([], fewest))).toMatchObject({
    ok: false,
    problem: { what: 'fewest-unusable' },
  });
});
