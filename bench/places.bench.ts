// Places: how long do exact plans take, beside HiGHS where it can, and one arrival, all losses of one household, and wishes by turn?
import { spawnSync } from 'node:child_process';
import highsLoader from 'highs';
import { optimum, type Optimum, type PlacementProblem } from '@meedoen/places';
import { referenceInstance } from '../engines/places/test/instances.ts';
import type { Bench } from '../scripts/bench.ts';

function solved(problem: PlacementProblem): Optimum {
  const parsed = optimum(problem);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** In a process of its own, as somebody meets it: CPU-seconds of solving, and the peak of memory with the instance. */
function alone(kind: string, households: number): { seconds: number; megabytes: number } {
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, kind, String(households)], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as { seconds: number; megabytes: number };
}

if (import.meta.main) {
  const [kind, households] = process.argv.slice(2);
  const problem = referenceInstance(kind as 'uniform' | 'struct', Number(households), 342);
  const seconds = cpuSeconds(() => solved(problem));
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1000 }));
}

/** The same problem as a linear programme in the words HiGHS reads. */
function asProgramme({ slots, values }: PlacementProblem): string {
  const places = slots.length;
  const households = values.length / places;
  const x = (i: number, j: number): string => `x${i}_${j}`;
  const rows = [...Array(households).keys()];
  const columns = [...slots.keys()];
  return [
    'Maximize',
    ` obj: ${rows.flatMap((i) => columns.map((j) => `${values[i * places + j]} ${x(i, j)}`)).join('\n + ')}`,
    'Subject To',
    ...rows.map((i) => ` h${i}: ${columns.map((j) => x(i, j)).join(' + ')} = 1`),
    ...columns.map((j) => ` p${j}: ${rows.map((i) => x(i, j)).join('\n + ')} <= ${slots[j]}`),
    'End',
  ].join('\n');
}

// Its types promise a default export that Node does not see.
const loadHighs = highsLoader as unknown as () => Promise<{ solve(model: string): { ObjectiveValue: number } }>;

async function highsOverOurs(): Promise<number> {
  const problem = referenceInstance('struct', 1000, 50);
  const solver = await loadHighs();
  const programme = asProgramme(problem);
  let total = NaN;
  const theirs = cpuSeconds(() => (total = solver.solve(programme).ObjectiveValue));
  let ours = NaN;
  const taken = cpuSeconds(() => (ours = solved(problem).total));
  if (Math.abs(total - ours) > 1) throw new Error(`HiGHS finds ${total}, we ${ours}`);
  return theirs / taken;
}

/** The middle of the milliseconds that many repetitions took each. */
function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

function milliseconds(work: (turn: number) => unknown): number {
  const times: number[] = [];
  for (let turn = 0; turn < 300; turn++) {
    const before = performance.now();
    work(turn);
    times.push(performance.now() - before);
  }
  return median(times);
}

let kept: Optimum | undefined;
const withSlack = (): Optimum => (kept ??= solved(referenceInstance('struct', 10_000, 342, 0.05)));

const sizes: Bench[] = (['uniform', 'struct'] as const).flatMap((kind) => [
  {
    name: `places: best plan for 10,000 households and 342 places, ${kind}, proved`,
    unit: 'CPU-s',
    goal: 'at most 0.5',
    measure: () => alone(kind, 10_000).seconds,
  },
  {
    name: `places: the same for 50,000 households, ${kind}`,
    unit: 'CPU-s',
    goal: 'at most 1.5',
    measure: () => alone(kind, 50_000).seconds,
  },
]);

export const benches: readonly Bench[] = [
  ...sizes,
  {
    name: 'places: peak memory, 10,000',
    unit: 'MB',
    goal: 'at most 150',
    measure: () => alone('struct', 10_000).megabytes,
  },
  {
    name: 'places: peak memory, 50,000',
    unit: 'MB',
    goal: 'at most 300',
    measure: () => alone('struct', 50_000).megabytes,
  },
  { name: 'places: HiGHS (wasm) over ours, 1,000 × 50, same run', unit: '×', goal: 'above 1', measure: highsOverOurs },
  {
    name: 'places: one arrival at 10,000 × 342, exact, median',
    unit: 'ms',
    goal: 'at most 1',
    measure: () => {
      const others = referenceInstance('struct', 300, 342);
      return milliseconds((turn) => withSlack().arrive(others.values.subarray(turn * 342, (turn + 1) * 342)));
    },
  },
  {
    name: 'places: the losses of one household at all 342 places, median',
    unit: 'ms',
    goal: 'at most 1',
    measure: () => milliseconds((turn) => withSlack().losses(turn * 31)),
  },
];
