// Late entry and sampling weights in competing risks: does Gray's test reject as often as it says, does Fine–Gray's interval hold the truth?
import { fitFineGray, grayTest, readGroups, readSpells, type WeightMeaning } from '@meedoen/evidence';
import { chance, type Chance } from '@meedoen/numbers';
import type { Bench } from '../scripts/bench.ts';

const runs = Number(process.env['MEEDOEN_BENCH_RUNS'] ?? 2000);
const people = 300;
/** Log ratio of subdistribution hazards per unit of the covariate. */
const beta = 0.5;

type World = { entry: number[]; time: number[]; cause: number[]; x: number[]; group: number[]; weight: number[] };

/**
 * People whose share reaching cause 1 by t is 1 − (1 − 0.6·(1 − e^−t))^exp(β·x), as Fine & Gray made theirs; the others have cause 2,
 * sooner in group 1. Observed are those who still wait when they enter. Half of x = 1 in group 1 are left out, the rest count double.
 */
function follow(draw: Chance): World {
  const world: World = { entry: [], time: [], cause: [], x: [], group: [], weight: [] };
  while (world.time.length < people) {
    const x = draw.whole(2);
    const group = draw.whole(2);
    const ratio = Math.exp(beta * x);
    const ever = 1 - (1 - 0.6) ** ratio;
    const u = draw.share();
    const first = u < ever;
    const t = first
      ? -Math.log(1 - (1 - (1 - u) ** (1 / ratio)) / 0.6)
      : -Math.log(1 - draw.share()) / (group === 1 ? 1.5 : 0.8);
    const entry = draw.share() < 0.3 ? 0 : 0.8 * draw.share();
    const end = 1 + 2 * draw.share();
    const rare = x === 1 && group === 1;
    if (t <= entry || (rare && draw.share() < 0.5)) continue;
    world.entry.push(entry);
    world.time.push(Math.min(t, end));
    world.cause.push(t > end ? 0 : first ? 1 : 2);
    world.x.push(x);
    world.group.push(group);
    world.weight.push(rare ? 2 : 1);
  }
  return world;
}

function spellsOf({ entry, time, cause, weight }: World, weightMeaning: WeightMeaning) {
  const spells = readSpells({ entry, time, cause, ...(weightMeaning === 'sampling' && { weight, weightMeaning }) });
  if (!spells.ok) throw new Error(spells.problem.message);
  return spells.value;
}

/** The share of `runs` seeded worlds in which it holds, in percent. */
function share(seed: number, holds: (world: World) => boolean): number {
  const draw = chance(seed);
  let count = 0;
  for (let run = 0; run < runs; run++) if (holds(follow(draw))) count++;
  return (100 * count) / runs;
}

function rejects(world: World, meaning: WeightMeaning): boolean {
  const groups = readGroups(world.group);
  if (!groups.ok) throw new Error(groups.problem.message);
  // Unweighted the groups are alike within x alone.
  const strata = readGroups(world.x);
  if (!strata.ok) throw new Error(strata.problem.message);
  const found = grayTest(spellsOf(world, meaning), {
    groups: groups.value,
    cause: 1,
    ...(meaning === 'copies' && { strata: strata.value }),
  });
  return found.ok && found.value.p < 0.05;
}

function holdsBeta(world: World, meaning: WeightMeaning): boolean {
  const model = fitFineGray(spellsOf(world, meaning), { covariates: [{ name: 'x', values: world.x }] });
  if (!model.ok) throw new Error(model.problem.message);
  const { lower, upper } = model.value.terms[0]!.ci;
  return lower! <= beta && beta <= upper!;
}

export const benches: readonly Bench[] = [
  {
    name: 'Gray’s test with late entry rejects without a difference, 300 people',
    unit: '%',
    goal: '4 to 6',
    measure: () => share(11, (world) => rejects(world, 'copies')),
  },
  {
    name: '… with sampling weights too',
    unit: '%',
    goal: '4 to 6',
    measure: () => share(12, (world) => rejects(world, 'sampling')),
  },
  {
    name: 'Fine–Gray with late entry: 95 % interval holds the truth',
    unit: '%',
    goal: '94 to 96',
    measure: () => share(13, (world) => holdsBeta(world, 'copies')),
  },
  {
    name: '… with sampling weights too',
    unit: '%',
    goal: '94 to 96',
    measure: () => share(14, (world) => holdsBeta(world, 'sampling')),
  },
];
