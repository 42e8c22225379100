import { leaveOneOut, pool } from '../src/index.ts';

// Lessons on the work floor in six towns: days in work gained in the first year, with their errors. Invented.
const studies = { effect: [12, 31, 25, 44, 8, 29], se: [9, 11, 8, 15, 10, 12] };

const together = pool(studies);
const without = leaveOneOut(studies);
if (!together.ok || !without.ok) throw new RangeError('The example has an answer.');

const { estimate, ci, predictionInterval } = together.value;
export const results = [
  estimate, // 22.4 days gained on average
  [ci.lower, ci.upper], // 95 % interval 9.9 to 34.8
  [predictionInterval!.lower, predictionInterval!.upper], // in a new town between 5.2 and 39.6
  Math.min(...without.value.map((one) => one.estimate)), // without the most hopeful town still 20.2
];
