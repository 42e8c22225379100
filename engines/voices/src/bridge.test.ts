import { chance, type Chance } from '@meedoen/numbers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shuffled, votesFrom } from '../test/shared.ts';
import { bridges, commonGround, type Bridge } from './bridge.ts';
import { everybody, partitionBy, tally, type Tally } from './tally.ts';
import { type Name } from './name.ts';

type Counts = [agrees: number, disagrees: number, passes: number];

function sidesOf(...sides: Counts[]): Tally {
  return {
    groups: sides.map((_, at) => `side ${at}`),
    statements: ['kitchen'],
    agrees: Uint32Array.from(sides, ([agrees]) => agrees),
    disagrees: Uint32Array.from(sides, ([, disagrees]) => disagrees),
    seen: Uint32Array.from(sides, ([agrees, disagrees, passes]) => agrees + disagrees + passes),
  };
}

function bridgeOf(...sides: Counts[]): Extract<Bridge, { known: true }> {
  const found = bridges(sidesOf(...sides), 0);
  if (!found.ok || !found.value[0]!.known) throw new RangeError('expected a known bridge');
  return found.value[0] as Extract<Bridge, { known: true }>;
}

test('a kitchen of their own: 16 of 20 newcomers and 60 of 80 neighbours agree', () => {
  // Wilson, z = 1.2816. Newcomers: (.8 + .04106 − 1.2816 √(.008 + .001027)) / 1.08213 = .66455…; 3 disagree: 1 − 4/22.
  const found = bridgeOf([16, 3, 1], [60, 15, 5]);
  const lower = (share: number, n: number): number =>
    (share + 1.2816 ** 2 / (2 * n) - 1.2816 * Math.sqrt((share * (1 - share)) / n + 1.2816 ** 2 / (4 * n * n))) /
    (1 + 1.2816 ** 2 / n);
  expect(found.sides[0]!.atLeast).toBeCloseTo(0.6646, 3);
  expect(found.sides[0]!.support).toBeCloseTo(lower(0.8, 20) * (18 / 22), 12);
  expect(found.sides[1]!.support).toBeCloseTo(lower(0.75, 80) * (66 / 82), 12);
  expect(found.bridge).toBeCloseTo(Math.sqrt(found.sides[0]!.support * found.sides[1]!.support), 12);
  expect(found.weakest.side).toBe('side 0');
});

test('too few newcomers: nothing is said, and no count of theirs is given', () => {
  const found = bridges(sidesOf([9, 0, 0], [60, 15, 5]), 10);
  expect(found.ok && found.value).toEqual([{ statement: 'kitchen', known: false, tooFew: ['side 0'] }]);
});

test('a side without votes is unknown, never 0, also without a minimum', () => {
  const found = bridges(sidesOf([0, 0, 0], [60, 15, 5]), 0);
  expect(found.ok && found.value[0]!.known).toBe(false);
});

test('one side is no bridge', () => {
  const found = bridges(sidesOf([3, 0, 0]));
  expect(!found.ok && found.problem.what).toBe('one-side');
});

test('one vote of one person does not look like full support: at most 38 %', () => {
  expect(bridgeOf([1, 0, 0], [1, 0, 0]).sides[0]!.atLeast).toBeCloseTo(1 / (1 + 1.2816 ** 2), 12);
});

const counts = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .filter(([a, d, p]) => a + d + p > 0);

test('the order of sides is irrelevant, to the last digit; scores lie between 0 and 1, the weakest never above the bridge', () => {
  fc.assert(
    fc.property(fc.array(counts, { minLength: 2, maxLength: 6 }), fc.integer(), (sides, seed) => {
      const one = bridgeOf(...sides);
      expect(bridgeOf(...shuffled(sides, chance(seed))).bridge).toBe(one.bridge);
      expect(one.bridge).toBeGreaterThanOrEqual(0);
      expect(one.bridge).toBeLessThan(1);
      expect(one.weakest.support).toBeLessThanOrEqual(one.bridge + 1e-15);
    }),
  );
});

test('another agreement never lowers it, another disagreement never raises it', () => {
  fc.assert(
    fc.property(counts, counts, ([a, d, p], other) => {
      const now = bridgeOf([a, d, p], other);
      expect(bridgeOf([a + 1, d, p], other).bridge).toBeGreaterThanOrEqual(now.bridge - 1e-15);
      expect(bridgeOf([a, d + 1, p], other).bridge).toBeLessThanOrEqual(now.bridge + 1e-15);
    }),
  );
});

test('93 % in two groups or in six is nearly the same; a large side in equal halves changes it little', () => {
  const six = bridgeOf(...Array.from({ length: 6 }, (): Counts => [93, 4, 3]));
  const two = bridgeOf([93, 4, 3], [93, 4, 3]);
  expect(six.bridge).toBeCloseTo(two.bridge, 12);
  const whole = bridgeOf([160, 20, 20], [150, 30, 20]);
  const halved = bridgeOf([80, 10, 10], [80, 10, 10], [150, 30, 20]);
  expect(Math.abs(whole.bridge - halved.bridge)).toBeLessThan(0.03);
});

test('common ground: ranked by the lowest bridge over the partitions, the unknown last, the refused not at all', () => {
  const known = (statement: Name, bridge: number): Bridge => ({ ...bridgeOf([9, 1, 0], [9, 1, 0]), statement, bridge });
  const unknown: Bridge = { statement: 'c', known: false, tooFew: ['newcomer'] };
  const ground = commonGround(
    [
      [known('a', 0.9), known('b', 0.6), unknown, known('d', 0.99)],
      [known('a', 0.2), known('b', 0.5), known('c', 0.8), known('d', 0.99)],
    ],
    Uint8Array.of(0, 0, 0, 1),
  );
  expect(ground.map(({ statement, lowest }) => [statement, lowest])).toEqual([
    ['b', 0.5],
    ['a', 0.2],
    ['c', null],
  ]);
});

/**
 * The planted minority of the reference: 25 statements each that both sides like, that only neighbours like, that
 * only newcomers like, that nobody likes; and 20 with one to four agreements from one side alone.
 * How many of the 25 true bridges are among the first 25, on average over 24 seeds that were not used to make the table?
 */
describe('a small minority is not overlooked', () => {
  test.each([
    { people: 2000, newcomers: 0.1, table: 25.0 },
    { people: 400, newcomers: 0.1, table: 24.1 },
    { people: 400, newcomers: 0.05, table: 21.9 },
    { people: 150, newcomers: 0.2, table: 23.2 },
  ])(
    '$people people of whom $newcomers newcomers: at most 1 below $table, and the plain share clearly loses',
    ({ people, newcomers, table }) => {
      const seeds = 24;
      let byBridge = 0;
      let byWeakest = 0;
      let byShare = 0;
      for (let seed = 0; seed < seeds; seed++) {
        const { votes, sides } = planted(people, newcomers, chance(20261123 + seed));
        const counted = bridges(tally(votes, sides), 0);
        if (!counted.ok) throw new RangeError(counted.problem.message);
        const all = tally(votes, everybody(votes));
        byBridge += hits(
          counted.value.map((bridge) => (bridge.known ? bridge.bridge : -1)),
          votes.statements,
        );
        byWeakest += hits(
          counted.value.map((bridge) => (bridge.known ? bridge.weakest.support : -1)),
          votes.statements,
        );
        byShare += hits(
          votes.statements.map((_, at) => all.agrees[at]! / all.seen[at]!),
          votes.statements,
        );
      }
      expect(byBridge / seeds).toBeGreaterThanOrEqual(table - 1);
      expect(byWeakest / seeds).toBeGreaterThanOrEqual(table - 1);
      expect(byShare / seeds).toBeLessThan(byBridge / seeds - 15);
    },
  );
});

function hits(scores: number[], statements: readonly Name[]): number {
  const order = Array.from(scores.keys()).sort((one, other) => scores[other]! - scores[one]!);
  return order.slice(0, 25).filter((at) => (statements[at] as number) < 25).length;
}

function planted(
  people: number,
  newcomers: number,
  random: Chance,
): { votes: ReturnType<typeof votesFrom>; sides: ReturnType<typeof partitionBy> } {
  const agree: [neighbour: number, newcomer: number][] = [
    [0.8, 0.8],
    [0.85, 0.2],
    [0.2, 0.85],
    [0.25, 0.25],
  ];
  const sideOf = new Map<Name, Name>();
  const events: { person: number; statement: number; vote: number }[] = [];
  for (let person = 0; person < people; person++) {
    const newcomer = person < people * newcomers;
    sideOf.set(person, newcomer ? 'newcomer' : 'neighbour');
    const count = Math.min(100, Math.max(7, poisson(25, random)));
    const statements = shuffled(
      Array.from({ length: 100 }, (_, at) => at),
      random,
    ).slice(0, count);
    for (const statement of statements) {
      const likes = agree[Math.floor(statement / 25)]![newcomer ? 1 : 0];
      const vote = random.share() < 0.1 ? 0 : random.share() < likes ? 1 : -1;
      events.push({ person, statement, vote });
    }
  }
  for (let trap = 0; trap < 20; trap++) {
    const side = trap % 2 === 0 ? 'newcomer' : 'neighbour';
    const own = shuffled(
      [...sideOf].filter(([, of]) => of === side),
      random,
    );
    own
      .slice(0, 1 + random.whole(4))
      .forEach(([person]) => events.push({ person: person as number, statement: 100 + trap, vote: 1 }));
  }
  const votes = votesFrom(events);
  return { votes, sides: partitionBy(votes, sideOf) };
}

/** Knuth's: how many uniform numbers until their product falls below e^−mean. */
function poisson(mean: number, random: Chance): number {
  let product = random.share();
  let count = 0;
  for (; product > Math.exp(-mean); count++) product *= random.share();
  return count;
}
