// Conversations up to 100,000 people: how long does the voices engine take, beside plain numpy and scipy where they are installed?
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addVotes, analyse, gatherVotes, type Analysis, type VoteLog, type Votes } from '@meedoen/voices';
import type { Parsed } from '@meedoen/units';
import { largeConversation } from '../engines/voices/test/large.ts';
import { conversationLog, haveShared } from '../engines/voices/test/shared.ts';
import type { Bench } from '../scripts/bench.ts';

type Size = { people: number; statements: number; votesEach: number };
const small: Size = { people: 2_000, statements: 900, votesEach: 112 };
const largestOfPolis: Size = { people: 33_422, statements: 783, votesEach: 60 };
const large: Size = { people: 100_000, statements: 2_000, votesEach: 60 };
const seed = 20261123;

const logs = new Map<Size, VoteLog>();
function logOf(size: Size): VoteLog {
  const log = logs.get(size) ?? largeConversation(size.people, size.statements, size.votesEach, seed);
  logs.clear();
  logs.set(size, log);
  return log;
}

function expectOk<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

/** From the columns of a log to every number of the analysis. */
const whole = (log: VoteLog): Analysis => expectOk(analyse(expectOk(gatherVotes(log))));

/** CPU-seconds of the run after so many others. */
function cpuSeconds(work: () => unknown, runsBefore: number): number {
  for (let run = 0; run < runsBefore; run++) work();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** CPU-seconds of the peer on the same votes; NaN where Python, numpy or scipy is not installed. */
function peerSeconds(size: Size): number {
  const folder = mkdtempSync(join(tmpdir(), 'meedoen-bench-'));
  try {
    const log = logOf(size);
    writeFileSync(join(folder, 'person.i32'), Int32Array.from(log.person));
    writeFileSync(join(folder, 'statement.i32'), Int32Array.from(log.statement));
    writeFileSync(join(folder, 'vote.i8'), Int8Array.from(log.vote));
    const words = [join(import.meta.dirname, 'voices-peer.py'), folder, String(size.people), String(size.statements)];
    const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const { status, stdout } = spawnSync('python3', words, { encoding: 'utf8', env: { ...process.env, ...oneThread } });
    return status === 0 ? Number(stdout) : NaN;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The highest the memory of a process of its own rises for this, votes and Node included. */
function peakMegabytes(size: Size): number {
  const words = [import.meta.filename, String(size.people), String(size.statements), String(size.votesEach)];
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return Number(stdout);
}

if (import.meta.main) {
  const [people = 0, statements = 0, votesEach = 0] = process.argv.slice(2).map(Number);
  whole(largeConversation(people, statements, votesEach, seed));
  console.log(process.resourceUsage().maxRSS / 1000);
}

let grown: { votes: Votes; before: Analysis } | undefined;
/** A thousand votes of 30 people, half of them new. */
function update(): Analysis {
  grown ??= { votes: expectOk(gatherVotes(logOf(large))), before: whole(logOf(large)) };
  const { votes, before } = grown;
  const recent = largeConversation(30, large.statements, 34, seed + 1);
  const people = Int32Array.from({ length: 30 }, (_, i) => large.people - 15 + i);
  const earlier = { statements: votes.statements, components: before.map.components };
  return expectOk(analyse(expectOk(addVotes(votes, { ...recent, people })), { earlier }));
}

function beside(name: string, size: Size, goal: string, runsBefore: number): Bench[] {
  let ours = NaN;
  return [
    {
      name: `${name}, all numbers from the log`,
      unit: 'CPU-s',
      goal,
      measure: () => {
        const log = logOf(size);
        return (ours = cpuSeconds(() => whole(log), runsBefore));
      },
    },
    {
      name: `${name}: numpy and scipy over ours, same run`,
      unit: '×',
      goal: 'above 1; NaN: not installed',
      measure: () => peerSeconds(size) / ours,
    },
  ];
}

const shared: Bench[] = haveShared
  ? [
      {
        name: '1,116 people × 522 statements (Austrian climate assembly)',
        unit: 'CPU-s',
        goal: 'at most 0.04',
        measure: () => {
          const log = conversationLog('austria-climate.5twd2jsnkf.2022-08-08');
          return cpuSeconds(() => whole(log), 8);
        },
      },
    ]
  : [];

export const benches: readonly Bench[] = [
  ...shared,
  ...beside('2,000 people × 900 statements, 0.2 million votes', small, 'at most 0.04', 8),
  ...beside('33,422 people × 783 statements, 1.9 million votes', largestOfPolis, 'at most 0.6', 0),
  ...beside('100,000 people × 2,000 statements, 6 million votes', large, 'at most 2', 0),
  {
    name: 'the same after 1,000 new votes',
    unit: 'CPU-s',
    goal: 'at most 0.15',
    measure: () => cpuSeconds(update, 2),
  },
  { name: 'the same: peak memory', unit: 'MB', goal: 'at most 300', measure: () => peakMegabytes(large) },
];
