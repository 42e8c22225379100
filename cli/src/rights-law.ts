import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  evaluateLaw,
  markingModes,
  receiptOf,
  runProcedure,
  type DataSource,
  type Json,
  type LawRequest,
  type MarkingMode,
} from '@meedoen/rights';
import { dayOf } from './day-option.ts';
import { knownName } from './known-name.ts';
import { lawTextsIn } from './laws.ts';
import { printJson } from './print.ts';
import { projectFolder } from './project-folder.ts';
import { parseJson, readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** `meedoen rights law`: one law by itself. */
export function lawVerb(): Command {
  return new Command('law')
    .description('Evaluate named outputs of one law file (RegelRecht format).')
    .requiredOption('--laws <folder>', 'the folder with law files')
    .requiredOption('--law <id>', 'the law, by its $id')
    .requiredOption('--output <names>', 'outputs, with commas between them')
    .option('--parameters <file>', 'parameters as a JSON object, or - for stdin')
    .option('--data <file>', 'registers that laws may ask, as JSON')
    .requiredOption('--on <date>', 'the day for which the law is asked')
    .addOption(
      new Option('--untranslatable <mode>', 'what to do with what the format cannot express')
        .choices(markingModes)
        .default('error'),
    )
    .option('--stage <name>', 'the stage of the decision, for hooks (default: BESLUIT)')
    .option(
      '--procedure',
      'take the decision through the stages of its procedure, as far as what is known allows',
      false,
    )
    .addOption(
      new Option('--trace [form]', 'show every step of the calculation').choices(['tree', 'document']).preset('tree'),
    )
    .option('--provenance', 'say for each output where it comes from', false)
    .option('--receipt', 'a receipt with everything needed to compute it again', false)
    .addHelpText(
      'after',
      `
Example: four years of work for a Turkish worker, counted by Decision 1/80
  $ meedoen rights law --laws knowledge/laws --law associatiebesluit_1_80 \\
      --output rechten_associatiebesluit --parameters cli/examples/turkish-worker.json --on 2026-11-23 --trace
Any folder of files in the RegelRecht format will do. Registers are written as
  [{ "name": "brp", "key": "bsn", "rows": [{ "bsn": "999993653", "geboortedatum": "1990-05-01" }] }]
with "law": "some_id" where only that law may ask them.`,
    )
    .action(evaluate);
}

type Options = {
  laws: string;
  law: string;
  output: string;
  parameters?: string;
  data?: string;
  on: string;
  untranslatable: MarkingMode;
  stage?: string;
  procedure: boolean;
  trace?: 'tree' | 'document';
  provenance: boolean;
  receipt: boolean;
};

async function evaluate(options: Options): Promise<void> {
  const on = dayOf(options.on);
  const texts = await lawTextsIn(options.laws);
  const laws = texts.map((one) => one.law);
  const law = knownName('--law', options.law, [...new Set(laws.map(({ id }) => id))]);
  const parameters = options.parameters === undefined ? {} : await objectIn(options.parameters);
  const sources = options.data === undefined ? [] : await sourcesIn(options.data);
  const outputs = options.output.split(',').map((name) => name.trim());
  const known = laws
    .filter(({ id }) => id === law)
    .flatMap(({ articles }) => articles.flatMap(({ rules }) => rules?.outputs ?? []));
  for (const output of outputs) knownName('--output', output, [...new Set(known.map(({ name }) => name))]);

  const request: LawRequest = {
    law,
    outputs,
    parameters,
    // A file gives each value by the name the law reads it under, whether as a parameter or as a fact from outside.
    facts: parameters,
    sources,
    on,
    markings: options.untranslatable,
    ...(options.stage === undefined ? {} : { stage: options.stage }),
    ...(options.trace ? { trace: options.trace === 'document' ? 'document' : true } : {}),
    full: true,
  };
  if (options.procedure) {
    const staged = runProcedure(laws, request);
    if (!staged.ok) throw new Refusal(staged.message);
    const { procedure, stages, waiting } = staged;
    return printJson({ procedure, stages, outputs: staged.outputs, waiting });
  }
  const result = evaluateLaw(laws, request);
  const trace = result.traceDocument ?? result.trace;
  if (!result.ok) {
    if (trace) printJson({ trace });
    throw new Refusal(result.message);
  }
  for (const note of result.notes ?? []) console.error(note);
  if (options.receipt) {
    const hashes = new Map(texts.map((one) => [one.law, one.hash]));
    const engine = { name: '@meedoen/rights', version: engineVersion() };
    const at = new Date().toISOString();
    return printJson(receiptOf(laws, request, result, { engine, hashOf: (one) => hashes.get(one) ?? '', at }));
  }
  printJson({
    outputs: result.outputs,
    ...(options.provenance ? { provenance: result.provenance } : {}),
    ...(trace ? { trace } : {}),
  });
}

function engineVersion(): string {
  const manifest = readFileSync(join(projectFolder, 'engines/rights/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function objectIn(file: string): Promise<Record<string, Json>> {
  const parameters = exactJson(await readInput(file));
  if (typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters))
    return parameters as Record<string, Json>;
  throw new Refusal(`${file}: write the parameters as one JSON object, such as { "bsn": "999993653" }.`);
}

async function sourcesIn(file: string): Promise<DataSource[]> {
  const input = exactJson(await readInput(file));
  if (!Array.isArray(input))
    throw new Refusal(`${file}: write the registers as a JSON list: [{ "name", "key", "rows" }].`);
  return input.map((source: unknown, index) => {
    const refuse = (message: string): never => {
      throw new Refusal(`${file}: register ${index + 1}: ${message}`);
    };
    if (!isObject(source)) return refuse('must be an object with "name", "key" and "rows".');
    const { name, key, law = null, rows, ...others } = source;
    const [other] = Object.keys(others);
    if (other !== undefined) return refuse(`has no "${other}". It has "name", "key", "law" and "rows".`);
    if (typeof name !== 'string' || typeof key !== 'string') return refuse('needs a "name" and a "key", both text.');
    if (law !== null && typeof law !== 'string') return refuse('"law" is the id of the one law that may ask it.');
    if (!Array.isArray(rows) || !rows.every(isObject)) return refuse('"rows" is a list of objects, one a person.');
    const without = rows.findIndex((row) => !(key in row));
    if (without >= 0) return refuse(`row ${without + 1} has no "${key}", by which it is found.`);
    return { name, key, law, rows: rows as Record<string, Json>[] };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON in which every number is held as it is written; one with more digits than a number can hold is refused. */
function exactJson(input: { text: string; name: string }): unknown {
  parseJson(input);
  // Node hands a reviver the text of each number.
  return JSON.parse(input.text, function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
    const written = context?.source;
    if (
      typeof value === 'number' &&
      written !== undefined &&
      written.replaceAll(/^-?0*\.?0*|[.]|[eE].*$/g, '').length > 15
    ) {
      throw new Refusal(`${input.name}: ${written} ("${key}") has more digits than JSON keeps. Use at most 15.`);
    }
    return value;
  });
}
