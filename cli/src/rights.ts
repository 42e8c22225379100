import { Command, Option } from 'commander';
import { answer, answerAll, evaluateLaw, nextQuestion, type Json } from '@meedoen/rights';
import { layers, type Layer } from '@meedoen/units';
import { corpusOf, lawsIn } from './laws.ts';
import { answerAsJson, answerAsRow } from './print-answer.ts';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { parseJson, readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';
import { dayOf, knownName, situationIn, variantsOf } from './rights/asking.ts';
import { chainVerb } from './rights/chain.ts';
import { doorsVerb } from './rights/doors.ts';

/** `meedoen rights …`: what may and must somebody do? */
export function rightsVerbs(): Command {
  const rights = new Command('rights').description(
    'What may and must I do, from when, by which article, and what comes first?',
  );

  rights
    .command('answer')
    .description('Answer every right and duty for one situation.')
    .requiredOption('--situation <file>', 'what is known about the person: a situation.json, or - for stdin')
    .option('--on <date>', 'the day to answer for (default: today in the Netherlands)')
    .option('--right <id>', 'this right only')
    .option('--variant <name>', 'the law as a policy variant would have it, such as day-one')
    .addOption(new Option('--layer <layer>', 'in which sense of the law').choices(layers).default('applied'))
    .option('--laws <folder>', 'law files to use in place of ours')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'))
    .addHelpText(
      'after',
      `
Example: an asylum applicant in the fifth month
  $ meedoen rights answer --situation cli/examples/applicant.json --on 2026-11-23 --right paid-work
The answer says yes, no, not yet or unknown; "because" cites the articles, "first" says what comes first, and
"missing" names the facts that could decide it. A fact that is null was asked and is not known.`,
    )
    .action(answerVerb);

  rights
    .command('law')
    .description('Evaluate named outputs of one law file (RegelRecht format).')
    .requiredOption('--laws <folder>', 'the folder with law files')
    .requiredOption('--law <id>', 'the law, by its $id')
    .requiredOption('--output <names>', 'outputs, with commas between them')
    .requiredOption('--parameters <file>', 'parameters as a JSON object, or - for stdin')
    .requiredOption('--on <date>', 'the day for which the law is asked')
    .option('--trace', 'show every step of the calculation', false)
    .addHelpText(
      'after',
      `
Example: four years of work for a Turkish worker, counted by Decision 1/80
  $ meedoen rights law --laws knowledge/laws --law associatiebesluit_1_80 \\
      --output rechten_associatiebesluit --parameters cli/examples/turkish-worker.json --on 2026-11-23 --trace
Any folder of files in the RegelRecht format will do.`,
    )
    .action(lawVerb);

  rights.addCommand(doorsVerb());
  rights.addCommand(chainVerb());
  return rights;
}

type AnswerOptions = {
  situation: string;
  on?: string;
  right?: string;
  variant?: string;
  layer: Layer;
  laws?: string;
  format: Format;
};

async function answerVerb(options: AnswerOptions): Promise<void> {
  const on = dayOf(options.on);
  const corpus = await corpusOf(options.laws);
  const right = knownName(
    '--right',
    options.right,
    corpus.rights.map(({ id }) => id),
  );
  const variant = knownName('--variant', options.variant, variantsOf(corpus)) ?? null;

  const situation = await situationIn(corpus, options.situation);
  const reading = { layer: options.layer, variant };
  const answers =
    right === undefined
      ? answerAll(corpus, situation, on, reading)
      : [answer(corpus, situation, on, { ...reading, right })];
  if (options.format === 'csv') printCsv(answers.map(answerAsRow));
  else
    printJson({
      answers: answers.map(answerAsJson),
      nextQuestion: nextQuestion(corpus, situation, on, reading),
    });
}

type LawOptions = { laws: string; law: string; output: string; parameters: string; on: string; trace: boolean };

async function lawVerb(options: LawOptions): Promise<void> {
  const on = dayOf(options.on);
  const laws = await lawsIn(options.laws);
  const law = knownName('--law', options.law, [...new Set(laws.map(({ id }) => id))]);
  const parameters = parseJson(await readInput(options.parameters));
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw new Refusal(
      `${options.parameters}: write the parameters as one JSON object, such as { "bsn": "999993653" }.`,
    );
  }
  const outputs = options.output.split(',').map((name) => name.trim());
  const known = laws
    .filter(({ id }) => id === law)
    .flatMap(({ articles }) => articles.flatMap(({ rules }) => rules?.outputs ?? []));
  for (const output of outputs) knownName('--output', output, [...new Set(known.map(({ name }) => name))]);

  // A file gives each value by the name the law reads it under, whether as a parameter or as a fact from outside.
  const values = parameters as Record<string, Json>;
  const result = evaluateLaw(laws, { law, outputs, parameters: values, facts: values, on, trace: options.trace });
  if (!result.ok) {
    if (result.trace) printJson({ trace: result.trace });
    throw new Refusal(result.message);
  }
  printJson(options.trace ? { outputs: result.outputs, trace: result.trace } : { outputs: result.outputs });
}
