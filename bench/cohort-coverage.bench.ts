// How often do 95 % intervals of cohort comparisons hold the truth? Seeded simulations in which it is known.
import {
  doublyRobustDifference,
  readCohorts,
  readHistories,
  readSpells,
  timeDifferences,
  timeInStates,
  weightedDifference,
  type CohortSpells,
  type Cohorts,
  type Estimand,
  type Estimate,
} from '@meedoen/evidence';
import { chance, type Chance } from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import type { Bench } from '../scripts/bench.ts';

const runs = Number(process.env['MEEDOEN_BENCH_RUNS'] ?? 2_000);
const people = 500;

/** The share of runs, in percent, whose interval holds the truth; one seed, so the same figure each time. */
function coverage(truth: number, estimate: (draw: Chance) => Parsed<Estimate>): number {
  const draw = chance(20261125);
  let held = 0;
  let answered = 0;
  for (let run = 0; run < runs; run++) {
    const found = estimate(draw);
    if (!found.ok) continue;
    answered++;
    const { lower, upper } = found.value.ci;
    if (lower! <= truth && truth <= upper!) held++;
  }
  return (100 * held) / answered;
}

type World = { cohorts: Parsed<Cohorts>; x: Float64Array; belongs: Int32Array };

/** Two characteristics of which x decides, with strength ¾, who is in the second cohort. */
function world(draw: Chance): World {
  const x = Float64Array.from({ length: people }, () => draw.normal());
  const z = Float64Array.from({ length: people }, () => draw.whole(3));
  const belongs = Int32Array.from(x, (value) => (draw.share() < 1 / (1 + Math.exp(0.4 - 0.75 * value)) ? 1 : 0));
  const cohorts = readCohorts({
    cohort: { codes: belongs, names: ['reference', 'compared'] },
    characteristics: [
      { name: 'x', values: x },
      { name: 'z', values: z },
    ],
  });
  return { cohorts, x, belongs };
}

type Method = (cohorts: Cohorts, options: { outcome: Float64Array; estimand: Estimand }) => Parsed<Estimate>;

/** The second cohort has ½ more, whatever x is; `bent` makes the linear outcome model wrong. */
function ofMeans(method: Method, estimand: Estimand, bent: boolean): number {
  return coverage(0.5, (draw) => {
    const { cohorts, x, belongs } = world(draw);
    if (!cohorts.ok) return cohorts;
    const outcome = x.map(
      (value, i) => 1 + 0.5 * belongs[i]! + value + (bent ? 0.6 * value * value : 0) + draw.normal(),
    );
    return method(cohorts.value, { outcome, estimand });
  });
}

/** Hazards .004·e^(x/2), times 0.6 in the second cohort: the days until 365 that this adds on average over x. */
function ofDays(): number {
  const rate = (value: number, side: number): number => 0.004 * Math.exp(value / 2) * (side === 1 ? 0.6 : 1);
  let truth = 0;
  const steps = 4_000;
  for (let at = 0; at <= steps; at++) {
    const value = -8 + (16 * at) / steps;
    const density = Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
    const days = (side: number): number => (1 - Math.exp(-rate(value, side) * 365)) / rate(value, side);
    truth += (16 / steps) * density * (days(1) - days(0));
  }
  return coverage(truth, (draw) => {
    const { cohorts, x, belongs } = world(draw);
    if (!cohorts.ok) return cohorts;
    const event = x.map((value, i) => -Math.log(1 - draw.share()) / rate(value, belongs[i]!));
    const end = event.map(() => 250 + 500 * draw.share());
    const spells = readSpells({
      time: event.map((time, i) => Math.min(time, end[i]!)),
      cause: event.map((time, i) => Number(time <= end[i]!)),
    });
    if (!spells.ok) return spells;
    const options = { horizon: 365, causes: ['work'], estimand: 'ate' } as const;
    const found = timeDifferences(cohorts.value, spells.value as CohortSpells, options);
    return found.ok ? { ok: true, value: found.value[0]! } : found;
  });
}

/** To work at .005 a day and back at .002, gone at .0005: days in work in a year, from the matrix exponential. */
function ofStates(): number {
  const [find, lose, go] = [0.005, 0.002, 0.0005];
  let searching = 1;
  let inWork = 0;
  let truth = 0;
  const step = 0.01;
  for (let t = 0; t < 365; t += step) {
    // Midpoint rule on p' = pA.
    const halfSearching = searching + (step / 2) * (lose * inWork - (find + go) * searching);
    const halfInWork = inWork + (step / 2) * (find * searching - (lose + go) * inWork);
    truth += step * halfInWork;
    searching += step * (lose * halfInWork - (find + go) * halfSearching);
    inWork += step * (find * halfSearching - (lose + go) * halfInWork);
  }
  return coverage(truth, (draw) => {
    const rows = { id: [] as number[], start: [] as number[], stop: [] as number[], to: [] as string[] };
    for (let person = 0; person < 300; person++) {
      const end = 200 + 600 * draw.share();
      let state = 'searching';
      for (let t = 0; state !== 'gone' && t < end;) {
        const out = state === 'searching' ? find : lose;
        const next = t - Math.log(1 - draw.share()) / (out + go);
        const there = draw.share() < go / (out + go) ? 'gone' : state === 'searching' ? 'work' : 'searching';
        rows.id.push(person);
        rows.start.push(t);
        rows.stop.push(Math.min(next, end));
        rows.to.push(next <= end ? there : '');
        if (next <= end) state = there;
        t = next;
      }
    }
    const histories = readHistories(rows, { states: ['searching', 'work', 'gone'] });
    if (!histories.ok) return histories;
    const found = timeInStates(histories.value, { horizon: 365 });
    return found.ok ? { ok: true, value: found.value[0]![1]! } : found;
  });
}

const held = (name: string, measure: () => number): Bench => ({
  name: `95 % intervals that hold the truth: ${name}, ${runs} runs`,
  unit: '%',
  goal: '94 to 96',
  measure,
});

export const benches: readonly Bench[] = [
  held('weighted, ATE', () => ofMeans(weightedDifference, 'ate', false)),
  held('weighted, overlap', () => ofMeans(weightedDifference, 'overlap', false)),
  held('doubly robust, ATE', () => ofMeans(doublyRobustDifference, 'ate', false)),
  held('doubly robust, overlap, outcome model wrong', () => ofMeans(doublyRobustDifference, 'overlap', true)),
  held('weighted days until a year', ofDays),
  held('days in work of three states, to and fro', ofStates),
];
