import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  adaptiveInference,
  armAt,
  asymptoticSequence,
  nextBatch,
  parseTrialPlan,
  sampleRatio,
  type AdaptiveWeights,
  type NextBatch,
  type TrialHistory,
  type TrialPlan,
} from '@meedoen/trials';
import type { Parsed } from '@meedoen/units';
import { printCsv, printJson, type Format } from '../print.ts';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { accept, answerOrReason, cellRefusal, completeRows, numbersOf, textsOf, type Rows } from './rows.ts';
import { withFormat } from './with-data.ts';

export function trialVerb(evidence: Command): void {
  withFormat(evidence.command('trial'))
    .description('A programme that learns while it runs: who gets what next, and what each arm does.')
    .requiredOption('--plan <file>', 'programme, arms (the first is the control), strata and rules, as JSON')
    .option('--history <file>', 'a CSV file with one row a person, in the order of assignment; none before the first')
    .option('--batch <column>', 'number of the batch', 'batch')
    .option('--arm <column>', 'the arm that was given', 'arm')
    .option('--outcome <column>', 'the early measure: 1 or 0', 'outcome')
    .option('--stratum <column>', 'the stratum of the plan, where it has several')
    .option('--probability <prefix>', 'columns with the logged probabilities: this and the name of the arm', 'p_')
    .option('--assign <file>', 'people to assign now: a CSV file with a column person (and the stratum)')
    .option('--secret <file>', 'a file with the secret from which assignments follow; keep it')
    .addHelpText(
      'after',
      `
Example: probabilities for the next people, and honest estimates so far
  $ meedoen evidence trial --plan plan.json --history people.csv
The history needs the logged probability of every arm for every person: p_letter, p_call, …`,
    )
    .action(run);
}

type Options = {
  plan: string;
  history?: string;
  format: Format;
  batch: string;
  arm: string;
  outcome: string;
  stratum?: string;
  probability: string;
  assign?: string;
  secret?: string;
};

async function run(options: Options): Promise<void> {
  const input = await readInput(options.plan);
  const parsed = parseTrialPlan(parseJson(input));
  if (!parsed.ok) throw new Refusal([{ ...parsed.problem, at: { ...parsed.problem.at, file: input.name } }]);
  const plan = parsed.value;
  if (plan.strata.length > 1 && options.history !== undefined && options.stratum === undefined) {
    throw new Refusal(`${input.name}: the plan has ${plan.strata.length} strata. Name their column with --stratum.`);
  }
  const read = options.history === undefined ? null : await historyOf(options.history, plan, options);
  const outcomes = read?.outcomes ?? { stratum: [], arm: [], outcome: [] };
  const next = nextBatch(plan, outcomes);
  const batch = read ? accept(next, read.rows, { outcome: options.outcome }) : orRefuse(next);

  if (options.assign !== undefined) {
    return printAssignments(await assignmentsOf(options.assign, plan, batch, options), plan, options.probability);
  }
  if (options.format === 'csv') {
    return printCsv(batch.strata.flatMap(({ stratum, arms }) => arms.map((arm) => ({ stratum, ...arm }))));
  }
  printJson({
    programme: plan.programme,
    people: outcomes.arm.length,
    ...(read && { dropped: read.rows.dropped }),
    next: batch,
    ...(read && {
      effects: effectsOf(read.history),
      sampleRatio: answerOrReason(sampleRatio(read.history), shownRatio),
    }),
  });
}

type Assignment = { person: string; stratum: string; arm: string; probabilities: readonly number[] };

/**
 * The arm of each person follows from an HMAC-SHA-256 of programme and person under the secret: nobody chooses, asking
 * again gives the same, and whoever may see the secret can check every one.
 */
async function assignmentsOf(
  path: string,
  plan: TrialPlan,
  batch: NextBatch,
  { secret: secretPath, stratum }: Options,
): Promise<Assignment[]> {
  if (secretPath === undefined)
    throw new Refusal('--assign needs --secret: a file with at least 16 signs that nobody can guess.');
  const secret = secretOf(secretPath);
  const rows = await completeRows(path, ['person', plan.strata.length > 1 ? stratum : undefined]);
  const strata = plan.strata.length > 1 ? textsOf(rows, stratum!) : null;
  return textsOf(rows, 'person').map((person, row) => {
    const name = strata?.[row] ?? plan.strata[0]!;
    const found = batch.strata.find((one) => one.stratum === name);
    if (!found) {
      throw cellRefusal(
        rows,
        stratum!,
        row,
        `column ${stratum}: "${name}" is no stratum of the plan. Use one of: ${plan.strata.join(', ')}.`,
      );
    }
    const probabilities = found.arms.map(({ probability }) => probability);
    const digest = createHmac('sha256', secret).update(`${plan.programme}\n${person}`).digest();
    // 53 bits, as many as a number between 0 and 1 holds.
    const share = (digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11)) / 2 ** 53;
    return { person, stratum: name, arm: plan.arms[armAt(probabilities, share)]!, probabilities };
  });
}

function secretOf(path: string): string {
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch {
    throw new Refusal(`--secret ${path}: this file cannot be read. Check the name.`);
  }
  if (secret.length < 16)
    throw new Refusal(`--secret ${path}: this is too short to be secret. Put at least 16 signs in it.`);
  return secret;
}

/** Always CSV: these rows, with batch and outcome, are the next part of the history. */
function printAssignments(assignments: readonly Assignment[], { arms }: TrialPlan, prefix: string): void {
  printCsv(
    assignments.map(({ person, stratum, arm, probabilities }) => ({
      person,
      stratum,
      arm,
      ...Object.fromEntries(arms.map((name, at) => [`${prefix}${name}`, probabilities[at]!])),
    })),
  );
}

function orRefuse<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Refusal(parsed.problem.message);
  return parsed.value;
}

/** Plain means beside the two honest ways, and a sequence that may be looked at after every batch. */
function effectsOf(history: TrialHistory): unknown {
  const kinds: readonly AdaptiveWeights[] = ['constant-allocation', 'uniform'];
  return {
    plainMeans: history.arms.map((name, d) => {
      let people = 0;
      let sum = 0;
      for (let i = 0; i < history.outcome.length; i++) {
        if (history.arm[i] !== d) continue;
        people++;
        sum += history.outcome[i]!;
      }
      return { arm: name, people, mean: people > 0 ? sum / people : null };
    }),
    note: 'A plain mean after an assignment that learns is too low for arms that fell out of favour. Read the estimates below.',
    ...Object.fromEntries(
      kinds.map((weights) => [
        weights,
        answerOrReason(adaptiveInference(history, { weights }), ({ arms, contrasts, scores }) => ({
          arms: arms.map(({ arm, estimate, se, ci }) => ({ arm, estimate, se, ci })),
          contrasts: contrasts.map(({ arms: pair, estimate, se, ci, p, level, smallestDetectable }) => ({
            arms: pair,
            estimate,
            se,
            ci,
            p,
            level,
            smallestDetectable,
          })),
          ...(weights === 'uniform' && { anyTime: anyTime(history, scores) }),
        })),
      ]),
    ),
  };
}

/** For each arm against the control, limits that hold however often one looks. */
function anyTime({ arms, outcome }: TrialHistory, scores: Float64Array): unknown {
  const [k, n] = [arms.length, outcome.length];
  return arms.slice(1).map((arm, at) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const difference = scores[i * k + at + 1]! - scores[i * k]!;
      sum += difference;
      squares += difference * difference;
    }
    const mean = sum / n;
    return {
      arms: [arm, arms[0]],
      ...asymptoticSequence({ mean, sd: Math.sqrt(squares / n - mean * mean), count: n }),
    };
  });
}

function shownRatio({
  batches,
  alarm,
}: {
  batches: readonly { assigned: Float64Array; expected: Float64Array }[];
  alarm: boolean;
}): unknown {
  return {
    alarm,
    batches: batches.map((one) => ({ ...one, assigned: [...one.assigned], expected: [...one.expected] })),
  };
}

async function historyOf(
  path: string,
  plan: TrialPlan,
  { batch, arm, outcome, stratum, probability }: Options,
): Promise<{ rows: Rows; history: TrialHistory; outcomes: Parameters<typeof nextBatch>[1] }> {
  const logged = plan.arms.map((name) => probability + name);
  const rows = await completeRows(path, [batch, arm, outcome, stratum, ...logged]);
  const among = (column: string, names: readonly string[], what: string): Int32Array => {
    const place = new Map(names.map((name, at) => [name, at]));
    return Int32Array.from(textsOf(rows, column), (text, row) => {
      const at = place.get(text);
      if (at !== undefined) return at;
      throw cellRefusal(
        rows,
        column,
        row,
        `column ${column}: "${text}" is no ${what} of the plan. Use one of: ${names.join(', ')}.`,
      );
    });
  };
  const arms = among(arm, plan.arms, 'arm');
  const strata = stratum === undefined ? new Int32Array(arms.length) : among(stratum, plan.strata, 'stratum');
  const columns = logged.map((name) => numbersOf(rows, name));
  const probabilities = new Float64Array(arms.length * plan.arms.length);
  columns.forEach((column, d) => column.forEach((p, i) => (probabilities[i * columns.length + d] = p)));
  const y = numbersOf(rows, outcome);
  const history = { arms: plan.arms, batch: numbersOf(rows, batch), arm: arms, outcome: y, probabilities };
  return { rows, history, outcomes: { stratum: strata, arm: arms, outcome: y } };
}
