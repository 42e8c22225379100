import type { Command } from 'commander';
import { interruptedSeries } from '@meedoen/evidence';
import { printCsv, printJson, type Format } from '../print.ts';
import { numberText, wholeNumber } from './option-numbers.ts';
import { accept, completeRows, numbersOf } from './rows.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { withData } from './with-data.ts';

export function seriesVerb(evidence: Command): void {
  withPage(withData(evidence.command('series')))
    .description('How one series changed its level and slope when a policy started (interrupted time series).')
    .requiredOption('--period <column>', 'when, in equal steps')
    .requiredOption('--outcome <column>', 'what the policy should change')
    .requiredOption('--start <period>', 'the first period under the policy', numberText('--start'))
    .option('--season <periods>', 'after how many periods a season comes back, such as 12', wholeNumber('--season'))
    .option('--harmonics <number>', 'pairs of waves that draw the season', wholeNumber('--harmonics'))
    .option('--lags <number>', 'neighbouring periods that go together (Newey–West)', wholeNumber('--lags'))
    .addHelpText(
      'after',
      `
Example:
  $ meedoen evidence series --data monthly.csv --period month --outcome in_work --start 37 --season 12
There is no place to compare with: level 2 of the Maryland scale at most.`,
    )
    .action(run);
}

type Options = PageOptions & {
  format: Format;
  period: string;
  outcome: string;
  start: number;
  season?: number;
  harmonics?: number;
  lags?: number;
};

async function run(options: Options): Promise<void> {
  const { period, outcome, start, season, harmonics, lags } = options;
  const rows = await completeRows(options.data, [period, outcome]);
  const series = accept(
    interruptedSeries(
      { period: numbersOf(rows, period), outcome: numbersOf(rows, outcome) },
      {
        start,
        ...(season !== undefined && { season }),
        ...(harmonics !== undefined && { harmonics }),
        ...(lags !== undefined && { lags }),
      },
    ),
    rows,
    { period, outcome },
  );
  const plan = await checkPlan(options, {
    method: 'series',
    columns: namedColumns({ period, outcome }),
    covariates: [],
    horizon: null,
  });
  await writeReport({ ...options, says: options.says ?? outcome }, rows, plan, (reports, context) =>
    reports.seriesReport(series, start, context),
  );
  if (options.format === 'csv') return printCsv(series.series);
  const { influence: _, ...shown } = series;
  printJson({ rows: rows.lines.length, dropped: rows.dropped, start, ...shown, ...planPart(plan) });
}
