import { Option, type Command } from 'commander';
import {
  checkDiscontinuity,
  fuzzyDiscontinuity,
  readCutoffData,
  regressionDiscontinuity,
  type BandwidthRule,
  type Discontinuity,
  type DiscontinuityOptions,
  type Kernel,
  type ResidualKind,
} from '@meedoen/evidence';
import type { Parsed } from '@meedoen/units';
import { printCsv, printJson, type Format } from '../print.ts';
import { positiveNumber, wholeNumber, numberText } from './option-numbers.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { accept, answerOrReason, completeRows, covariatesOf, groupsOf, numbersOf } from './rows.ts';
import { withData } from './with-data.ts';

export function rdVerb(evidence: Command): void {
  withPage(withData(evidence.command('rd')))
    .description('How much the outcome jumps where a rule sets in, and whether that can be the rule’s doing.')
    .requiredOption('--running <column>', 'what decides who comes under the rule, such as an age or a score')
    .requiredOption('--outcome <column>', 'what is compared')
    .option('--cutoff <number>', 'from here on the rule applies', numberText('--cutoff'), 0)
    .option(
      '--received <column>',
      '1 for who received what the rule makes likelier, 0 for who did not: the effect of receiving it',
    )
    .option('--covariates <columns>', 'fixed before the rule, with commas between them')
    .option('--cluster <column>', 'rows of one place or household')
    .addOption(
      new Option('--rule <rule>', 'how bandwidths are chosen')
        .choices(['mserd', 'msetwo', 'msesum', 'cerrd', 'certwo', 'cersum'])
        .default('mserd'),
    )
    .option('--h <number>', 'a bandwidth of your own', positiveNumber('--h'))
    .option('--b <number>', 'the one that tells the bias (with --h)', positiveNumber('--b'))
    .option('--rho <number>', 'h/b, so that b follows from h', positiveNumber('--rho'))
    .addOption(
      new Option('--kernel <kernel>', 'how nearness counts')
        .choices(['triangular', 'epanechnikov', 'uniform'])
        .default('triangular'),
    )
    .option('--degree <degree>', 'of the lines', wholeNumber('--degree'), 1)
    .option('--bias-degree <degree>', 'of the curves that tell their bias', wholeNumber('--bias-degree'))
    .addOption(
      new Option('--residuals <kind>', 'what the errors rest on (with --cluster always hc0)')
        .choices(['neighbours', 'hc0', 'hc1', 'hc2', 'hc3'])
        .default('neighbours'),
    )
    .option('--no-mass-points', 'count repeated running values one by one')
    .addHelpText(
      'after',
      `
Example: how much more votes a party gets in the election after one it has just won
  $ meedoen evidence rd --data senate.csv --running margin --outcome vote
The estimate is the difference of two lines; the interval is the robust one, without their bias, and need not be
centred on it. When the interval matters more than the estimate: --rule cerrd --rho 1 --residuals hc3.
Rows with an empty cell in a named column are left out, and counted under "dropped".`,
    )
    .action(run);
}

async function run(
  options: PageOptions & {
    format: Format;
    running: string;
    outcome: string;
    cutoff: number;
    received?: string;
    covariates?: string;
    cluster?: string;
    rule: BandwidthRule;
    h?: number;
    b?: number;
    rho?: number;
    kernel: Kernel;
    degree: number;
    biasDegree?: number;
    residuals: ResidualKind;
    massPoints: boolean;
  },
): Promise<void> {
  const { running, outcome, cutoff, received, cluster, h, b, rho, biasDegree } = options;
  const names = options.covariates?.split(',').map((name) => name.trim()) ?? [];
  const rows = await completeRows(options.data, [running, outcome, received, cluster, ...names]);
  const data = accept(
    readCutoffData(
      {
        running: numbersOf(rows, running),
        outcome: numbersOf(rows, outcome),
        ...(names.length > 0 && { covariates: names.flatMap((name) => covariatesOf(rows, name)) }),
        ...(cluster !== undefined && { clusters: groupsOf(rows, cluster) }),
      },
      cutoff,
    ),
    rows,
    { running, outcome },
  );
  const choices: DiscontinuityOptions = {
    rule: options.rule,
    kernel: options.kernel,
    degree: options.degree,
    residuals: options.residuals,
    massPoints: options.massPoints,
    ...(h !== undefined && { h }),
    ...(b !== undefined && { b }),
    ...(rho !== undefined && { rho }),
    ...(biasDegree !== undefined && { biasDegree }),
  };
  const jump = accept(regressionDiscontinuity(data, choices), rows);
  const receiving = received === undefined ? null : fuzzyDiscontinuity(data, numbersOf(rows, received), choices);
  // A share that hardly jumps is an answer; a cell that is no share is the file's fault.
  if (receiving && !receiving.ok && receiving.problem.what === 'received-not-usable') {
    accept(receiving, rows, { received: received! });
  }
  const plan = await checkPlan(options, {
    method: 'rd',
    columns: namedColumns({ running, outcome, received, cluster }),
    covariates: names,
    horizon: null,
  });
  const checks =
    options.report !== undefined || options.format === 'json' ? checkDiscontinuity(data, jump, choices) : null;
  if (checks) {
    await writeReport({ ...options, says: options.says ?? outcome }, rows, plan, (reports, context) =>
      reports.rdReport(jump, checks, cutoff, context),
    );
  }
  const { influence: _, lines, slopes, ...shown } = jump;
  if (options.format === 'csv' || checks === null) {
    if (receiving === null) return printCsv([rowOf(jump, jump)]);
    if (!receiving.ok)
      console.error(`${rows.name}: the effect of receiving is not shown. ${receiving.problem.message}`);
    return printCsv([
      { effect: 'of the rule', ...rowOf(jump, jump) },
      ...(receiving.ok ? [{ effect: 'of receiving', ...rowOf(receiving.value, jump) }] : []),
    ]);
  }
  const each = <T extends { jump: Parsed<unknown> }>(list: readonly T[]): unknown =>
    list.map(({ jump: one, ...rest }) => ({ ...rest, jump: answerOrReason(one) }));
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    cutoff,
    ...shown,
    level: checks.level,
    lines: lines.map((line) => [...line]),
    covariates: data.covariateNames.map((name, at) => ({ name, slope: slopes[at] })),
    ...(receiving && {
      receiving: answerOrReason(receiving, ({ outcome: _jump, received: share, ...effect }) => ({
        ...effect,
        level: checks.failed.length > 0 ? checks.level : effect.level,
        shareReceived: { jump: share.estimate, robust: share.robust },
      })),
    }),
    checks: {
      failed: checks.failed,
      density: answerOrReason(checks.density),
      covariates: each(checks.covariates),
      placeboCutoffs: each(checks.placeboCutoffs),
      donuts: each(checks.donuts),
      widths: each(checks.widths),
    },
    ...planPart(plan),
  });
}

type Effect = Pick<Discontinuity, 'estimate' | 'conventional' | 'robust' | 'se' | 'ci' | 'p'>;

function rowOf({ estimate, conventional, robust, se, ci, p }: Effect, { bandwidths, rowsInH }: Discontinuity) {
  return {
    estimate,
    biasCorrected: robust.estimate,
    seConventional: conventional.se,
    seRobust: se,
    lower: ci.lower,
    upper: ci.upper,
    p,
    hBelow: bandwidths.h[0],
    hAbove: bandwidths.h[1],
    bBelow: bandwidths.b[0],
    bAbove: bandwidths.b[1],
    rowsBelow: rowsInH[0],
    rowsAbove: rowsInH[1],
  };
}
