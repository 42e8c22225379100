import { Option, type Command } from 'commander';
import { readPanel, syntheticEffect, type SyntheticErrors, type SyntheticMethod } from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import { printCsv, printJson, type Format } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { wholeNumber } from './option-numbers.ts';
import { accept, completeRows, groupsOf, numbersOf } from './rows.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { startsOf } from './starts.ts';
import { withData } from './with-data.ts';

export function syntheticVerb(evidence: Command): void {
  withPage(withData(evidence.command('synthetic')))
    .description('What a policy changed in one place or a few, against a mixture of other places.')
    .requiredOption('--unit <column>', 'the place a row is about')
    .requiredOption('--period <column>', 'when, as a number such as a year')
    .requiredOption('--outcome <column>', 'what the policy should change')
    .requiredOption('--first-treated <column>', 'the first period under the policy; 0, never or Inf for never')
    .addOption(
      new Option('--method <method>', 'synthetic difference in differences, synthetic control, or all places alike')
        .choices(['difference', 'control', 'plain'])
        .default('difference'),
    )
    .addOption(
      new Option('--errors <errors>', 'controls that play the treated, or each place left out in turn')
        .choices(['placebo', 'jackknife'])
        .default('placebo'),
    )
    .addOption(
      new Option('--weights <search>', 'as published (stops a little early) or the best there are')
        .choices(['published', 'exact'])
        .default('published'),
    )
    .option('--draws <number>', 'of placebo places, when more than one is treated', wholeNumber('--draws'), 500)
    .option('--seed <number>', 'of those draws', wholeNumber('--seed'), 1)
    .addHelpText(
      'after',
      `
Example: cigarettes sold in California after Proposition 99
  $ meedoen evidence synthetic --data prop99.csv --unit state --period year --outcome packs --first-treated start`,
    )
    .action(run);
}

type Options = PageOptions & {
  format: Format;
  unit: string;
  period: string;
  outcome: string;
  firstTreated: string;
  method: SyntheticMethod;
  errors: SyntheticErrors;
  weights: 'published' | 'exact';
  draws: number;
  seed: number;
};

async function run(options: Options): Promise<void> {
  const { unit, period, outcome, firstTreated, method, errors, weights, draws, seed } = options;
  if (draws < 2) throw new Refusal(`--draws ${draws}: give at least 2.`);
  const rows = await completeRows(options.data, [unit, period, outcome, firstTreated], [firstTreated]);
  const panel = accept(
    readPanel({
      unit: groupsOf(rows, unit),
      period: numbersOf(rows, period),
      outcome: numbersOf(rows, outcome),
      firstTreated: startsOf(rows, firstTreated),
    }),
    rows,
    { unit, period, outcome, firstTreated },
  );
  const effect = accept(syntheticEffect(panel, { method, errors, weights, draws }, chance(seed)), rows);
  const plan = await checkPlan(options, {
    method: 'synthetic',
    columns: namedColumns({ unit, period, outcome, firstTreated }),
    covariates: [],
    horizon: null,
  });
  await writeReport({ ...options, says: options.says ?? outcome }, rows, plan, (reports, context) =>
    reports.syntheticReport(effect, context),
  );
  if (options.format === 'csv') return printCsv(effect.series);
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    ...effect,
    ...(errors === 'placebo' && effect.treated.length > 1 && { draws, seed }),
    ...planPart(plan),
  });
}
