// A policy at different times, and a rule with a threshold: how long do they take, and do 95 % intervals hold the truth in 95 of 100?
import { spawnSync } from 'node:child_process';
import {
  aggregateEffects,
  fuzzyDiscontinuity,
  groupTimeEffects,
  readCutoffData,
  readPanel,
  regressionDiscontinuity,
  type DiscontinuityOptions,
  type Groups,
  type PanelColumns,
} from '@meedoen/evidence';
import { chance, type Chance } from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import type { Bench } from '../scripts/bench.ts';

const runs = Number(process.env['MEEDOEN_BENCH_RUNS'] ?? 2000);

const valueOf = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
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

/** Units with a trend of their own that a covariate drives, cohorts at random: the effect of cohort g after e periods is g/10 + e/5. */
function staggered(draw: Chance, units: number, periods: number, cohorts: readonly number[]): PanelColumns {
  const size = units * periods;
  const codes = new Int32Array(size);
  const period = new Float64Array(size);
  const outcome = new Float64Array(size);
  const firstTreated = new Float64Array(size);
  const x = new Float64Array(size);
  for (let unit = 0; unit < units; unit++) {
    const own = draw.normal();
    const covariate = draw.normal();
    // Who has much of the covariate comes under the policy more often, and grows faster: raw differences would be wrong.
    const treated = draw.share() < 1 / (1 + Math.exp(-0.5 * covariate));
    const cohort = treated ? cohorts[draw.whole(cohorts.length)]! : 0;
    for (let t = 1; t <= periods; t++) {
      const at = unit * periods + t - 1;
      codes[at] = unit;
      period[at] = t;
      firstTreated[at] = cohort;
      x[at] = covariate;
      const effect = cohort > 0 && t >= cohort ? cohort / 10 + (t - cohort) / 5 : 0;
      outcome[at] = own + 0.3 * covariate * t + effect + draw.normal();
    }
  }
  const unit: Groups = { codes, names: Array.from({ length: units }, (_, at) => String(at)) };
  return { unit, period, outcome, firstTreated, covariates: [{ name: 'x', values: x }] };
}

type Curve = (x: number) => number;

/** The fifth-degree curves of Lee's (2008) elections, as Calonico, Cattaneo & Titiunik (2014) simulate them: steep and hard. */
const lee: Curve = (x) =>
  x < 0
    ? 0.48 + x * (1.27 + x * (7.18 + x * (20.21 + x * (21.54 + x * 7.33))))
    : 0.52 + x * (0.84 + x * (-3 + x * (7.99 + x * (-9.01 + x * 3.56))));

/** Another slope and a little curvature on each side, as scores and ages mostly have. */
const gentle: Curve = (x) => (x < 0 ? 0.48 + 0.6 * x + 0.3 * x * x : 0.52 + 0.3 * x - 0.2 * x * x);

/** A curve that jumps by .04 at 0, and people around it. */
function threshold(draw: Chance, size: number, curve: Curve): { running: Float64Array; outcome: Float64Array } {
  const running = new Float64Array(size);
  const outcome = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    // 2·Beta(2, 4) − 1: the second smallest of five uniform numbers.
    const x = 2 * Array.from({ length: 5 }, () => draw.share()).sort((a, b) => a - b)[1]! - 1;
    running[i] = x;
    outcome[i] = curve(x) + 0.1295 * draw.normal();
  }
  return { running, outcome };
}

const large = staggered(chance(20261125), 5000, 10, [4, 5, 6, 7, 8, 9, 10]);
const many = threshold(chance(20261125), 100_000, lee);

function didCoverage(): number {
  const draw = chance(1);
  const cohorts = [3, 4, 5];
  // Over all cohorts (a third each) and periods under the policy, of six.
  const cells = cohorts.flatMap((g) => Array.from({ length: 7 - g }, (_, e) => g / 10 + e / 5));
  const truth = cells.reduce((sum, effect) => sum + effect, 0) / cells.length;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const all = valueOf(groupTimeEffects(valueOf(readPanel(staggered(draw, 400, 6, cohorts)))));
    const { lower, upper } = aggregateEffects(all).simple.ci;
    if (lower! <= truth && truth <= upper!) held++;
  }
  return (100 * held) / runs;
}

/** For the interval above all: bandwidths for its coverage, the bias told within the same one, residuals made larger. */
const cautious: DiscontinuityOptions = { rule: 'cerrd', rho: 1, residuals: 'hc3' };

function rdCoverage(curve: Curve, options: DiscontinuityOptions): number {
  const draw = chance(2);
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const data = valueOf(readCutoffData(threshold(draw, 1000, curve)));
    const { lower, upper } = valueOf(regressionDiscontinuity(data, options)).ci;
    if (lower! <= 0.04 && 0.04 <= upper!) held++;
  }
  return (100 * held) / runs;
}

/**
 * A rule after which 85 in 100 receive what 15 received before; the keen receive it sooner and do better anyway. Receiving it adds 0.4.
 * Of the answers that are given: where the first stage is weak there is none.
 */
function fuzzyCoverage(): number {
  const draw = chance(4);
  let answered = 0;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const { running, outcome } = threshold(draw, 2000, gentle);
    const received = new Float64Array(running.length);
    for (let i = 0; i < running.length; i++) {
      const keen = draw.normal();
      received[i] = keen > (running[i]! < 0 ? 1.0364 : -1.0364) ? 1 : 0;
      // Without the jump that the curves have by themselves.
      outcome[i]! += 0.4 * received[i]! + 0.1 * keen - (running[i]! < 0 ? 0 : 0.04);
    }
    const effect = fuzzyDiscontinuity(valueOf(readCutoffData({ running, outcome })), received);
    if (!effect.ok) continue;
    answered++;
    if (effect.value.ci.lower! <= 0.4 && 0.4 <= effect.value.ci.upper!) held++;
  }
  return (100 * held) / answered;
}

/** CPU-seconds of R on data of the same size and kind, where it has the package; else the figure once measured. */
function inR(library: string, lines: string): number | null {
  const code = `suppressMessages(library(${library})); ${lines}; cat(t[[1]] + t[[2]])`;
  const { status, stdout } = spawnSync('Rscript', ['-e', code], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

const didInR = (): number | null =>
  inR(
    'did',
    'set.seed(1); u <- 5000; x <- rnorm(u); g <- ifelse(runif(u) < plogis(.5 * x), sample(4:10, u, TRUE), 0); ' +
      'd <- data.frame(id = rep(1:u, each = 10), t = rep(1:10, u), x = rep(x, each = 10), g = rep(g, each = 10)); ' +
      'd$y <- .3 * d$x * d$t + rnorm(nrow(d)); ' +
      't <- system.time(att_gt("y", "t", "id", "g", ~x, data = d, bstrap = FALSE, cband = FALSE))',
  );
const rdInR = (): number | null =>
  inR(
    'rdrobust',
    'set.seed(1); x <- 2 * rbeta(1e5, 2, 4) - 1; y <- sin(x) + rnorm(1e5); t <- system.time(rdrobust(y, x))',
  );

function beside(name: string, work: () => unknown, r: () => number | null): Bench[] {
  let ours = NaN;
  const measured = r();
  const alone: Bench = {
    name,
    unit: 'CPU-s',
    goal: '',
    measure: () => (ours = cpuSeconds(work)),
  };
  const ratio: Bench = {
    name: `${name}: R takes`,
    unit: '× as long',
    goal: 'above 1, same run',
    measure: () => measured! / ours,
  };
  return measured === null ? [alone] : [alone, ratio];
}

export const benches: readonly Bench[] = [
  ...beside(
    'effects of a policy at different times, doubly robust, 5,000 units × 10 periods, all aggregates',
    () => aggregateEffects(valueOf(groupTimeEffects(valueOf(readPanel(large))))),
    didInR,
  ).map((bench) =>
    bench.goal === '' ? { ...bench, goal: 'at most 0.2 (did 2.1.1: 1.23 on 23 November 2026)' } : bench,
  ),
  ...beside(
    'jump at a threshold, three bandwidths, nearest-neighbour errors, 100,000 rows',
    () => regressionDiscontinuity(valueOf(readCutoffData(many))),
    rdInR,
  ).map((bench) =>
    bench.goal === '' ? { ...bench, goal: 'at most 0.3 (rdrobust 2.2: 2.02 on 23 November 2026)' } : bench,
  ),
  {
    name: `95 % interval of the mean effect of a staggered policy holds the truth, ${runs} made-up panels of 400 × 6`,
    unit: '%',
    goal: '94 to 96',
    measure: didCoverage,
  },
  ...(
    [
      { name: 'gentle curves, mserd', curve: gentle, options: {}, goal: '94 to 96' },
      {
        name: 'steep curves (Lee), mserd',
        curve: lee,
        options: {},
        goal: 'below 94, as in rdrobust: too wide a window',
      },
      {
        name: 'steep curves (Lee), cerrd',
        curve: lee,
        options: { rule: 'cerrd' },
        goal: 'nearer to 95 than mserd',
      },
      { name: 'gentle curves, cautious: cerrd, b = h, hc3', curve: gentle, options: cautious, goal: '94 to 96' },
      { name: 'steep curves (Lee), cautious', curve: lee, options: cautious, goal: '94 to 96' },
    ] as const
  ).map(({ name, curve, options, goal }): Bench => ({
    name: `robust 95 % interval of a jump holds the truth, ${runs} made-up samples of 1,000: ${name}`,
    unit: '%',
    goal,
    measure: () => rdCoverage(curve, options),
  })),
  {
    name: `the same of an effect of receiving at a fuzzy cutoff, ${runs} made-up samples of 2,000`,
    unit: '%',
    goal: '94 to 96',
    measure: fuzzyCoverage,
  },
];
