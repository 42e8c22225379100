import { Command, Option } from 'commander';
import {
  baselineHazards,
  checkSmallStudies,
  cumulativeIncidence,
  fitCox,
  grayTest,
  indicators,
  kaplanMeier,
  leaveOneOut,
  logRank,
  modelConcordance,
  pool,
  quantile,
  readGroups,
  readSpells,
  restrictedMeanDifference,
  restrictedMeans,
  testProportionality,
  type Covariate,
  type CoxTies,
  type Groups,
  type IntervalShape,
  type PoolErrors,
  type PoolMethod,
  type Spells,
} from '@meedoen/evidence';
import type { Parsed } from '@meedoen/units';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { ownCopy, readCsv, type CsvFile } from './read-csv.ts';
import { Refusal } from './refusal.ts';

/** `meedoen evidence …`: what works, for whom, how sure? */
export function evidenceVerbs(): Command {
  const evidence = new Command('evidence').description('What works, for whom, how sure?');
  const data = (command: Command): Command =>
    command
      .requiredOption('--data <file>', 'a CSV file with a header, or - for stdin')
      .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'));
  const followUp = (command: Command): Command =>
    data(command)
      .requiredOption('--time <column>', 'when following this person ended')
      .option('--entry <column>', 'when it began, if not at 0')
      .option('--weight <column>', 'how many identical people the row stands for');
  const interval = new Option('--interval <shape>', 'shape of the intervals').choices(['log-log', 'log', 'plain']);

  followUp(evidence.command('survival'))
    .description('Survival curves, medians, restricted means and the log-rank test.')
    .requiredOption('--event <column>', '1 = it happened, 0 = we stopped looking (or 2 and 1, as R reads them)')
    .option('--group <column>', 'one curve per group')
    .option('--strata <column>', 'compare groups within these strata')
    .option('--cluster <column>', 'rows of one person or household')
    .option('--rmst <horizon>', 'mean time without the event up to here', positiveNumber)
    .addOption(interval.default('log-log'))
    .addHelpText(
      'after',
      `
Example: how much longer until …, on average over the first year, by sex
  $ meedoen evidence survival --data lung.csv --time time --event event --group sex --rmst 365
Rows with an empty cell in a named column are left out, and counted under "dropped".`,
    )
    .action(survivalVerb);

  followUp(evidence.command('cox'))
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
    .action(coxVerb);

  followUp(evidence.command('risks'))
    .description('Several ways to leave, always shown together: cumulative incidence and Gray’s test.')
    .requiredOption('--cause <column>', '0 = we stopped looking, 1, 2 … = what happened')
    .option('--names <names>', 'what causes 1, 2 … are called, with commas between them')
    .option('--group <column>', 'one set of curves per group')
    .addOption(interval.default('log-log'))
    .addHelpText(
      'after',
      `
Example:
  $ meedoen evidence risks --data mgus2.csv --time time --cause cause --names pcm,death --group sex`,
    )
    .action(risksVerb);

  data(evidence.command('pool'))
    .description('What several studies say together, and how far they agree.')
    .requiredOption('--effect <column>', 'each study’s effect, such as a log risk ratio')
    .requiredOption('--se <column>', 'its standard error')
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
    .action(poolVerb);

  return evidence;
}

type FollowUp = { data: string; format: Format; time: string; entry?: string; weight?: string };

async function survivalVerb(
  options: FollowUp & {
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
  const groups = group === undefined ? undefined : groupsOf(rows, group);
  const clusters = cluster === undefined ? undefined : groupsOf(rows, cluster);
  const within = strata === undefined ? {} : { strata: groupsOf(rows, strata) };
  const grouping = { ...(groups && { groups }), ...(clusters && { clusters }) };

  const curves = kaplanMeier(spells, { ...grouping, interval });
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
  const means = rmst === undefined ? undefined : accept(restrictedMeans(spells, { ...grouping, horizon: rmst }), rows);
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
    ...(groups?.names.length === 2 &&
      rmst !== undefined && {
        restrictedMeanDifference: withoutInfluence(
          accept(restrictedMeanDifference(spells, { ...grouping, groups, horizon: rmst }), rows),
        ),
      }),
    ...(groups && {
      logRank: answerOrReason(logRank(spells, { groups, ...within }), ({ variance: _, ...rest }) => rest),
    }),
  });
}

async function coxVerb(
  options: FollowUp & { event: string; on: string; strata?: string; robust?: string; ties: CoxTies },
): Promise<void> {
  const { time, event, entry, weight, strata, robust, ties } = options;
  const names = options.on.split(',').map((name) => name.trim());
  const rows = await completeRows(options.data, [time, event, entry, weight, strata, robust, ...names]);
  const spells = spellsOf(rows, options, eventsOf(rows, event));
  const model = accept(
    fitCox(spells, {
      covariates: names.flatMap((name) => covariatesOf(rows, name)),
      ties,
      ...(strata !== undefined && { strata: groupsOf(rows, strata) }),
      ...(robust !== undefined && { clusters: groupsOf(rows, robust) }),
    }),
    rows,
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
    proportionalHazards: testProportionality(model),
    baseline: baselineHazards(model).map((one) => ({ ...one, time: [...one.time], hazard: [...one.hazard] })),
    assumptions: model.terms[0]!.assumptions,
    diagnostics: model.diagnostics,
  });
}

async function risksVerb(
  options: FollowUp & { cause: string; names?: string; group?: string; interval: IntervalShape },
): Promise<void> {
  const { time, cause, entry, weight, group, interval } = options;
  const rows = await completeRows(options.data, [time, cause, entry, weight, group]);
  const spells = spellsOf(rows, options, { column: cause, values: numbersOf(rows, cause) });
  const groups = group === undefined ? undefined : groupsOf(rows, group);
  const causes =
    options.names?.split(',').map((name) => name.trim()) ??
    Array.from({ length: spells.causes }, (_, at) => `${cause} ${at + 1}`);
  const risks = accept(cumulativeIncidence(spells, { causes, interval, ...(groups && { groups }) }), rows);
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
        test: answerOrReason(grayTest(spells, { groups, cause: at + 1 })),
      })),
    }),
  });
}

async function poolVerb(options: {
  data: string;
  format: Format;
  effect: string;
  se: string;
  method: PoolMethod;
  errors: PoolErrors;
}): Promise<void> {
  const { effect, se, method, errors } = options;
  const rows = await completeRows(options.data, [effect, se]);
  const studies = { effect: numbersOf(rows, effect), se: numbersOf(rows, se) };
  const named = { effect, se };
  const pooled = accept(pool(studies, { method, errors }), rows, named);
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
    studies: studies.effect.map((value, at) => ({ line: rows.lines[at], effect: value, se: studies.se[at] })),
    leaveOneOut: answerOrReason(leaveOneOut(studies, { method, errors }), (all) =>
      all.map(({ estimate, se: error, tau2 }, at) => ({ without: rows.lines[at], estimate, se: error, tau2 })),
    ),
    smallStudies: answerOrReason(checkSmallStudies(studies)),
  });
}

/** The named columns of the rows in which each of them holds something, and how many rows did not. */
type Rows = CsvFile & {
  readonly columns: ReadonlyMap<string, Column>;
  readonly lines: readonly number[];
  readonly dropped: number;
};

/** The cells of one column, and where each begins in the file. */
type Column = { readonly cells: string[]; readonly starts: number[] };

async function completeRows(path: string, named: readonly (string | undefined)[]): Promise<Rows> {
  const asked = [...new Set(named.filter((name) => name !== undefined))];
  const columns = new Map(asked.map((name): [string, Column] => [name, { cells: [], starts: [] }]));
  const lines: number[] = [];
  let dropped = 0;
  // A text that comes back is kept once.
  const known = new Map<string, string>();
  const kept = (text: string): string => {
    let copy = known.get(text);
    if (copy === undefined) {
      copy = ownCopy(text);
      if (known.size < 100_000) known.set(copy, copy);
    }
    return copy;
  };
  const file = await readCsv(
    path,
    asked.map((name) => [name]),
    [],
    (row) => {
      if (asked.some((name) => row.cell(name) === '' || row.cell(name) === 'NA')) {
        dropped++;
        return;
      }
      for (const [name, { cells, starts }] of columns) {
        cells.push(kept(row.cell(name)));
        starts.push(row.start(name));
      }
      lines.push(row.line);
    },
  );
  if (lines.length === 0) {
    throw new Refusal(
      `${file.name}: every row has an empty cell in ${asked.join(', ')}. Fill them in, or name other columns.`,
    );
  }
  if (dropped > 0) console.error(`${file.name}: left out ${dropped} rows with an empty cell in ${asked.join(', ')}.`);
  return { ...file, columns, lines, dropped };
}

function cellsOf(rows: Rows, column: string): readonly string[] {
  return rows.columns.get(column)!.cells;
}

function cellRefusal(rows: Rows, column: string, row: number, message: string): Refusal {
  const at = rows.placeOf(rows.columns.get(column)!.starts[row]!);
  return new Refusal([{ at, what: 'cell-unusable', words: {}, message }]);
}

function numbersOf(rows: Rows, column: string): number[] {
  return cellsOf(rows, column).map((cell, row) => {
    const value = Number(cell);
    if (Number.isFinite(value) && cell !== '') return value;
    const hint = /^\d{4}-\d{2}-\d{2}/.test(cell)
      ? 'This is a date: give the number of days since the start instead.'
      : /^-?\d+,\d+$/.test(cell)
        ? `Write it with a point: ${cell.replace(',', '.')}.`
        : 'Write a number, or leave the cell empty.';
    throw cellRefusal(rows, column, row, `column ${column}: "${cell}" is not a number. ${hint}`);
  });
}

type Causes = { readonly column: string; readonly values: readonly number[] };

function eventsOf(rows: Rows, column: string): Causes {
  const values = numbersOf(rows, column);
  if (values.every((value) => value === 1 || value === 2) && values.includes(2)) {
    console.error(
      `${rows.name}: column ${column} holds 1 and 2: read as R does, 2 = it happened, 1 = we stopped looking.`,
    );
    return { column, values: values.map((value) => value - 1) };
  }
  const strange = values.findIndex((value) => value !== 0 && value !== 1);
  if (strange >= 0) {
    const message = `column ${column}: ${values[strange]} is neither 1 nor 0. Write 1 where it happened and 0 where we stopped looking; for more causes use "evidence risks".`;
    throw cellRefusal(rows, column, strange, message);
  }
  return { column, values };
}

function groupsOf(rows: Rows, column: string): Groups {
  const cells = cellsOf(rows, column);
  // Numbers in the order of their size, as a reader expects 2 before 10.
  const numeric = cells.every((cell) => Number.isFinite(Number(cell)));
  return accept(readGroups(numeric ? cells.map(Number) : cells, { column }), rows);
}

function covariatesOf(rows: Rows, column: string): Covariate[] {
  const cells = cellsOf(rows, column);
  const words = cells.filter((cell) => !Number.isFinite(Number(cell))).length;
  // One word among many numbers is a mistake, not a category.
  return words <= cells.length / 2
    ? [{ name: column, values: numbersOf(rows, column) }]
    : indicators(groupsOf(rows, column), column);
}

function spellsOf(rows: Rows, { time, entry, weight }: FollowUp, cause: Causes): Spells {
  const named = {
    time,
    cause: cause.column,
    ...(entry !== undefined && { entry }),
    ...(weight !== undefined && { weight }),
  };
  return accept(
    readSpells({
      time: numbersOf(rows, time),
      cause: cause.values,
      ...(entry !== undefined && { entry: numbersOf(rows, entry) }),
      ...(weight !== undefined && { weight: numbersOf(rows, weight) }),
    }),
    rows,
    named,
  );
}

/** The value, or a refusal that names the line of the file and the column by the name it has there. */
function accept<T>(parsed: Parsed<T>, rows: Rows, named: Readonly<Record<string, string>> = {}): T {
  if (parsed.ok) return parsed.value;
  const { problem } = parsed;
  const { row, column } = problem.words;
  if (typeof row !== 'number') throw new Refusal(`${rows.name}: ${problem.message}`);
  const name = named[String(column)] ?? String(column);
  const message = problem.message.replace(/^Row \d+, column [^:]*/, `column ${name}`);
  throw cellRefusal(rows, name, row - 1, message);
}

/** A part of the answer that may not exist: then its reason stands in its place. */
function answerOrReason<T>(parsed: Parsed<T>, shown: (value: T) => unknown = (value) => value): unknown {
  return parsed.ok ? shown(parsed.value) : { refused: parsed.problem.what, reason: parsed.problem.message };
}

function withoutInfluence<T extends { influence: unknown }>({ influence: _, ...rest }: T): Omit<T, 'influence'> {
  return rest;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Refusal(`--rmst ${text}: write a length of time above 0, such as 365.`);
}
