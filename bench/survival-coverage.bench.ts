// How often do 95 % intervals hold the truth? Made-up follow-up of 300 people, and sequences that are looked at after every person.
import { kaplanMeier, readSpells, restrictedMeanDifference, survivalAt } from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import { asymptoticSequence, bernsteinSequence, shareSequence } from '@meedoen/trials';
import type { Bench } from '../scripts/bench.ts';

const runs = Number(process.env['MEEDOEN_BENCH_RUNS'] ?? 2000);
const people = 300;
const horizon = 365;
/** Mean days until work in the two groups; exponential, censored evenly between 100 and 900 days. */
const means = [300, 420] as const;

/** The share of `runs` seeded worlds in which the interval holds the truth, in percent. */
function covered(seed: number, holds: (draw: ReturnType<typeof chance>) => boolean): number {
  const draw = chance(seed);
  let count = 0;
  for (let run = 0; run < runs; run++) if (holds(draw)) count++;
  return (100 * count) / runs;
}

function follow(draw: ReturnType<typeof chance>, groups: number) {
  const time: number[] = [];
  const cause: number[] = [];
  const codes = new Int32Array(people);
  for (let i = 0; i < people; i++) {
    codes[i] = i % groups;
    const event = -Math.log(1 - draw.share()) * means[codes[i]!]!;
    const end = 100 + 800 * draw.share();
    time.push(Math.min(event, end));
    cause.push(event <= end ? 1 : 0);
  }
  const spells = readSpells({ time, cause });
  if (!spells.ok) throw new Error(spells.problem.message);
  return { spells: spells.value, groups: { codes, names: ['class', 'work floor'].slice(0, groups) } };
}

const within = (truth: number, { lower, upper }: { lower: number | null; upper: number | null }): boolean =>
  lower !== null && upper !== null && lower <= truth && truth <= upper;

const restricted = (mean: number): number => mean * (1 - Math.exp(-horizon / mean));
const looks = 1000;

/** The share of runs, in percent, in which a sequence leaves the truth at any of its looks. */
function everMissed(seed: number, misses: (values: number[]) => boolean): number {
  return 100 - covered(seed, (draw) => !misses(Array.from({ length: looks }, () => (draw.share() < 0.3 ? 1 : 0))));
}

function missesAsymptotic(values: number[]): boolean {
  let sum = 0;
  for (let t = 1; t <= looks; t++) {
    sum += values[t - 1]!;
    const mean = sum / t;
    // Its promise is for large counts: looked at from the fiftieth person on.
    if (t >= 50 && !within(0.3, asymptoticSequence({ mean, sd: Math.sqrt(mean * (1 - mean)), count: t }, { at: 500 })))
      return true;
  }
  return false;
}

function missesBernstein(values: number[]): boolean {
  const { lower, upper } = bernsteinSequence(values);
  return values.some((_, t) => lower[t]! > 0.3 || upper[t]! < 0.3);
}

function missesShare(values: number[]): boolean {
  let successes = 0;
  return values.some((value, t) => {
    successes += value;
    return t % 10 === 9 && !within(0.3, shareSequence(successes, t + 1));
  });
}

export const benches: readonly Bench[] = [
  {
    name: `95 % interval of a Kaplan–Meier curve at a year holds the truth, ${people} people`,
    unit: '%',
    goal: '94 to 96',
    measure: () =>
      covered(1, (draw) => {
        const [curve] = kaplanMeier(follow(draw, 1).spells);
        return within(Math.exp(-horizon / means[0]), survivalAt(curve!, horizon) ?? { lower: null, upper: null });
      }),
  },
  {
    name: `95 % interval of the difference in days holds the truth, ${people} people`,
    unit: '%',
    goal: '94 to 96',
    measure: () =>
      covered(2, (draw) => {
        const { spells, groups } = follow(draw, 2);
        const difference = restrictedMeanDifference(spells, { groups, horizon });
        return difference.ok && within(restricted(means[1]) - restricted(means[0]), difference.value.ci);
      }),
  },
  {
    name: `asymptotic sequence ever misses a share of 30 %, ${looks} looks`,
    unit: '%',
    goal: 'at most 5',
    measure: () => everMissed(3, missesAsymptotic),
  },
  {
    name: `empirical Bernstein sequence ever misses it, ${looks} looks`,
    unit: '%',
    goal: 'at most 5',
    measure: () => everMissed(4, missesBernstein),
  },
  {
    name: `binomial mixture sequence ever misses it, ${looks / 10} looks`,
    unit: '%',
    goal: 'at most 5',
    measure: () => everMissed(5, missesShare),
  },
];
