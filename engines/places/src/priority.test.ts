import { describe, expect, test } from 'vitest';
import { mulberry } from '../test/instances.ts';
import { everyRanking, smallRound } from '../test/rounds.ts';
import { priority, spendings, type PriorityOutcome, type Spending } from './priority.ts';
import { checkRound, type Round, type RoundInput } from './round.ts';

function checked(input: RoundInput): Round {
  const round = checkRound(input);
  if (!round.ok) throw new Error(round.problem.message);
  return round.value;
}

function run(input: RoundInput, spending: Spending, need: number): PriorityOutcome {
  const done = priority(checked(input), spending, need);
  if (!done.ok) throw new Error(done.problem.message);
  return done.value;
}

const said = ({ turns }: PriorityOutcome): string =>
  turns.map(({ household, place }) => household + (place === null ? '–' : place.slice(1))).join(' ');

describe('three places with one slot each; values A 9 6 2, B 8 4 3, C 5 5 4; wishes A 3 1 2, B 2 3 1, C 2 1 3', () => {
  const values = [
    [9, 6, 2],
    [8, 4, 3],
    [5, 5, 4],
  ];
  const wishes = [
    [[3], [1], [2]],
    [[2], [3], [1]],
    [[2], [1], [3]],
  ];
  const input = smallRound([1, 1, 1], values, wishes);
  // The largest total is 18; to keep a little less than so many of it.
  const keep = (of18: number): number => (of18 - 0.01) / 18;

  test.each([
    { keeps: 18, spending: 'plain', plan: 'A2 B1 C3', total: 18 },
    { keeps: 16, spending: 'plain', plan: 'A1 B2 C3', total: 17 },
    { keeps: 16, spending: 'rolling', plan: 'A2 B1 C3', total: 18 },
    { keeps: 15, spending: 'plain', plan: 'A3 B1 C2', total: 15 },
    { keeps: 15, spending: 'rolling', plan: 'A1 B2 C3', total: 17 },
  ] as const)('keep $keeps, $spending: $plan', ({ keeps, spending, plan, total }) => {
    const outcome = run(input, spending, keep(keeps));
    expect(said(outcome)).toBe(plan);
    expect(outcome.total * 16).toBe(total);
    expect(outcome.best * 16).toBe(18);
  });

  test('menus, what was spent, and the loss of the place that was too dear', () => {
    const { turns } = run(input, 'plain', keep(16));
    expect(turns.map(({ menu }) => menu)).toEqual([['p1', 'p2'], ['p2', 'p3'], ['p3']]);
    expect(turns[0]!.spent * 16).toBe(1);
    expect(turns[0]!.alternatives.map(({ place, loss, notOpen }) => [place, loss! * 16, notOpen])).toEqual([
      ['p3', 3, 'total'],
      ['p2', 0, null],
    ]);
    expect(turns[2]!.alternatives.map(({ place, loss, notOpen }) => [place, loss, notOpen])).toEqual([
      ['p2', null, 'full'],
      ['p1', null, 'full'],
    ]);
  });

  test('who finds 1 and 2 equally good leaves the better one to others', () => {
    const equal = smallRound([1, 1, 1], values, [[[1, 2], [3]], wishes[1]!, wishes[2]!]);
    expect(said(run(equal, 'plain', keep(16)))).toBe('A1 B2 C3');
  });

  test('without values only room decides', () => {
    expect(said(run(smallRound([1, 1, 1], null, wishes), 'plain', 1))).toBe('A3 B2 C1');
  });
});

test('more households than room, and one who may go nowhere: they wait, and it says why', () => {
  const full = run(smallRound([1, 1], null, [[[1]], [[1]], [[1]]]), 'plain', 1);
  expect(said(full)).toBe('A1 B2 C–');
  expect(full.turns[2]!.waitsBecause).toBe('full');
  const nowhere = run(smallRound([2], null, [[[1]], [[1]]], [[1]]), 'plain', 1);
  expect(said(nowhere)).toBe('A– B1');
  expect(nowhere.turns[0]!.waitsBecause).toBe('no-place-allowed');
  expect(nowhere.turns[0]!.alternatives[0]!.notOpen).toBe('forbidden');
});

test('nobody waits for the wishes of somebody before: A lets go of the only place B may go to', () => {
  const { turns } = run(smallRound([1, 1], null, [[[1], [2]], [[1]]], [[], [2]]), 'plain', 1);
  expect(turns.map(({ place }) => place)).toEqual(['p2', 'p1']);
  expect(turns[0]!.alternatives[0]).toEqual({ place: 'p1', class: 1, loss: null, notOpen: 'full' });
});

describe('small worlds, every case walked', () => {
  type World = {
    slots: number[];
    values: number[][] | null;
    wishes: number[][][][number][];
    forbidden: number[][];
    need: number;
  };
  const rankings = everyRanking([1, 2, 3]);
  const worlds = Array.from({ length: 40 }, (_, seed): World => {
    const random = mulberry(seed);
    const whole = (below: number): number => Math.floor(random() * below);
    const households = 3 + whole(2);
    return {
      slots: [1 + whole(2), whole(2), 1 + whole(2)],
      values: seed % 4 === 0 ? null : Array.from({ length: households }, () => [whole(10), whole(10), whole(10)]),
      wishes: Array.from({ length: households }, () => rankings[whole(rankings.length)]!),
      forbidden: Array.from({ length: households }, () => (random() < 0.2 ? [1 + whole(3)] : [])),
      need: [1, 0.9, 0.7, 0][whole(4)]!,
    };
  });
  const inputOf = ({ slots, values, wishes, forbidden }: World): RoundInput =>
    smallRound(slots, values, wishes, forbidden);
  const waits = 99;
  const classIn = (ranking: number[][], place: string | null): number =>
    place === null ? waits : ranking.findIndex((one) => one.includes(Number(place.slice(1))));

  /** Every plan: for each household a place from 1, or 0 for waiting. */
  function everyPlan({ slots, wishes, forbidden }: World): number[][] {
    const walk = (i: number, left: number[]): number[][] =>
      i === wishes.length
        ? [[]]
        : [0, 1, 2, 3].flatMap((j) => {
            if (j > 0 && (left[j - 1] === 0 || forbidden[i]!.includes(j))) return [];
            const next = j > 0 ? left.with(j - 1, left[j - 1]! - 1) : left;
            return walk(i + 1, next).map((rest) => [j, ...rest]);
          });
    return walk(0, slots);
  }
  const totalOf = ({ values }: World, plan: number[]): number =>
    plan.reduce((sum, j, i) => sum + (j > 0 ? (values?.[i]![j - 1] ?? 0) : 0), 0);

  test.each(spendings)('%s: no other ranking is better than the true one', (spending) => {
    for (const world of worlds) {
      const honest = run(inputOf(world), spending, world.need);
      for (const [i, truth] of world.wishes.entries()) {
        for (const lie of rankings) {
          const told = run(inputOf({ ...world, wishes: world.wishes.with(i, lie) }), spending, world.need);
          expect(classIn(truth, told.turns[i]!.place)).toBeGreaterThanOrEqual(classIn(truth, honest.turns[i]!.place));
          expect(told.turns[i]!.menu).toEqual(honest.turns[i]!.menu);
        }
      }
    }
  });

  test('plain: of plans that keep enough, none suits somebody more and nobody less; nobody waits who need not', () => {
    for (const world of worlds) {
      const { turns, best } = run(inputOf(world), 'plain', world.need);
      const plan = turns.map(({ place }) => (place === null ? 0 : Number(place.slice(1))));
      const waiting = (one: number[]): number => one.filter((j) => j === 0).length;
      const plans = everyPlan(world);
      const fewest = Math.min(...plans.map(waiting));
      const enough = plans.filter((one) => waiting(one) === fewest);
      const largest = Math.max(...enough.map((one) => totalOf(world, one)));
      expect(best * 16).toBe(largest);
      expect(waiting(plan)).toBe(fewest);
      expect(totalOf(world, plan)).toBeGreaterThanOrEqual(largest * world.need - 1e-9);
      const standing = (one: number[]): number[] =>
        one.map((j, i) => (j === 0 ? waits : classIn(world.wishes[i]!, `p${j}`)));
      const own = standing(plan);
      for (const other of enough) {
        if (totalOf(world, other) < largest * world.need + 1e-4) continue;
        const gains = standing(other).map((at, i) => own[i]! - at);
        expect(gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0)).toBe(false);
      }
    }
  });

  test('without the losses of closed places the plan is the same', () => {
    for (const world of worlds) {
      for (const spending of spendings) {
        const quick = priority(checked(inputOf(world)), spending, world.need, false);
        if (!quick.ok) throw new Error(quick.problem.message);
        const full = run(inputOf(world), spending, world.need);
        const plain = ({ turns }: PriorityOutcome): unknown => turns.map(({ alternatives: _, ...turn }) => turn);
        expect(plain(quick.value)).toEqual(plain(full));
      }
    }
  });

  test('rolling and capped keep their share too, and rows in any order give the same', () => {
    for (const world of worlds) {
      for (const spending of ['rolling', 'capped'] as const) {
        const input = inputOf(world);
        const outcome = run(input, spending, world.need);
        expect(outcome.total).toBeGreaterThanOrEqual(outcome.best * world.need - 1e-6);
        const turned = {
          ...input,
          places: input.places.toReversed(),
          households: input.households.toReversed(),
          wishes: input.wishes.toReversed(),
          benefit: input.benefit.toReversed(),
        };
        expect(run(turned, spending, world.need)).toEqual(outcome);
      }
    }
  });
});

test.each([
  { story: 'a share above 1', need: 1.1, needs: [1], what: 'need-not-a-share' },
  { story: 'no number', need: Number.NaN, needs: [1], what: 'need-not-a-share' },
  { story: 'two units for one household', need: 1, needs: [2], what: 'not-one-slot-each' },
])('$story: $what', ({ need, needs, what }) => {
  const input = smallRound([3], null, [[[1]]]);
  const done = priority(checked({ ...input, households: [{ ...input.households[0]!, needs }] }), 'plain', need);
  expect(done.ok ? 'accepted' : done.problem.what).toBe(what);
});
