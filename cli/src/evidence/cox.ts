import { Option, type Command } from 'commander';
import { baselineHazards, fitCox, modelConcordance, testProportionality, type CoxTies } from '@meedoen/evidence';
import { printCsv, printJson } from '../print.ts';
import { eventsOf, spellsOf, withFollowUp, type FollowUp } from './follow-up.ts';
import { checkPlan, namedColumns, planPart, withReport, writeReport, type ReportOptions } from './report.ts';
import { groupsToPrint } from './names-of-people.ts';
import { accept, completeRows, covariatesOf, groupsOf } from './rows.ts';

export function coxVerb(evidence: Command): void {
  withReport(withFollowUp(evidence.command('cox')))
    .description('Cox regression: which characteristics go with a higher hazard?')
    .requiredOption('--event <column>', '1 = it happened, 0 = we stopped looking (or 2 and 1, as R reads them)')
    .requiredOption('--on <columns>', 'covariates, with commas between them; words become one column per group')
    .option('--strata <column>', 'each stratum its own baseline')
    .option('--robust <column>', 'robust errors, clustered by this column')
    .addOption(new Option('--ties <method>', 'tied events').choices(['efron', 'breslow']).default('efron'))
    .addHelpText(
      'after',
      `
Example:
  $ meedoen evidence cox --data lung.csv --time time --event event --on age,sex,ph_ecog --robust inst`,
    )
    .action(run);
}

async function run(
  options: FollowUp & ReportOptions & { event: string; on: string; strata?: string; robust?: string; ties: CoxTies },
): Promise<void> {
  const { time, event, entry, weight, strata, robust, ties } = options;
  const names = options.on.split(',').map((name) => name.trim());
  const rows = await completeRows(options.data, [time, event, entry, weight, strata, robust, ...names]);
  const spells = spellsOf(rows, options, eventsOf(rows, event));
  const model = accept(
    fitCox(spells, {
      covariates: names.flatMap((name) => covariatesOf(rows, name)),
      ties,
      ...(strata !== undefined && { strata: groupsToPrint(rows, strata) }),
      ...(robust !== undefined && { clusters: groupsOf(rows, robust) }),
    }),
    rows,
  );
  const columns = { time, event, ...namedColumns({ strata, cluster: robust, entry, weight }) };
  const plan = await checkPlan(options, { method: 'cox', columns, covariates: names, horizon: null });
  const proportionalHazards = testProportionality(model);
  await writeReport(options, rows, plan, (reports, context) =>
    reports.coxReport(model, proportionalHazards, { ...context, unit: options.unit }),
  );
  if (options.format === 'csv') {
    return printCsv(
      model.terms.map(({ name, estimate, se, seModel, seRobust, ci, z, p, hazardRatio }) => ({
        name,
        estimate,
        se,
        seModel,
        seRobust,
        lower: ci.lower,
        upper: ci.upper,
        z,
        p,
        hazardRatio: hazardRatio.estimate,
      })),
    );
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    n: model.n,
    events: model.events,
    eventsPerCoefficient: model.events / model.terms.length,
    ties: model.ties,
    terms: model.terms.map(({ assumptions: _, diagnostics: __, ...term }) => term),
    logLikelihood: model.logLikelihood,
    likelihoodRatio: model.likelihoodRatio,
    scoreTest: model.scoreTest,
    wald: model.wald,
    concordance: modelConcordance(model),
    proportionalHazards,
    baseline: baselineHazards(model).map((one) => ({ ...one, time: [...one.time], hazard: [...one.hazard] })),
    assumptions: model.terms[0]!.assumptions,
    diagnostics: model.diagnostics,
    ...planPart(plan),
  });
}
