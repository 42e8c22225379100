import { Option, type Command } from 'commander';
import {
  aggregateEffects,
  groupTimeEffects,
  multiplierBootstrap,
  readPanel,
  readSections,
  trendSensitivity,
  twoWayWarning,
  type AdjustmentMethod,
  type AggregateSeries,
  type GroupTimeEffects,
  type Incomplete,
  type Interval,
  type Multiplier,
  type Panel,
  type Sections,
  type StaggeredOptions,
} from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import { printCsv, printJson, type Format } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { numberText, wholeNumber } from './option-numbers.ts';
import { accept, answerOrReason, completeRows, covariatesOf, groupsOf, numbersOf, type Rows } from './rows.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { startsOf } from './starts.ts';
import { withData } from './with-data.ts';
import { withoutInfluence } from './without-influence.ts';

export function didVerb(evidence: Command): void {
  withPage(withData(evidence.command('did')))
    .description('What a policy changed, when places come under it at different times (Callaway & Sant’Anna).')
    .option('--unit <column>', 'the place or person a row is about; not with --cross-sections')
    .requiredOption('--period <column>', 'when, as a number such as a year')
    .requiredOption('--outcome <column>', 'what the policy should change')
    .requiredOption('--first-treated <column>', 'the first period under the policy; 0, never or Inf for never')
    .option('--covariates <columns>', 'what trends may depend on, with commas between them')
    .option('--cluster <column>', 'what units lie in, such as a region')
    .addOption(
      new Option('--controls <who>', 'who is compared with: never treated, or also not treated yet')
        .choices(['never', 'not-yet'])
        .default('never'),
    )
    .addOption(
      new Option('--method <method>', 'how covariates are used')
        .choices(['doubly-robust', 'regression', 'weighting'])
        .default('doubly-robust'),
    )
    .addOption(
      new Option('--base <base>', 'what periods before the policy are compared with')
        .choices(['varying', 'universal'])
        .default('varying'),
    )
    .option(
      '--anticipation <periods>',
      'periods before the policy in which units may act on it',
      numberText('--anticipation'),
      0,
    )
    .addOption(
      new Option(
        '--incomplete <how>',
        'units that miss a period: refused, left out, or all rows as cross-sections with errors by unit',
      )
        .choices(['refuse', 'leave-out', 'cross-sections'])
        .default('refuse'),
    )
    .option('--cross-sections', 'rows are other people in each period')
    .option('--draws <number>', 'draws for the bands that hold all effects at once', wholeNumber('--draws'), 1000)
    .option('--seed <number>', 'of those draws', wholeNumber('--seed'), 1)
    .addOption(
      new Option('--multiplier <kind>', 'of those draws').choices(['rademacher', 'mammen']).default('rademacher'),
    )
    .addHelpText(
      'after',
      `
Example: what minimum wages did to the employment of teenagers, by county and year
  $ meedoen evidence did --data mpdta.csv --unit id --period year --outcome lemp --first-treated first_treat
Rows with an empty cell in a named column are left out, and counted under "dropped"; an empty first treated period is
refused, because it could mean never or unknown.`,
    )
    .action(run);
}

type Options = PageOptions & {
  format: Format;
  unit?: string;
  period: string;
  outcome: string;
  firstTreated: string;
  covariates?: string;
  cluster?: string;
  controls: 'never' | 'not-yet';
  method: AdjustmentMethod;
  base: 'varying' | 'universal';
  anticipation: number;
  incomplete: Incomplete | 'cross-sections';
  crossSections?: true;
  draws: number;
  seed: number;
  multiplier: Multiplier;
};

async function run(options: Options): Promise<void> {
  const { method, controls, base, anticipation } = options;
  if (options.draws < 100) throw new Refusal(`--draws ${options.draws}: give at least 100.`);
  const rows = await readRows(options);
  const data = dataOf(rows, options);
  const settings: StaggeredOptions = { method, controls, base, anticipation };
  const all = accept(groupTimeEffects(data, settings), rows);
  const { unit, period, outcome, firstTreated, cluster } = options;
  const plan = await checkPlan(options, {
    method: 'did',
    columns: namedColumns({ unit, period, outcome, firstTreated, cluster }),
    covariates: namesIn(options.covariates),
    horizon: null,
  });
  const sums = aggregateEffects(all);
  const bandOf = bandsFor(all, options);
  const twoWay =
    'units' in data && (options.report !== undefined || options.format === 'json')
      ? twoWayWarning(data, chance(options.seed), { draws: options.draws })
      : null;
  await writeReport({ ...options, says: options.says ?? outcome }, rows, plan, (reports, context) =>
    reports.didReport(
      {
        sums,
        bands: bandOf(sums.eventStudy.points).bands,
        preTest: all.preTest,
        twoWay: twoWay?.ok ? twoWay.value : null,
      },
      context,
    ),
  );
  if (options.format === 'csv') {
    return printCsv(
      all.effects.map(({ cohort, period, base: from, estimate, se, ci, treated, controls: others }) => ({
        cohort,
        period,
        base: from,
        estimate,
        se,
        lower: ci.lower,
        upper: ci.upper,
        treated,
        controls: others,
      })),
    );
  }
  const cells = bandOf(all.effects.map((effect, at) => ({ ...effect, influence: all.influence[at]! })));
  const series = ({ overall, points }: AggregateSeries): unknown => {
    const banded = bandOf(points);
    return {
      overall: overall && withoutInfluence(overall),
      critical: banded.critical,
      points: points.map(({ influence: _, ...point }, at) => ({ ...point, band: banded.bands[at] })),
    };
  };
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    kind: all.kind,
    units: all.size,
    periods: [...data.periods],
    cohorts: all.cohorts,
    neverTreated: all.neverTreated,
    options: all.options,
    bands: { draws: options.draws, seed: options.seed, multiplier: options.multiplier },
    simple: withoutInfluence(sums.simple),
    eventStudy: series(sums.eventStudy),
    group: series(sums.group),
    calendar: series(sums.calendar),
    preTest: all.preTest,
    trendSensitivity: answerOrReason(trendSensitivity(all, sums.eventStudy.points)),
    // Beside the honest estimates, to be recognised: never instead of them.
    twoWayFixedEffects: twoWay && answerOrReason(twoWay),
    critical: cells.critical,
    effects: all.effects.map((effect, at) => ({ ...effect, band: cells.bands[at] })),
    ...planPart(plan),
  });
}

function readRows({
  data,
  unit,
  period,
  outcome,
  firstTreated,
  covariates,
  cluster,
  crossSections,
}: Options): Promise<Rows> {
  if (crossSections ? unit !== undefined : unit === undefined) {
    throw new Refusal(
      crossSections
        ? '--unit and --cross-sections: rows of other people have no unit. Give one of the two.'
        : '--unit: name the column of the place or person, or say --cross-sections when rows are other people in each period.',
    );
  }
  return completeRows(data, [unit, period, outcome, firstTreated, cluster, ...namesIn(covariates)], [firstTreated]);
}

const namesIn = (list: string | undefined): string[] => list?.split(',').map((name) => name.trim()) ?? [];

function dataOf(rows: Rows, options: Options): Panel | Sections {
  const { unit, period, outcome, firstTreated, covariates, cluster, incomplete } = options;
  const columns = {
    period: numbersOf(rows, period),
    outcome: numbersOf(rows, outcome),
    firstTreated: startsOf(rows, firstTreated),
    covariates: namesIn(covariates).flatMap((name) => covariatesOf(rows, name)),
    ...(cluster !== undefined && { clusters: groupsOf(rows, cluster) }),
  };
  const named = { period, outcome, firstTreated, ...(unit !== undefined && { unit }), ...(cluster && { cluster }) };
  if (unit === undefined) return accept(readSections(columns), rows, named);
  const units = groupsOf(rows, unit);
  // Rows of one unit go together, also where it is not seen in every period.
  if (incomplete === 'cross-sections') return accept(readSections({ clusters: units, ...columns }), rows, named);
  return accept(readPanel({ ...columns, unit: units }, { incomplete }), rows, named);
}

type Banded = {
  readonly critical: number | null;
  readonly bands: readonly (Interval & { readonly se: number | null })[];
};

/** Bands that hold all estimates of a list at once, with the errors the draws give. */
function bandsFor(all: GroupTimeEffects, { draws, seed, multiplier }: Options) {
  const { clusters } = all;
  const { confidence } = all.options;
  return (points: readonly { readonly estimate: number; readonly influence: Float64Array }[]): Banded => {
    const { se, critical } = multiplierBootstrap(
      points.map(({ influence }) => influence),
      chance(seed),
      { clusters, draws, multiplier, confidence },
    );
    return {
      critical,
      bands: points.map(({ estimate }, at) => {
        const error = se[at]!;
        const reach = error === null || critical === null ? null : critical * error;
        return {
          se: error,
          lower: reach === null ? null : estimate - reach,
          upper: reach === null ? null : estimate + reach,
          confidence,
        };
      }),
    };
  };
}
