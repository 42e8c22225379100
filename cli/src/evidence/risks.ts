import type { Command } from 'commander';
import { cumulativeIncidence, grayTest, type IntervalShape } from '@meedoen/evidence';
import { printCsv, printJson } from '../print.ts';
import { intervalOption, spellsOf, withFollowUp, type FollowUp } from './follow-up.ts';
import { checkPlan, namedColumns, planPart, withReport, writeReport, type ReportOptions } from './report.ts';
import { groupsToPrint } from './names-of-people.ts';
import { accept, answerOrReason, completeRows, numbersOf } from './rows.ts';

export function risksVerb(evidence: Command): void {
  withReport(withFollowUp(evidence.command('risks')))
    .description('Several ways to leave, always shown together: cumulative incidence and Gray’s test.')
    .requiredOption('--cause <column>', '0 = we stopped looking, 1, 2 … = what happened')
    .option('--names <names>', 'what causes 1, 2 … are called, with commas between them')
    .option('--group <column>', 'one set of curves per group')
    .addOption(intervalOption())
    .addHelpText(
      'after',
      `
Example:
  $ meedoen evidence risks --data mgus2.csv --time time --cause cause --names pcm,death --group sex`,
    )
    .action(run);
}

async function run(
  options: FollowUp & ReportOptions & { cause: string; names?: string; group?: string; interval: IntervalShape },
): Promise<void> {
  const { time, cause, entry, weight, group, interval } = options;
  const rows = await completeRows(options.data, [time, cause, entry, weight, group]);
  const spells = spellsOf(rows, options, { column: cause, values: numbersOf(rows, cause) });
  const groups = group === undefined ? undefined : groupsToPrint(rows, group);
  const causes =
    options.names?.split(',').map((name) => name.trim()) ??
    Array.from({ length: spells.causes }, (_, at) => `${cause} ${at + 1}`);
  const risks = accept(cumulativeIncidence(spells, { causes, interval, ...(groups && { groups }) }), rows);
  const columns = { time, cause, ...namedColumns({ group, entry, weight }) };
  const plan = await checkPlan(options, { method: 'risks', columns, covariates: [], horizon: null });
  await writeReport(options, rows, plan, (reports, context) =>
    reports.risksReport(risks, { ...context, unit: options.unit }),
  );
  if (options.format === 'csv') {
    return printCsv(
      risks.flatMap(({ table, waiting, causes: curves }) =>
        [waiting, ...curves].flatMap((curve) =>
          Array.from(table.time, (at, j) => ({
            group: table.group,
            cause: curve.cause,
            time: at,
            atRisk: table.atRisk[j]!,
            share: curve.share[j]!,
            se: curve.se[j]!,
            lower: curve.lower[j]!,
            upper: curve.upper[j]!,
          })),
        ),
      ),
    );
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    interval,
    groups: risks.map(({ table, waiting, causes: curves }) => ({
      group: table.group,
      n: table.people,
      time: [...table.time],
      atRisk: [...table.atRisk],
      curves: [waiting, ...curves].map((curve) => ({ ...curve, share: [...curve.share], se: [...curve.se] })),
    })),
    ...(groups && {
      gray: causes.map((name, at) => ({
        cause: name,
        test: answerOrReason(grayTest(spells, { groups, cause: at + 1 }), ({ excess, ...test }) => ({
          ...test,
          groups: groups.names.map((group, code) => ({ group, excess: excess[code]! })),
        })),
      })),
    }),
    ...planPart(plan),
  });
}
