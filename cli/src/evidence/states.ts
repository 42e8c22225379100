import type { Command } from 'commander';
import {
  readHistories,
  stateOccupation,
  timeInStates,
  timeInStatesDifference,
  type IntervalShape,
  type Occupation,
} from '@meedoen/evidence';
import { printCsv, printJson, type Format } from '../print.ts';
import { intervalOption } from './follow-up.ts';
import { numberText, positiveNumber } from './option-numbers.ts';
import { groupsToPrint } from './names-of-people.ts';
import { accept, completeRows, groupsOf, numbersOf, textsOf } from './rows.ts';
import { checkPlan, namedColumns, planPart, withReport, writeReport, type ReportOptions } from './report.ts';
import { withData } from './with-data.ts';
import { withoutInfluence } from './without-influence.ts';

export function statesVerb(evidence: Command): void {
  withReport(withData(evidence.command('states')))
    .description('Where people are over time, in any number of states, to and fro, and how long in each.')
    .requiredOption('--id <column>', 'whose row it is: a person has a row for each stretch of time')
    .requiredOption('--start <column>', 'when the row begins')
    .requiredOption('--stop <column>', 'when it ends')
    .requiredOption('--to <column>', 'the state moved to at its end; empty when nothing changed')
    .requiredOption('--states <names>', 'all states, with commas between them; people begin in the first')
    .option('--from <column>', 'the state during the row, if people do not all begin in the first')
    .option('--nothing <word>', 'the word in --to for no change, if it is not an empty cell')
    .option('--group <column>', 'one set of curves per group')
    .option('--cluster <column>', 'households or locations')
    .option('--weight <column>', 'how many identical people the person stands for')
    .option('--origin <time>', 'from when on (default: the earliest start)', numberText('--origin'))
    .option('--starting-in <state>', 'begin everybody in this state')
    .option('--horizon <time>', 'also the mean time in each state up to here', positiveNumber('--horizon'))
    .addOption(intervalOption())
    .addHelpText(
      'after',
      `
Example: searching, in work, gone, and back again, and the mean days in each over the first year
  $ meedoen evidence states --data cli/examples/histories.csv --id person --start start --stop stop --to to \\
      --states searching,work,gone --group lesson --horizon 365 --report states.html`,
    )
    .action(run);
}

type Options = ReportOptions & {
  format: Format;
  id: string;
  start: string;
  stop: string;
  to: string;
  states: string;
  from?: string;
  nothing?: string;
  group?: string;
  cluster?: string;
  weight?: string;
  origin?: number;
  startingIn?: string;
  horizon?: number;
  interval: IntervalShape;
};

async function run(options: Options): Promise<void> {
  const { id, start, stop, to, from, nothing = '', group, cluster, weight, origin, startingIn, horizon } = options;
  const rows = await completeRows(options.data, [id, start, stop, to, from, group, cluster, weight], [to]);
  const changes = textsOf(rows, to).map((text) => (text === nothing || text === 'NA' ? '' : text));
  const histories = accept(
    readHistories(
      {
        id: textsOf(rows, id),
        start: numbersOf(rows, start),
        stop: numbersOf(rows, stop),
        to: changes,
        ...(from !== undefined && { from: textsOf(rows, from) }),
        ...(weight !== undefined && { weight: numbersOf(rows, weight) }),
      },
      { states: options.states.split(',').map((name) => name.trim()) },
    ),
    rows,
    { id, start, stop, to, ...(from !== undefined && { from }), ...(weight !== undefined && { weight }) },
  );
  const groups = group === undefined ? undefined : groupsToPrint(rows, group);
  const asked = {
    ...(groups && { groups }),
    ...(cluster !== undefined && { clusters: groupsOf(rows, cluster) }),
    ...(origin !== undefined && { origin }),
    ...(startingIn !== undefined && { startingIn }),
  };
  const all = accept(stateOccupation(histories, { ...asked, interval: options.interval }), rows);
  const times = horizon === undefined ? undefined : accept(timeInStates(histories, { ...asked, horizon }), rows);
  const differences =
    groups?.names.length === 2 && horizon !== undefined
      ? accept(timeInStatesDifference(histories, { ...asked, groups, horizon }), rows)
      : undefined;
  const plan = await checkPlan(options, {
    method: 'states',
    columns: namedColumns({ id, start, stop, to, from, group, cluster, weight }),
    covariates: [],
    horizon: horizon ?? null,
  });
  await writeReport(options, rows, plan, (reports, context) =>
    reports.statesReport(
      { groups: all, times: times ?? null, differences: differences ?? null },
      { ...context, unit: options.unit },
    ),
  );
  if (options.format === 'csv') return printCsv(all.flatMap(rowsOf));
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    interval: options.interval,
    groups: all.map((one, at) => ({
      group: one.group,
      n: one.people,
      followedTo: one.followedTo,
      origin: one.origin,
      atOrigin: one.atOrigin,
      time: [...one.time],
      states: one.states.map((state) => ({
        ...state,
        share: [...state.share],
        se: [...state.se],
        atRisk: [...state.atRisk],
      })),
      transitions: one.transitions.map((move) => ({ ...move, cumulativeHazard: [...move.cumulativeHazard] })),
      ...(times && { timeInStates: times[at]!.map(withoutInfluence) }),
      notes: one.notes,
    })),
    ...(differences && { timeInStatesDifference: differences.map(withoutInfluence) }),
    ...planPart(plan),
  });
}

function rowsOf({ group, time, states }: Occupation): Record<string, string | number | null>[] {
  return states.flatMap(({ state, share, se, lower, upper, atRisk }) =>
    Array.from(time, (at, j) => ({
      group,
      state,
      time: at,
      atRisk: atRisk[j]!,
      share: share[j]!,
      se: se[j]!,
      lower: lower[j]!,
      upper: upper[j]!,
    })),
  );
}
