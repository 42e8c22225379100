// One million people who search, work, search again and leave, on 1,460 days: shares in each state with errors.
import { readHistories, stateOccupation, timeInStates } from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import type { Bench } from '../scripts/bench.ts';

const people = Number(process.env['MEEDOEN_BENCH_PEOPLE'] ?? 1_000_000);
const states = ['searching', 'work', 'gone'];

const rows = { id: [] as number[], start: [] as number[], stop: [] as number[], to: [] as string[] };
const draw = chance(20261125);
for (let person = 0; person < people; person++) {
  const end = Math.ceil(90 + 1370 * draw.share());
  let state = 0;
  for (let t = 0; state < 2 && t < end;) {
    const stay = Math.max(1, Math.ceil(-Math.log(1 - draw.share()) * (state === 0 ? 840 : 1_380)));
    const next = draw.share() < 0.15 ? 2 : 1 - state;
    const moves = t + stay < end;
    rows.id.push(person);
    rows.start.push(t);
    rows.stop.push(moves ? t + stay : end);
    rows.to.push(moves ? states[next]! : '');
    t += stay;
    if (moves) state = next;
  }
}

function histories() {
  const read = readHistories(rows, { states });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}
const known = histories();

/** CPU-seconds of the third run. */
function cpuSeconds(work: () => unknown): number {
  work();
  work();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const bench = (name: string, goal: number, work: () => unknown): Bench => ({
  name: `${name}, ${people} people in ${rows.id.length} rows`,
  unit: 'CPU-s',
  goal: `at most ${goal}`,
  measure: () => cpuSeconds(work),
});

export const benches: readonly Bench[] = [
  bench('histories checked', 1, histories),
  bench('shares in three states, to and fro, with errors at every time', 2, () => stateOccupation(known)),
  bench('mean time in each state with its influence', 1, () => timeInStates(known, { horizon: 365 })),
];
