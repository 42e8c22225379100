import { Option, type Command } from 'commander';
import {
  compareMeans,
  compareTimes,
  indicators,
  readDeclarations,
  readSpells,
  type CohortDeclaration,
  type CohortDifference,
  type CohortSpells,
  type CohortTimeDifference,
  type ComparisonRequest,
  type Covariate,
  type Estimand,
  type Estimate,
  type Groups,
  type SurvivalCurve,
} from '@meedoen/evidence';
import type { Parsed } from '@meedoen/units';
import { printCsv, printJson, type Format } from '../print.ts';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { positiveNumber } from './option-numbers.ts';
import { groupsToPrint } from './names-of-people.ts';
import { accept, answerOrReason, completeRows, covariatesOf, groupsOf, numbersOf, type Rows } from './rows.ts';
import { checkPlan, namedColumns, planPart, withPage, writeReport, type PageOptions } from './report.ts';
import { withData } from './with-data.ts';
import { withoutInfluence } from './without-influence.ts';

export function compareVerb(evidence: Command): void {
  withPage(withData(evidence.command('compare')))
    .description('Two cohorts side by side: counted alike, people alike compared, or refused with the reason.')
    .requiredOption('--cohort <column>', 'which of the two cohorts a person is in')
    .requiredOption('--cohorts <file>', 'JSON: how each cohort is counted, the reference first')
    .option('--outcome <column>', 'an outcome measured once: a number, or 0 and 1')
    .option('--time <column>', 'or: when following this person ended')
    .option('--cause <column>', 'with --time: 0 = we stopped looking, 1, 2 … = what happened')
    .option('--names <names>', 'with --time: what causes 1, 2 … are called, with commas between them')
    .option('--horizon <time>', 'with --time: count the time up to here', positiveNumber('--horizon'))
    .option('--entry <column>', 'with --time: when it began, if not at 0')
    .option('--on <columns>', 'characteristics to hold equal, with commas between them; age^2 is the square of age')
    .option('--classes <columns>', 'characteristics whose numbers are names of classes')
    .addOption(
      new Option('--estimand <people>', 'whom the comparison is about: all (ate), people like the second cohort (att)')
        .choices(['overlap', 'ate', 'att', 'atc'])
        .default('overlap'),
    )
    .addOption(
      new Option('--model <model>', 'how the outcome depends on the characteristics')
        .choices(['linear', 'logistic'])
        .default('linear'),
    )
    .option('--varies-with <columns>', 'one model for both cohorts, in which the difference varies with these only')
    .option('--weight <column>', 'how many identical people the row stands for')
    .option('--cluster <column>', 'rows of one household or location')
    .addHelpText(
      'after',
      `
Example: work after a year, people of the same age and town compared
  $ meedoen evidence compare --data cli/examples/cohorts.csv --cohorts cli/examples/cohorts.json --cohort cohort \\
      --outcome work --on age,town --weight people --format csv
Cohorts with another clock, denominator or outcome are refused. "raw" describes them as they are (level 1).`,
    )
    .action(run);
}

type Options = PageOptions & {
  format: Format;
  cohort: string;
  cohorts: string;
  outcome?: string;
  time?: string;
  cause?: string;
  names?: string;
  horizon?: number;
  entry?: string;
  on?: string;
  classes?: string;
  estimand: Estimand;
  model: 'linear' | 'logistic';
  variesWith?: string;
  weight?: string;
  cluster?: string;
};

async function run(options: Options): Promise<void> {
  const { cohort, outcome, time, cause, entry, weight, cluster } = options;
  if ((outcome === undefined) === (time === undefined)) {
    throw new Refusal('Name either --outcome (measured once) or --time with --cause and --horizon.');
  }
  if (time !== undefined && (cause === undefined || options.horizon === undefined)) {
    throw new Refusal('--time asks for --cause and --horizon too: what happened, and up to when time is counted.');
  }
  if (outcome === undefined && options.report !== undefined) {
    throw new Refusal('--report: a page is there for --outcome only. For times, take the JSON or --format csv.');
  }
  const declared = await declarationsIn(options.cohorts);
  const on = listOf(options.on);
  const classes = listOf(options.classes);
  const columns = [...on.map((name) => name.replace(/\^2$/, '')), ...classes];
  const rows = await completeRows(options.data, [cohort, outcome, time, cause, entry, weight, cluster, ...columns]);
  const request: ComparisonRequest = {
    declared,
    columns: {
      cohort: inDeclaredOrder(groupsToPrint(rows, cohort), declared),
      characteristics: [
        ...on.flatMap((name) => characteristicOf(rows, name)),
        ...classes.flatMap((name) => indicators(groupsToPrint(rows, name), name)),
      ],
      ...(weight !== undefined && { weight: numbersOf(rows, weight) }),
      ...(cluster !== undefined && { clusters: groupsOf(rows, cluster) }),
    },
    estimand: options.estimand,
  };
  const plan = await checkPlan(options, {
    method: 'compare',
    columns: namedColumns({ cohort, outcome, time, cause, entry, weight, cluster }),
    covariates: [...on, ...classes],
    horizon: options.horizon ?? null,
  });
  const named = { ...(weight !== undefined && { weight }), ...(outcome !== undefined && { outcome }) };

  if (outcome !== undefined) {
    const found = accept(
      compareMeans(request, {
        outcome: numbersOf(rows, outcome),
        column: outcome,
        outcomeModel: options.model,
        effectVariesWith: options.variesWith === undefined ? 'everything' : listOf(options.variesWith),
      }),
      rows,
      named,
    );
    tellRefusal(rows, found.adjusted);
    await writeReport({ ...options, says: options.says ?? outcome }, rows, plan, (reports, context) =>
      reports.compareReport(found, context),
    );
    if (options.format === 'csv') {
      const ways: [string, CohortDifference][] = found.adjusted.ok
        ? [
            ['doubly robust', found.adjusted.value.headline],
            ['weighted', found.adjusted.value.weighted],
            ['standardised', found.adjusted.value.standardised],
          ]
        : [];
      return printCsv([['raw', found.raw] as const, ...ways].map(([way, one]) => rowOf(way, outcome, one)));
    }
    return printJson({
      rows: rows.lines.length,
      dropped: rows.dropped,
      ...found,
      raw: withoutInfluence(found.raw),
      adjusted: answerOrReason(found.adjusted, ({ headline, weighted, standardised, eValue }) => ({
        headline: withoutInfluence(headline),
        weighted: withoutInfluence(weighted),
        standardised: withoutInfluence(standardised),
        eValue,
      })),
      ...planPart(plan),
    });
  }

  const spells = accept(
    readSpells({
      time: numbersOf(rows, time!),
      cause: numbersOf(rows, cause!),
      ...(entry !== undefined && { entry: numbersOf(rows, entry) }),
    }),
    rows,
    { time: time!, cause: cause!, ...(entry !== undefined && { entry }) },
  );
  const causes =
    options.names === undefined
      ? Array.from({ length: spells.causes }, (_, at) => `${cause} ${at + 1}`)
      : listOf(options.names);
  const found = accept(
    compareTimes(request, { spells: spells as CohortSpells, horizon: options.horizon!, causes }),
    rows,
    named,
  );
  tellRefusal(rows, found.adjusted);
  if (options.format === 'csv') {
    const ways: [string, readonly CohortTimeDifference[]][] = [['raw', found.raw]];
    if (found.adjusted.ok) ways.push(['weighted', found.adjusted.value.headline]);
    return printCsv(ways.flatMap(([way, all]) => all.map((one) => rowOf(way, `time ${one.cause}`, one))));
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    ...found,
    raw: found.raw.map(withoutInfluence),
    adjusted: answerOrReason(found.adjusted, ({ headline, curves, hazardRatio, eValue }) => ({
      headline: headline.map(withoutInfluence),
      curves: curves.map(curveAsJson),
      hazardRatio: answerOrReason(hazardRatio, withoutInfluence),
      eValue,
    })),
    ...planPart(plan),
  });
}

async function declarationsIn(path: string): Promise<readonly [CohortDeclaration, CohortDeclaration]> {
  const input = await readInput(path);
  const declared = readDeclarations(parseJson(input));
  if (declared.ok) return declared.value;
  const { problem } = declared;
  throw new Refusal([{ ...problem, at: { ...problem.at, file: input.name } }]);
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map((name) => name.trim());
}

function characteristicOf(rows: Rows, name: string): Covariate[] {
  if (!name.endsWith('^2')) return covariatesOf(rows, name);
  const values = numbersOf(rows, name.slice(0, -2));
  return [{ name, values: values.map((x) => x * x) }];
}

/** The cohorts in the order in which they were declared; other names stay as they are, for the engine to refuse. */
function inDeclaredOrder({ codes, names }: Groups, declared: readonly CohortDeclaration[]): Groups {
  const order = declared.map(({ name }) => names.indexOf(name));
  if (names.length !== declared.length || order.includes(-1)) return { codes, names };
  return { codes: codes.map((code) => order.indexOf(code)), names: declared.map(({ name }) => name) };
}

/** A refusal within the answer is told beside it too, so that nobody reads past it. */
function tellRefusal(rows: Rows, adjusted: Parsed<unknown>): void {
  if (!adjusted.ok) console.error(`${rows.name}: only the raw comparison is given. ${adjusted.problem.message}`);
}

function rowOf(way: string, of: string, one: Estimate): Record<string, string | number | null> {
  const { estimate, se, ci, n, level } = one;
  return { way, of, estimate, se, lower: ci.lower, upper: ci.upper, n, level };
}

function curveAsJson({ table, survival, se, lower, upper }: SurvivalCurve): unknown {
  return {
    group: table.group,
    rows: table.rows,
    time: [...table.time],
    weightedAtRisk: [...table.atRisk],
    survival: [...survival],
    se,
    lower,
    upper,
  };
}
