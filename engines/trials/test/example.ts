import { adaptiveInference, nextBatch, parseTrialPlan, peopleForShares } from '../src/index.ts';

// A letter, a call or a visit: which helps people to come to a first lesson?
const plan = parseTrialPlan({ programme: 'first lesson', arms: ['letter', 'call', 'visit'], model: 'independent' });
if (!plan.ok) throw new RangeError(plan.problem.message);

// How many people would a fixed trial need to tell 30 % from 40 %?
const needed = peopleForShares({ from: 0.3, to: 0.4 });

// So far twelve people, spread evenly: of four in each arm 1, 2 and 4 came.
const arm = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
const outcome = [0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1];
const next = nextBatch(plan.value, { stratum: arm.map(() => 0), arm, outcome }, 2);

// What the arms do, with the probabilities as they were logged, a row of three for each person.
const even = arm.flatMap(() => [1 / 3, 1 / 3, 1 / 3]);
const batch = arm.map(() => 1);
const done = adaptiveInference({ arms: plan.value.arms, batch, arm, outcome, probabilities: even });
if (!needed.ok || !next.ok || !done.ok) throw new RangeError('The example has an answer.');

export const results = [
  Math.ceil(needed.value.perArm), // 356 people in each arm
  next.value.strata[0]!.arms.map(({ probability }) => Number(probability.toFixed(2))), // [0.08, 0.13, 0.79]
  done.value.contrasts.map(({ ci }) => ci.lower! > 0), // [false, true]: a visit does more than a letter
];
