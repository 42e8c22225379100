// One million people, 1,460 days, 50 municipalities: how long does the evidence engine take, beside R where R is installed?
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cumulativeIncidence,
  fitCox,
  kaplanMeier,
  logRank,
  readSpells,
  type Groups,
  type Spells,
} from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import type { Bench } from '../scripts/bench.ts';

const people = Number(process.env['MEEDOEN_BENCH_PEOPLE'] ?? 1_000_000);
const municipalities = 50;

type World = { time: Int32Array; cause: Uint8Array; municipality: Int32Array; columns: Record<string, Float64Array> };

/** Monthly hazard .03·exp(.5 grp − .01(age − 34) + .12 edu − .3 fem − .08 kids + N(0, .2) per municipality); 15 % another cause. */
function simulate(): World {
  const draw = chance(20261123);
  const effect = Float64Array.from({ length: municipalities }, () => 0.2 * draw.normal());
  const time = new Int32Array(people);
  const cause = new Uint8Array(people);
  const municipality = new Int32Array(people);
  const names = ['grp', 'age', 'edu', 'fem', 'kids'];
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(people)]));
  const [grp, age, edu, fem, kids] = names.map((name) => columns[name]!) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < people; i++) {
    const m = (municipality[i] = draw.whole(municipalities));
    grp[i] = draw.share() < 0.3 ? 1 : 0;
    age[i] = Math.round(34 + 11 * draw.normal());
    edu[i] = draw.whole(4);
    fem[i] = draw.whole(2);
    for (let left = Math.exp(-0.8), product = draw.share(); product > left; product *= draw.share()) kids[i]!++;
    const log = 0.5 * grp[i]! - 0.01 * (age[i]! - 34) + 0.12 * edu[i]! - 0.3 * fem[i]! - 0.08 * kids[i]! + effect[m]!;
    const event = Math.ceil((-Math.log(1 - draw.share()) / (0.03 * Math.exp(log))) * 30.4);
    const censored = Math.ceil(90 + 1370 * draw.share());
    time[i] = Math.max(1, Math.min(event, censored));
    cause[i] = event > censored ? 0 : draw.share() < 0.15 ? 2 : 1;
  }
  return { time, cause, municipality, columns };
}

const world = simulate();
const names = Array.from({ length: municipalities }, (_, m) => String(m));
const strata: Groups = { codes: world.municipality, names };
const groups: Groups = { codes: Int32Array.from(world.columns['grp']!), names: ['0', '1'] };
const covariates = Object.entries(world.columns).map(([name, values]) => ({ name, values }));
const any = world.cause.map((cause) => (cause > 0 ? 1 : 0));

const read = (cause: Uint8Array): Spells => {
  const spells = readSpells({ time: world.time, cause });
  if (!spells.ok) throw new Error(spells.problem.message);
  return spells.value;
};

/** CPU-seconds of the third run, from raw columns to answers. */
function cpuSeconds(work: () => unknown): number {
  work();
  work();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const tasks = {
  'Kaplan–Meier, 50 curves with Greenwood': { goal: 0.03, work: () => kaplanMeier(read(any), { groups: strata }) },
  'log-rank of 2 groups in 50 strata': { goal: 0.02, work: () => logRank(read(any), { groups, strata }) },
  'Cox, Efron, 5 covariates, 50 strata': { goal: 0.8, work: () => fitCox(read(any), { covariates, strata }) },
  'the same with robust errors': { goal: 1.5, work: () => fitCox(read(any), { covariates, strata, robust: true }) },
  'Aalen–Johansen with errors, 2 groups': {
    goal: 0.05,
    work: () => cumulativeIncidence(read(world.cause), { causes: ['work', 'left'], groups }),
  },
} as const;

/** What each task is in R; robust Cox and Aalen–Johansen take R minutes, so they are asked for by MEEDOEN_BENCH_SLOW=1. */
const inR: Record<string, { call: string; slow?: true }> = {
  'Kaplan–Meier, 50 curves with Greenwood': { call: 'survfit(Surv(time, cause > 0) ~ m, d)' },
  'log-rank of 2 groups in 50 strata': { call: 'survdiff(Surv(time, cause > 0) ~ grp + strata(m), d)' },
  'Cox, Efron, 5 covariates, 50 strata': {
    call: 'coxph(Surv(time, cause > 0) ~ grp + age + edu + fem + kids + strata(m), d)',
  },
  'the same with robust errors': {
    call: 'coxph(Surv(time, cause > 0) ~ grp + age + edu + fem + kids + strata(m), d, robust = TRUE, cluster = seq_len(nrow(d)))',
    slow: true,
  },
  'Aalen–Johansen with errors, 2 groups': { call: 'survfit(Surv(time, factor(cause)) ~ grp, d)', slow: true },
};

const slowToo = Boolean(process.env['MEEDOEN_BENCH_SLOW']);
const rIsHere = spawnSync('Rscript', ['-e', 'library(survival)']).status === 0;
const asked = rIsHere ? Object.entries(inR).filter(([, { slow }]) => slowToo || !slow) : [];

/** CPU-seconds of R for each task it was asked, all in one R on the same data. */
function askR(): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'meedoen-bench-'));
  try {
    const columns: Record<string, ArrayLike<number>> = {
      time: world.time,
      cause: world.cause,
      m: world.municipality,
      ...world.columns,
    };
    for (const [name, values] of Object.entries(columns)) {
      writeFileSync(join(folder, name), Float64Array.from(values));
    }
    const list = Object.keys(columns).map((name) => `"${name}"`);
    const lines = [
      'library(survival)',
      `read <- function(name) readBin(file.path("${folder}", name), "double", ${people})`,
      `d <- as.data.frame(sapply(c(${list.join(', ')}), read))`,
      ...asked.map(([, { call }]) => `t <- system.time(${call}); cat(t[[1]] + t[[2]], "\\n")`),
    ];
    const { stdout } = spawnSync('Rscript', ['-e', lines.join('\n')], { encoding: 'utf8' });
    const seconds = stdout.trim().split('\n').map(Number);
    return new Map(asked.map(([name], at) => [name, seconds[at] ?? NaN]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let beside: Map<string, number> | undefined;

export const benches: readonly Bench[] = Object.entries(tasks).flatMap(([name, { goal, work }]): Bench[] => {
  let ours = 0;
  const alone: Bench = {
    name: `${name}, 1 million people`,
    unit: 'CPU-s',
    goal: `at most ${goal}`,
    measure: () => (ours = cpuSeconds(work)),
  };
  const ratio: Bench = {
    name: `${name}: R survival takes`,
    unit: '× as long',
    goal: 'above 1, same run',
    measure: () => (beside ??= askR()).get(name)! / ours,
  };
  return asked.some(([task]) => task === name) ? [alone, ratio] : [alone];
});
