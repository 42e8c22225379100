import { bound, optimum } from '../src/index.ts';

// Three households, three places with one slot each: what each is worth to each. Invented.
const problem = { slots: [1, 1, 1], values: Float64Array.of(9, 6, 2, /* B */ 8, 4, 3, /* C */ 5, 5, 4) };

const best = optimum(problem);
if (!best.ok) throw new RangeError(best.problem.message);
const { placeOf, total, prices } = best.value.plan();

export const results = [
  [...placeOf], // A goes to place 1, B to 0, C to 2
  total, // 18 together
  bound(problem, prices), // 18 too: no plan can be worth more
  [...best.value.losses(0)], // A at place 0 would cost all together 1, at place 2 would cost 3
  [...best.value.worthOfOneMore()], // one more slot at place 0 would add 4
];
