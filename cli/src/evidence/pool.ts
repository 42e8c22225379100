import { Option, type Command } from 'commander';
import { checkSmallStudies, leaveOneOut, pool, trimAndFill, type PoolErrors, type PoolMethod } from '@meedoen/pooling';
import { printCsv, printJson, type Format } from '../print.ts';
import { checkPlan, namedColumns, planPart, withReport, writeReport, type ReportOptions } from './report.ts';
import { accept, answerOrReason, completeRows, numbersOf, textsOf } from './rows.ts';
import { withData } from './with-data.ts';

export function poolVerb(evidence: Command): void {
  withReport(withData(evidence.command('pool')))
    .description('What several studies say together, and how far they agree.')
    .requiredOption('--effect <column>', 'each study’s effect, such as a log risk ratio')
    .requiredOption('--se <column>', 'its standard error')
    .option('--label <column>', 'what each study is called')
    .addOption(
      new Option('--method <method>', 'how effects may differ')
        .choices(['reml', 'dersimonian-laird', 'ml', 'paule-mandel', 'fixed'])
        .default('reml'),
    )
    .addOption(
      new Option('--errors <errors>', 'how sure the pooled effect is')
        .choices(['hartung-knapp', 'hartung-knapp-as-is', 'normal'])
        .default('hartung-knapp'),
    )
    .addHelpText(
      'after',
      `
Example:
  $ meedoen evidence pool --data bcg.csv --effect yi --se sei --method reml`,
    )
    .action(run);
}

async function run(
  options: ReportOptions & {
    format: Format;
    label?: string;
    effect: string;
    se: string;
    method: PoolMethod;
    errors: PoolErrors;
  },
): Promise<void> {
  const { effect, se, label, method, errors } = options;
  const rows = await completeRows(options.data, [effect, se, label]);
  const studies = { effect: numbersOf(rows, effect), se: numbersOf(rows, se) };
  const named = { effect, se };
  const pooled = accept(pool(studies, { method, errors }), rows, named);
  const columns = { effect, se, ...namedColumns({ label }) };
  const plan = await checkPlan(options, { method: 'pool', columns, covariates: [], horizon: null });
  const names = label === undefined ? Array.from(rows.lines, (line) => `${line}`) : textsOf(rows, label);
  await writeReport(options, rows, plan, (reports, context) =>
    reports.poolReport(pooled, { ...studies, names }, context),
  );
  if (options.format === 'csv') {
    return printCsv([
      {
        estimate: pooled.estimate,
        se: pooled.se,
        lower: pooled.ci.lower,
        upper: pooled.ci.upper,
        p: pooled.p,
        tau2: pooled.tau2,
        i2: pooled.i2,
        q: pooled.q.statistic,
        predictionLower: pooled.predictionInterval?.lower ?? null,
        predictionUpper: pooled.predictionInterval?.upper ?? null,
        studies: pooled.studies,
      },
    ]);
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    pooled: { ...pooled, weights: [...pooled.weights] },
    studies: Array.from(studies.effect, (value, at) => ({
      line: rows.lines[at],
      ...(label !== undefined && { label: names[at] }),
      effect: value,
      se: studies.se[at],
    })),
    leaveOneOut: answerOrReason(leaveOneOut(studies, { method, errors }), (all) =>
      all.map(({ estimate, se: error, tau2 }, at) => ({ without: rows.lines[at], estimate, se: error, tau2 })),
    ),
    smallStudies: answerOrReason(checkSmallStudies(studies)),
    trimAndFill: answerOrReason(trimAndFill(studies, { method, errors }), ({ side, missing, filled, added }) => ({
      side,
      missing,
      estimate: filled.estimate,
      se: filled.se,
      ci: filled.ci,
      added,
    })),
    ...planPart(plan),
  });
}
