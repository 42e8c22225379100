import { Option, type Command } from 'commander';
import {
  eventsNeeded,
  peopleForMeans,
  peopleForShares,
  powerOfMeans,
  powerOfShares,
  smallestDetectable,
  type Clustering,
} from '@meedoen/trials';
import type { Parsed } from '@meedoen/units';
import { formats, printCsv, printJson, type Format } from '../print.ts';
import { Refusal } from '../refusal.ts';
import { numberText, positiveNumber } from './option-numbers.ts';

export function powerVerb(evidence: Command): void {
  evidence
    .command('power')
    .description('How many people a comparison needs, how sure it is to see an effect, or the smallest it can see.')
    .addOption(
      new Option(
        '--compare <what>',
        'two shares, two means, times until an event, or the smallest difference to be seen',
      )
        .choices(Object.keys(questions))
        .makeOptionMandatory(),
    )
    .option('--from <share>', 'shares: without, such as 0.3', numberText('--from'))
    .option('--to <share>', 'shares: with, such as 0.4', numberText('--to'))
    .option('--difference <number>', 'means: the difference to be seen', numberText('--difference'))
    .option('--sd <number>', 'means, smallest: the standard deviation of people', numberText('--sd'))
    .option('--hazard-ratio <ratio>', 'times: such as 0.7', numberText('--hazard-ratio'))
    .option('--share <share>', 'times, smallest: of people in one arm (default 0.5)', numberText('--share'))
    .option('--people <number>', 'smallest: in both arms together', positiveNumber('--people'))
    .option('--per-arm <number>', 'shares, means: give the power of so many people', positiveNumber('--per-arm'))
    .option('--power <share>', 'how often a true effect must be seen (default 0.8)', numberText('--power'))
    .option('--alpha <share>', 'how often chance may look like one, two-sided', numberText('--alpha'), 0.05)
    .option('--cluster-size <number>', 'people per place, where places are assigned', numberText('--cluster-size'))
    .option('--icc <share>', 'with it: how alike people of one place are', numberText('--icc'))
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'))
    .addHelpText(
      'after',
      `
Example: 30 in 100 in work, 40 hoped for
  $ meedoen evidence power --compare shares --from 0.3 --to 0.4 --format csv`,
    )
    .action(run);
}

type Numbers = {
  from?: number;
  to?: number;
  difference?: number;
  sd?: number;
  hazardRatio?: number;
  share?: number;
  people?: number;
  perArm?: number;
  power?: number;
  clusterSize?: number;
  icc?: number;
};

type Options = Numbers & { compare: keyof typeof questions; alpha: number; format: Format };

type Answer = Readonly<Record<string, number>>;

/** Each kind of question: the options it asks, those it takes beside them, and the engine's answer. */
const questions = {
  shares: {
    asks: ['from', 'to'],
    takes: ['perArm', 'power', 'clusterSize', 'icc'],
    answer: (of: Options, clustering: Clustering | undefined): Parsed<Answer> => {
      const shares = { from: of.from!, to: of.to! };
      return of.perArm === undefined
        ? peopleForShares(shares, of, clustering)
        : powerOfShares(shares, of.perArm, of, clustering);
    },
  },
  means: {
    asks: ['difference', 'sd'],
    takes: ['perArm', 'power', 'clusterSize', 'icc'],
    answer: (of: Options, clustering: Clustering | undefined): Parsed<Answer> => {
      const means = { difference: of.difference!, sd: of.sd! };
      return of.perArm === undefined
        ? peopleForMeans(means, of, clustering)
        : powerOfMeans(means, of.perArm, of, clustering);
    },
  },
  times: {
    asks: ['hazardRatio'],
    takes: ['share', 'power'],
    answer: (of: Options): Parsed<Answer> => {
      const events = eventsNeeded(
        { hazardRatio: of.hazardRatio!, ...(of.share !== undefined && { share: of.share }) },
        of,
      );
      return events.ok ? { ok: true, value: { events: events.value } } : events;
    },
  },
  smallest: {
    asks: ['people', 'sd'],
    takes: ['share', 'power', 'clusterSize', 'icc'],
    answer: (of: Options, clustering: Clustering | undefined): Parsed<Answer> =>
      smallestDetectable(
        { people: of.people!, sd: of.sd!, ...(of.share !== undefined && { share: of.share }) },
        of,
        clustering,
      ),
  },
} as const;

const NUMBERS = [
  'from',
  'to',
  'difference',
  'sd',
  'hazardRatio',
  'share',
  'people',
  'perArm',
  'power',
  'clusterSize',
  'icc',
] as const satisfies readonly (keyof Numbers)[];

function run(options: Options): void {
  const { compare, alpha, format, power, perArm, clusterSize, icc } = options;
  const { asks, takes, answer } = questions[compare];
  const absent = asks.filter((name) => options[name] === undefined);
  if (absent.length > 0) throw new Refusal(`--compare ${compare} asks for ${absent.map(optionOf).join(' and ')} too.`);
  const known: readonly string[] = [...asks, ...takes];
  const idle = NUMBERS.filter((name) => options[name] !== undefined && !known.includes(name));
  if (idle.length > 0) {
    throw new Refusal(`--compare ${compare} does nothing with ${idle.map(optionOf).join(' and ')}. Leave it out.`);
  }
  if (power !== undefined && perArm !== undefined) {
    throw new Refusal('--power and --per-arm: with people given the power is the answer. Give one of the two.');
  }
  if ((clusterSize === undefined) !== (icc === undefined)) {
    throw new Refusal('--cluster-size and --icc go together. Give both, or neither.');
  }
  const clustering = clusterSize === undefined ? undefined : { clusterSize, icc: icc! };
  const found = answer(options, clustering);
  if (!found.ok) throw new Refusal(found.problem.message);
  const asked = Object.fromEntries(
    NUMBERS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const row = { ...asked, ...(perArm === undefined && { power: power ?? 0.8 }), alpha, ...found.value };
  if (format === 'csv') return printCsv([{ compare, ...row }]);
  printJson({ compare, ...row });
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
