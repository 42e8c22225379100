import type { Command } from 'commander';
import {
  kaplanMeier,
  logRank,
  quantile,
  restrictedMeanDifference,
  restrictedMeans,
  type IntervalShape,
} from '@meedoen/evidence';
import { printCsv, printJson } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { eventsOf, intervalOption, spellsOf, withFollowUp, type FollowUp } from './follow-up.ts';
import { groupsToPrint } from './names-of-people.ts';
import { accept, answerOrReason, completeRows, groupsOf } from './rows.ts';
import { checkPlan, namedColumns, planPart, withReport, writeReport, type ReportOptions } from './report.ts';
import { withoutInfluence } from './without-influence.ts';

export function survivalVerb(evidence: Command): void {
  withReport(withFollowUp(evidence.command('survival')))
    .description('Survival curves, medians, restricted means and the log-rank test.')
    .requiredOption('--event <column>', '1 = it happened, 0 = we stopped looking (or 2 and 1, as R reads them)')
    .option('--group <column>', 'one curve per group')
    .option('--strata <column>', 'compare groups within these strata')
    .option('--cluster <column>', 'rows of one person or household')
    .option('--rmst <horizon>', 'mean time without the event up to here', positiveNumber)
    .addOption(intervalOption())
    .addHelpText(
      'after',
      `
Example: how much longer until …, on average over the first year, by sex
  $ meedoen evidence survival --data lung.csv --time time --event event --group sex --rmst 365 --report lung.html
Rows with an empty cell in a named column are left out, and counted under "dropped".`,
    )
    .action(run);
}

async function run(
  options: FollowUp &
    ReportOptions & {
      event: string;
      group?: string;
      strata?: string;
      cluster?: string;
      rmst?: number;
      interval: IntervalShape;
    },
): Promise<void> {
  const { time, event, entry, weight, group, strata, cluster, rmst, interval } = options;
  const rows = await completeRows(options.data, [time, event, entry, weight, group, strata, cluster]);
  const spells = spellsOf(rows, options, eventsOf(rows, event));
  const groups = group === undefined ? undefined : groupsToPrint(rows, group);
  const clusters = cluster === undefined ? undefined : groupsOf(rows, cluster);
  const within = strata === undefined ? {} : { strata: groupsToPrint(rows, strata) };
  const grouping = { ...(groups && { groups }), ...(clusters && { clusters }) };

  const columns = { time, event, ...namedColumns({ group, strata, cluster, entry, weight }) };
  const plan = await checkPlan(options, { method: 'survival', columns, covariates: [], horizon: rmst ?? null });

  const curves = kaplanMeier(spells, { ...grouping, interval });
  const means = rmst === undefined ? undefined : accept(restrictedMeans(spells, { ...grouping, horizon: rmst }), rows);
  const difference =
    groups?.names.length === 2 && rmst !== undefined
      ? accept(restrictedMeanDifference(spells, { ...grouping, groups, horizon: rmst }), rows)
      : undefined;
  const test = groups && logRank(spells, { groups, ...within });
  await writeReport(options, rows, plan, (reports, context) =>
    reports.survivalReport(
      { curves, means: means ?? null, difference: difference ?? null, logRank: test?.ok ? test.value : null },
      { ...context, unit: options.unit },
      group,
    ),
  );
  if (options.format === 'csv') {
    return printCsv(
      curves.flatMap(({ table, survival, se, lower, upper }) =>
        Array.from(table.time, (at, j) => ({
          group: table.group,
          time: at,
          atRisk: table.atRisk[j]!,
          events: table.events[j]!,
          censored: table.censored[j]!,
          survival: survival[j]!,
          se: se[j]!,
          lower: lower[j]!,
          upper: upper[j]!,
        })),
      ),
    );
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    interval,
    groups: curves.map((curve, at) => ({
      group: curve.table.group,
      n: curve.table.people,
      events: curve.table.events.reduce((a, b) => a + b, 0),
      median: quantile(curve, 0.5),
      ...(means && { restrictedMean: withoutInfluence(means[at]!) }),
      curve: {
        time: [...curve.table.time],
        atRisk: [...curve.table.atRisk],
        events: [...curve.table.events],
        censored: [...curve.table.censored],
        survival: [...curve.survival],
        se: curve.se,
        lower: curve.lower,
        upper: curve.upper,
      },
      notes: curve.notes,
    })),
    ...(difference && { restrictedMeanDifference: withoutInfluence(difference) }),
    ...(test && { logRank: answerOrReason(test, ({ variance: _, ...rest }) => rest) }),
    ...planPart(plan),
  });
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Refusal(`--rmst ${text}: write a length of time above 0, such as 365.`);
}
