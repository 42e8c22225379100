import { Command, Option } from 'commander';
import {
  compareReadings,
  ownDoor,
  situationAt,
  unknownCode,
  type Compared,
  type Corpus,
  type Counting,
} from '@meedoen/rights';
import { addDays, addYears, isoDay } from '@meedoen/units';
import { dayOf, knownDayOf } from './day-option.ts';
import { knownName } from './known-name.ts';
import { readPopulation, type Population } from './population.ts';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { Refusal } from './refusal.ts';
import { comparisonTables } from './rights-doors.ts';
import { readingsOf } from './variant-option.ts';

type Options = {
  variants: string;
  population: string;
  right: string;
  from?: string;
  to?: string;
  by: string;
  steps: 'done' | 'as-known';
  laws?: string;
  format: Format;
};

/** Days in a month, on average over the years: 365.25 / 12. */
const daysInMonth = 30.4375;

export function compareVerb(): Command {
  return new Command('compare')
    .description('What one policy variant gives or takes beside another, in person-months of a right.')
    .requiredOption(
      '--variants <a,b>',
      'two of: a variant, such as day-one; a replacement file of your own (FILE.yaml); a layer, such as applied',
    )
    .requiredOption('--population <file>', 'CSV or Parquet: a column per fact, a row per person; - for stdin')
    .option('--right <id>', 'the right to count', 'paid-work')
    .option('--from <date>', 'the first day that counts (default: today in the Netherlands)')
    .option('--to <date>', 'the last day that counts (default: a year in all)')
    .option('--by <fact>', 'add up by this choice or yes-or-no fact, or by "door"', 'document')
    .addOption(
      new Option('--steps <which>', 'count days as if every step were done, or by the steps as they are known')
        .choices(['done', 'as-known'])
        .default('done'),
    )
    .option('--laws <folder>', 'law files to use in place of ours')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'))
    .addHelpText(
      'after',
      `
Example: work from day one against the law as applied, in the year from 1 November 2026 on
  $ meedoen rights compare --variants applied,day-one --population cli/examples/population.csv --from 2026-11-01 --to 2027-10-31 --format csv
Every day is counted, from one change of the law or of the person's life to the next. A person-month is 30.4375 days. Days
of which the law cannot say whether they are permitted stand apart, and count as not permitted. A row with a "count" of 250
counts 250 times. Nothing is said about whether people find work: only whether they may.`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const names = options.variants.split(',').map((name) => name.trim());
  const [first, second] = names;
  if (names.length !== 2 || first === '' || second === '')
    throw new Refusal(`--variants ${options.variants}: name two, with a comma between, such as applied,day-one.`);
  if (first === second)
    throw new Refusal(`--variants ${options.variants}: these are the same. Name two different ones.`);
  const { corpus, readings } = await readingsOf('--variants', names, options.laws);
  const from = knownDayOf(corpus, options.from, '--from');
  const to = options.to === undefined ? addDays(addYears(from, 1), -1) : dayOf(options.to, '--to');
  if (to < from) throw new Refusal(`--to ${isoDay(to)}: this lies before ${isoDay(from)}. Give a later day.`);
  const right = knownName(
    '--right',
    options.right,
    corpus.rights.map(({ id }) => id),
  );
  const groupIn = groupsBy(corpus, options.by);
  const population = await readPopulation(corpus, options.population);
  const counting: Omit<Counting, 'layer' | 'variant'> = {
    right,
    from,
    to,
    steps: options.steps === 'done' ? 'done' : 'as they are',
  };
  const groups = compareReadings(
    corpus,
    population.columns,
    population.rows,
    counting,
    [readings[0]!, readings[1]!],
    groupIn(population),
    population.count,
  );
  const all = [...groups, totalOf(groups)];
  if (options.format === 'csv') return printCsv(all.map((group) => ({ [options.by]: group.group, ...asRow(group) })));
  const { people, ...total } = asJson(all.at(-1)!);
  printJson({
    right,
    from: isoDay(from),
    to: isoDay(to),
    steps: options.steps,
    variants: { first, second },
    personMonth: `${daysInMonth} days`,
    people,
    total,
    by: options.by,
    groups: groups.map((group) => ({ group: group.group, ...asJson(group) })),
  });
}

/** The group of each row, by a fact or by door. */
function groupsBy(corpus: Corpus, by: string): (population: Population) => (row: number) => string {
  const { facts } = corpus;
  const countable = facts.facts.filter(({ type }) => type === 'choice' || type === 'boolean');
  knownName('--by', by, [...countable.map(({ id }) => id), 'door']);
  const fact = countable.find(({ id }) => id === by);
  if (fact) {
    const names = fact.type === 'boolean' ? ['false', 'true'] : fact.choices;
    return ({ columns }) => {
      const codes = columns[fact.id];
      return (row) => names[codes?.[row] ?? unknownCode] ?? 'not known';
    };
  }
  const { doors } = comparisonTables(corpus);
  const deciding = [...new Set(doors.doors.flatMap(({ sets }) => Object.keys(sets)))];
  return ({ columns }) => {
    const told = deciding.filter((id) => columns[id]);
    const known = new Map<string, string>();
    return (row) => {
      const key = told.map((id) => columns[id]![row]).join();
      const door = known.get(key) ?? ownDoor(doors, situationAt(facts, columns, row)) ?? 'not known';
      known.set(key, door);
      return door;
    };
  };
}

function totalOf(groups: readonly Compared[]): Compared {
  const sum = (key: keyof Omit<Compared, 'group'>): number => groups.reduce((total, group) => total + group[key], 0);
  return {
    group: 'total',
    people: sum('people'),
    daysUnderFirst: sum('daysUnderFirst'),
    daysUnderSecond: sum('daysUnderSecond'),
    daysGained: sum('daysGained'),
    daysLost: sum('daysLost'),
    peopleWhoGain: sum('peopleWhoGain'),
    peopleWhoLose: sum('peopleWhoLose'),
    daysUnknown: sum('daysUnknown'),
  };
}

/** Days are exact; months are rounded to two decimals. */
const months = (days: number): number => Number((days / daysInMonth).toFixed(2));

function asRow(group: Compared): Record<string, number> {
  return {
    people: group.people,
    months_first: months(group.daysUnderFirst),
    months_second: months(group.daysUnderSecond),
    months_gained: months(group.daysGained),
    months_lost: months(group.daysLost),
    people_who_gain: group.peopleWhoGain,
    people_who_lose: group.peopleWhoLose,
    months_unknown: months(group.daysUnknown),
    days_gained: group.daysGained,
    days_lost: group.daysLost,
  };
}

function asJson({ group: _, people, peopleWhoGain, peopleWhoLose, ...days }: Compared) {
  return {
    people,
    peopleWhoGain,
    peopleWhoLose,
    personMonths: {
      first: months(days.daysUnderFirst),
      second: months(days.daysUnderSecond),
      gained: months(days.daysGained),
      lost: months(days.daysLost),
      unknown: months(days.daysUnknown),
    },
    days: {
      first: days.daysUnderFirst,
      second: days.daysUnderSecond,
      gained: days.daysGained,
      lost: days.daysLost,
      unknown: days.daysUnknown,
    },
  };
}
