import { Command } from 'commander';
import {
  answer,
  answerAll,
  nextQuestion,
  smallestChange,
  type Answer,
  type Corpus,
  type Reading,
  type Situation,
} from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { answerPopulation } from './answer-population.ts';
import { knownDayOf } from './day-option.ts';
import { knownName } from './known-name.ts';
import { answerAsJson, answerAsRow } from './print-answer.ts';
import { changeAsJson } from './print-change.ts';
import { printCsv, printJson } from './print.ts';
import { withReadingOptions, type ReadingOptions } from './reading-options.ts';
import { chainVerb } from './rights-chain.ts';
import { readPopulation } from './population.ts';
import { Refusal } from './refusal.ts';
import { compareVerb } from './rights-compare.ts';
import { comparisonTables, doorsVerb } from './rights-doors.ts';
import { lawVerb } from './rights-law.ts';
import { testVerb } from './rights-test.ts';
import { situationIn } from './situation-option.ts';
import { readingOf } from './variant-option.ts';

/** `meedoen rights …`: what may and must somebody do? */
export function rightsVerbs(): Command {
  const rights = new Command('rights').description(
    'What may and must I do, from when, by which article, and what comes first?',
  );

  const answering = rights
    .command('answer')
    .description('Answer every right and duty for one situation, or for a whole population.')
    .option('--situation <file>', 'what is known about the person: a situation.json, or - for stdin')
    .option(
      '--population <file>',
      'in its place many people: CSV or Parquet, a column per fact, a row per person; - for stdin',
    )
    .option('--on <date>', 'the day to answer for (default: today in the Netherlands)')
    .option('--right <id>', 'this right only')
    .option('--changes', 'in the JSON also the smallest change of facts that would change each answer');
  withReadingOptions(answering)
    .addHelpText(
      'after',
      `
Example: an asylum applicant in the fifth month
  $ meedoen rights answer --situation cli/examples/applicant.json --on 2026-11-23 --right paid-work
A whole population, a row a person and right (the JSON counts the people per answer)
  $ meedoen rights answer --population cli/examples/population.csv --on 2026-11-23 --right paid-work --format csv
The answer says yes, no, not yet or unknown; "because" cites the articles, "first" says what comes first, and
"missing" names the facts that could decide it. A fact that is null was asked and is not known.
With --changes: all smallest sets of facts (up to three) that would give another yes, no or not yet. A comparison, not
advice.`,
    )
    .action(answerVerb);

  rights.addCommand(lawVerb());
  rights.addCommand(testVerb());
  rights.addCommand(doorsVerb());
  rights.addCommand(chainVerb());
  rights.addCommand(compareVerb());
  return rights;
}

type AnswerOptions = ReadingOptions & {
  situation?: string;
  population?: string;
  on?: string;
  right?: string;
  changes?: boolean;
};

async function answerVerb(options: AnswerOptions): Promise<void> {
  const { situation: file, population } = options;
  if ((file === undefined) === (population === undefined))
    throw new Refusal('Give --situation for one person, or --population for many. One of them, and not both.');
  if (options.changes && (population !== undefined || options.format === 'csv'))
    throw new Refusal('--changes is for one person, and in JSON. Leave out --population and --format csv.');
  const { corpus, reading } = await readingOf(options.variant, options.layer, options.laws);
  const on = knownDayOf(corpus, options.on);
  const right = knownName(
    '--right',
    options.right,
    corpus.rights.map(({ id }) => id),
  );

  if (population !== undefined) {
    const people = await readPopulation(corpus, population);
    return answerPopulation(corpus, people, { on, right, reading, format: options.format });
  }
  const situation = await situationIn(corpus, file!);
  const answers =
    right === undefined
      ? answerAll(corpus, situation, on, reading)
      : [answer(corpus, situation, on, { ...reading, right })];
  if (options.format === 'csv') printCsv(answers.map(answerAsRow));
  else
    printJson({
      answers: answers.map(answerAsJson),
      nextQuestion: nextQuestion(corpus, situation, on, reading),
      ...(options.changes && { smallestChanges: changesOf(corpus, situation, on, answers, reading) }),
    });
}

function changesOf(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  answers: readonly Answer[],
  reading: Reading,
): readonly unknown[] {
  const { doors } = comparisonTables(corpus);
  return answers.map(({ right }) => changeAsJson(smallestChange(corpus, doors, situation, on, { ...reading, right })));
}
