import { Command } from 'commander';
import { chainsOf, chainTo } from '@meedoen/rights';
import { chainAsJson, chainAsRows } from './print-doors.ts';
import { printCsv, printJson } from './print.ts';
import { withReadingOptions, type ReadingOptions } from './reading-options.ts';
import { knownDayOf } from './day-option.ts';
import { knownName } from './known-name.ts';
import { situationIn } from './situation-option.ts';
import { readingOf } from './variant-option.ts';
import { comparisonTables } from './rights-doors.ts';

type Options = ReadingOptions & {
  situation: string;
  on?: string;
  right?: string;
};

export function chainVerb(): Command {
  const verb = new Command('chain')
    .description('What must come first, by whom and when, and what each delay costs.')
    .requiredOption('--situation <file>', 'what is known about the person: a situation.json, or - for stdin')
    .option('--on <date>', 'the day to reckon from (default: today in the Netherlands)')
    .option('--right <id>', 'the chain to this right only');
  return withReadingOptions(verb)
    .addHelpText(
      'after',
      `
Example: from the first day of an asylum request to wages
  $ meedoen rights chain --situation cli/examples/newcomer.json --on 2026-11-23 --right paid-work --format csv
Every day is reckoned three ways: as early as can be, as expected, and late. A plus behind a day means that it may be later, and no
source says how much. "slack_days" is how long a link may wait before the end does.`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { corpus, reading } = await readingOf(options.variant, options.layer, options.laws);
  const on = knownDayOf(corpus, options.on);
  const ids = corpus.rights.map(({ id }) => id);
  const right = knownName('--right', options.right, ids);
  const { timetable } = comparisonTables(corpus);
  const situation = await situationIn(corpus, options.situation);
  const toRights = (right === undefined ? ids : [right]).flatMap(
    (id) => chainTo(corpus, timetable, situation, on, { ...reading, right: id }) ?? [],
  );
  const others = right === undefined ? chainsOf(corpus, timetable, situation, on, reading) : [];
  const chains = [...toRights, ...others];
  if (options.format === 'csv') printCsv(chains.flatMap(chainAsRows));
  else printJson({ chains: chains.map(chainAsJson) });
}
