import { Command } from 'commander';
import { knowledgeFolder, readComparisonTables, type ComparisonTables } from '@meedoen/knowledge';
import { doorMatrix, smallestChange, type Corpus } from '@meedoen/rights';
import { changeAsJson } from './print-change.ts';
import { doorsAsJson, doorsAsRows } from './print-doors.ts';
import { printCsv, printJson } from './print.ts';
import { withReadingOptions, type ReadingOptions } from './reading-options.ts';
import { Refusal } from './refusal.ts';
import { knownDayOf } from './day-option.ts';
import { knownName } from './known-name.ts';
import { situationIn } from './situation-option.ts';
import { readingOf } from './variant-option.ts';

type Options = ReadingOptions & {
  situation: string;
  on?: string;
  domain?: string;
};

export function doorsVerb(): Command {
  const verb = new Command('doors')
    .description('The same person behind every other door: only the reason for arrival changes.')
    .requiredOption('--situation <file>', 'what is known about the person: a situation.json, or - for stdin')
    .option('--on <date>', 'the day to answer for (default: today in the Netherlands)')
    .option('--domain <name>', 'the rights and duties of one domain, such as work');
  return withReadingOptions(verb)
    .addHelpText(
      'after',
      `
Example: what the reason for arrival makes of the right to work
  $ meedoen rights doors --situation cli/examples/newcomer.json --on 2026-11-23 --domain work --format csv
One row for each right and door: the answer, the days to wait, when it is open with the steps that come first, euros,
conditions and articles. The same number under "treatment" means the same treatment. The JSON adds the gaps, largest
first, for each domain how many treatments, rules and conditions there are, and for each right the smallest change of
the person's own facts that would change the answer. A comparison, not advice.`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { corpus, reading } = await readingOf(options.variant, options.layer, options.laws);
  const on = knownDayOf(corpus, options.on);
  const domain = knownName('--domain', options.domain, [...new Set(corpus.rights.map((right) => right.domain))]);
  const { doors, timetable } = comparisonTables(corpus);
  const situation = await situationIn(corpus, options.situation);
  const matrix = doorMatrix(corpus, timetable, doors, situation, on, {
    ...reading,
    ...(domain !== undefined && { domain }),
  });
  if (options.format === 'csv') {
    printCsv(doorsAsRows(matrix));
    return;
  }
  const changes = matrix.rows.map(({ right }) => smallestChange(corpus, doors, situation, on, { ...reading, right }));
  printJson({ ...doorsAsJson(matrix), smallestChanges: changes.map(changeAsJson) });
}

/** The doors and the timetable of our knowledge folder. */
export function comparisonTables(corpus: Corpus): ComparisonTables {
  const { doors, timetable, problems } = readComparisonTables(knowledgeFolder(), corpus);
  if (problems.length > 0) throw new Refusal([...problems]);
  return { doors, timetable };
}
