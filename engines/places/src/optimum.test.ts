import { describe, expect, test } from 'vitest';
import { bestByWalking, mulberry, referenceInstance, smallInstance } from '../test/instances.ts';
import { bound, forbidden, optimum, scaled, type Optimum, type PlacementProblem } from './optimum.ts';

function solved(problem: PlacementProblem): Optimum {
  const parsed = optimum({ ...problem, values: problem.values.slice() });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

const withOnly = (problem: PlacementProblem, i: number, place: number): PlacementProblem => ({
  ...problem,
  values: problem.values.map((value, at) =>
    Math.floor(at / problem.slots.length) === i && at % problem.slots.length !== place ? forbidden : value,
  ),
});

const withSlots = (problem: PlacementProblem, place: number, more: number): PlacementProblem => ({
  ...problem,
  slots: problem.slots.map((slots, j) => (j === place ? slots + more : slots)),
});

/** The plan keeps within its slots, adds up, and its prices prove it. */
function expectProved(plan: Optimum, problem: PlacementProblem): void {
  const { placeOf, total, prices } = plan.plan();
  const taken = problem.slots.map(() => 0);
  let sum = 0;
  placeOf.forEach((j, i) => {
    taken[j]!++;
    sum += problem.values[i * problem.slots.length + j]!;
  });
  expect(taken.every((count, j) => count <= problem.slots[j]!)).toBe(true);
  expect(sum).toBe(total);
  expect(Math.min(...prices)).toBeGreaterThanOrEqual(0);
  expect(bound(problem, prices)).toBe(total);
}

describe('three households, three places, one slot each', () => {
  // prettier: A 9 6 2, B 8 4 3, C 5 5 4. By hand: A2 B1 C3 = 18.
  const problem = { slots: [1, 1, 1], values: Float64Array.of(9, 6, 2, 8, 4, 3, 5, 5, 4) };

  test('A goes to 2, B to 1, C to 3: 18 together', () => {
    const plan = solved(problem);
    expect([...plan.plan().placeOf]).toEqual([1, 0, 2]);
    expect(plan.total).toBe(18);
    expectProved(plan, problem);
  });

  test('what each other place would cost all together, and what slots are worth', () => {
    const plan = solved(problem);
    expect([0, 1, 2].map((i) => [...plan.losses(i)])).toEqual([
      [1, 0, 3],
      [0, 1, 1],
      [4, 1, 0],
    ]);
    expect([...plan.worthOfOneMore()]).toEqual([4, 1, 0]);
  });

  test('with a slot to spare, one less costs more than one more gains', () => {
    const plan = solved({ slots: [1, 1, 1], values: Float64Array.of(9, 6, 2, 8, 4, 3) });
    expect(plan.total).toBe(14);
    expect([...plan.worthOfOneMore()]).toEqual([3, 0, 0]);
    expect([...plan.costOfOneLess()]).toEqual([5, 2, 0]);
  });
});

describe('every small world, against walking all plans', () => {
  const worlds = Array.from({ length: 400 }, (_, seed) => smallInstance(mulberry(seed)));
  const feasible = worlds.filter((world) => bestByWalking(world) > -Infinity);

  test('there are worlds of both kinds', () => {
    expect(feasible.length).toBeGreaterThan(100);
    expect(worlds.length - feasible.length).toBeGreaterThan(50);
  });

  test('the optimum is the largest total, its prices prove it, and where no plan is, it says so', () => {
    for (const world of worlds) {
      const best = bestByWalking(world);
      expect(optimum({ ...world, values: world.values.slice() }).ok).toBe(best > -Infinity);
      if (best === -Infinity) continue;
      const plan = solved(world);
      expect(plan.total).toBe(best);
      expectProved(plan, world);
    }
  });

  test('losses, one slot more and one slot less are differences of optima', () => {
    for (const world of feasible) {
      const plan = solved(world);
      const households = world.values.length / world.slots.length;
      for (let i = 0; i < households; i++) {
        const losses = plan.losses(i);
        world.slots.forEach((_, k) => expect(losses[k]).toBe(plan.total - bestByWalking(withOnly(world, i, k))));
        const near = plan.losses(i, 1);
        world.slots.forEach((_, k) => expect(near[k]).toBe(losses[k]! <= 1 ? losses[k] : Infinity));
      }
      const more = plan.worthOfOneMore();
      const less = plan.costOfOneLess();
      world.slots.forEach((slots, k) => {
        expect(more[k]).toBe(bestByWalking(withSlots(world, k, 1)) - plan.total);
        expect(less[k]).toBe(slots === 0 ? Infinity : plan.total - bestByWalking(withSlots(world, k, -1)));
      });
    }
  });

  test('settling households one after another anywhere leaves the best plan for the others', () => {
    for (const [seed, world] of feasible.entries()) {
      const random = mulberry(seed);
      const plan = solved(world);
      const left = [...world.slots];
      let rest = world;
      let before = plan.total;
      for (let i = 0; i < world.values.length / world.slots.length; i++) {
        const losses = plan.losses(i);
        const open = [...losses.keys()].filter((k) => losses[k]! < Infinity);
        const k = open[Math.floor(random() * open.length)]!;
        rest = withOnly(rest, i, k);
        expect(plan.settle(i, k)).toBe(losses[k]);
        before -= losses[k]!;
        expect(bestByWalking(rest)).toBe(before);
        expect(plan.placeOf(i)).toBe(-1);
        left[k]!--;
        const { prices, total } = plan.plan();
        expect(bound({ slots: left, values: world.values.slice((i + 1) * left.length) }, prices)).toBe(total);
      }
      expect(plan.total).toBe(0);
    }
  });
});

test('whatever comes and goes, the plan is the one solved afresh', () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = mulberry(1000 + seed);
    const whole = (below: number): number => Math.floor(random() * below);
    const places = 2 + whole(5);
    const slots = Array.from({ length: places }, () => 1 + whole(4));
    const newRow = (): number[] => slots.map(() => (random() < 0.2 ? forbidden : whole(seed % 2 ? 5 : 1000)));
    const rows = new Map<number, number[]>();
    const plan = solved({ slots, values: new Float64Array() });
    const fresh = (): ReturnType<typeof optimum> =>
      optimum({ slots, values: Float64Array.from([...rows.values()].flat()) });
    for (let step = 0; step < 60; step++) {
      const ids = [...rows.keys()];
      const id = ids[whole(ids.length)];
      const place = whole(places);
      const kind = whole(6);
      if (kind < 2 || id === undefined) {
        const added = newRow();
        const came = plan.arrive(added);
        rows.set(came < 0 ? -1 : came, added);
        expect(came >= 0).toBe(fresh().ok);
        rows.delete(-1);
      } else if (kind === 2) {
        plan.depart(id);
        rows.delete(id);
      } else if (kind === 3) {
        const before = rows.get(id)!;
        const changed = newRow();
        rows.set(id, changed);
        const done = plan.changeValues(id, changed);
        expect(done).toBe(fresh().ok);
        if (!done) rows.set(id, before);
      } else if (kind === 4) {
        plan.addSlot(place);
        slots[place]!++;
      } else if (slots[place]! > 0) {
        slots[place]!--;
        const done = plan.removeSlot(place);
        expect(done).toBe(fresh().ok);
        if (!done) slots[place]!++;
      }
      const now = fresh();
      if (!now.ok) throw new Error(now.problem.message);
      expect(plan.total).toBe(now.value.total);
      const values = Float64Array.from([...rows.values()].flat());
      expect(bound({ slots, values }, plan.plan().prices)).toBe(plan.total);
    }
  }
});

describe('reference instances', () => {
  test.each([
    { kind: 'uniform', expected: 974.0020713806152 },
    { kind: 'struct', expected: 603.5158920288086 },
  ] as const)('1,000 × 50, $kind: the total known from other solvers', ({ kind, expected }) => {
    const problem = referenceInstance(kind, 1000, 50);
    const plan = solved(problem);
    expect(plan.total / 2 ** 20).toBe(expected);
    expectProved(plan, problem);
  });

  test('8,000 households, started from the prices of a quarter: proved, also with everything equal or forbidden at random', () => {
    const problem = referenceInstance('struct', 8000, 40, 0.05);
    expectProved(solved(problem), problem);
    const random = mulberry(5);
    const holes = { ...problem, values: problem.values.map((value) => (random() < 0.1 ? forbidden : value)) };
    expectProved(solved(holes), holes);
    const equal = { ...problem, values: problem.values.map(() => 7) };
    expectProved(solved(equal), equal);
    const yesNo = { ...problem, values: problem.values.map((value) => (value > 600_000 ? 1 : 0)) };
    expectProved(solved(yesNo), yesNo);
  });
});

test.each([
  { story: 'no places', slots: [], values: [], what: 'no-places' },
  { story: 'half a slot', slots: [1.5], values: [1], what: 'slots-not-whole' },
  { story: 'fewer than no slots', slots: [3, -1], values: [1, 1], what: 'slots-not-whole' },
  { story: 'more households than slots', slots: [1], values: [1, 1], what: 'too-few-slots' },
  { story: 'no number', slots: [1, 1], values: [1, Number.NaN], what: 'value-not-whole' },
  { story: 'half a step', slots: [1, 1], values: [1, 0.5], what: 'value-not-whole' },
  { story: 'sums would not be exact', slots: [1, 1], values: [2 ** 52, 1], what: 'values-too-large' },
  { story: 'a household without a place', slots: [2], values: [forbidden, 1], what: 'nobody-fits' },
  {
    story: 'two who can only go to the same slot',
    slots: [1, 2],
    values: [1, forbidden, 1, forbidden],
    what: 'nobody-fits',
  },
])('$story is refused: $what', ({ slots, values, what }) => {
  const parsed = optimum({ slots, values: Float64Array.from(values) });
  expect(parsed.ok ? 'accepted' : parsed.problem.what).toBe(what);
});

test('a share becomes whole steps', () => {
  expect([0, 0.5, 1].map(scaled)).toEqual([0, 524_288, 1_048_576]);
});

test('a row of another length, or with half a step, is our own fault and throws', () => {
  const plan = solved({ slots: [2, 2], values: Float64Array.of(1, 2) });
  expect(() => plan.arrive([1])).toThrow(RangeError);
  expect(() => plan.changeValues(0, [1, 0.5])).toThrow(RangeError);
  const full = solved({ slots: [1, 1], values: Float64Array.of(1, forbidden) });
  expect(() => full.settle(0, 1)).toThrow(RangeError);
});
