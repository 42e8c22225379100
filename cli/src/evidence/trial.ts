import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import {
  adaptiveInference,
  armAt,
  assign,
  asymptoticSequence,
  auditBatches,
  batchByBatch,
  nextBatch,
  parseSignatures,
  parseTrialPlan,
  proposeBatch,
  releaseBatch,
  replayTest,
  sampleRatio,
  type AdaptiveWeights,
  type BatchProposal,
  type ReleasedBatch,
  type Signature,
  type StratifiedHistory,
  type TrialHistory,
  type TrialPlan,
} from '@meedoen/trials';
import { isoDay, type Parsed } from '@meedoen/units';
import { printCsv, printJson, type Format } from '../print.ts';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { today } from '../today.ts';
import type { Language, TrialResult } from '@meedoen/report';
import { wholeNumber } from './option-numbers.ts';
import { writeReport } from './report.ts';
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
    .option('--signatures <file>', 'who let which batch begin, as JSON; nobody is assigned without')
    .option('--sign <name>', 'sign the proposal for the next batch, as this name or function')
    .option('--although <reason>', 'with --sign: why to go on where the plan advises to stop or to close an arm')
    .option('--person <column>', 'with --secret: draw everybody of the history again, to check that nobody chose')
    .option('--replay <draws>', 'also run the whole programme again so often as if no arm did anything', replays)
    .option('--seed <number>', 'of those replays', wholeNumber('--seed'), 1)
    .option('--report <file>', 'write a page to read and print (.html), or its first picture (.svg)')
    .addOption(new Option('--language <language>', 'language of the page').choices(['en', 'nl']).default('en'))
    .option('--says <noun>', 'the outcome, as the page calls it')
    .addHelpText(
      'after',
      `
Example: probabilities for the next people, and honest estimates so far
  $ meedoen evidence trial --plan plan.json --history people.csv
Look at the proposal, sign it, and only then assign:
  $ meedoen evidence trial --plan plan.json --history people.csv --signatures signed.json --sign "team leader"
  $ meedoen evidence trial --plan plan.json --history people.csv --signatures signed.json \\
      --assign next.csv --secret secret.txt
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
  person?: string;
  probability: string;
  assign?: string;
  secret?: string;
  signatures?: string;
  sign?: string;
  although?: string;
  replay?: number;
  seed: number;
  report?: string;
  language: Language;
  says?: string;
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
  const { history, rows } = read ?? { history: nobody(plan), rows: null };
  const number = history.batch.length === 0 ? 1 : history.batch[history.batch.length - 1]! + 1;
  const answer = <T>(found: Parsed<T>): T =>
    rows ? accept(found, rows, { outcome: options.outcome }) : orRefuse(found);
  const proposal = answer(proposeBatch(plan, history, number, sha256));
  const signatures = await signaturesIn(options);

  if (options.sign !== undefined) return sign(proposal, signatures, options);
  const ratio = rows && sampleRatio(history);
  if (options.assign !== undefined) {
    if (ratio?.ok && ratio.value.alarm) {
      throw new Refusal(
        `${rows!.name}: people were not assigned as was logged (sample-ratio alarm). Find out why before anybody else is assigned.`,
      );
    }
    const batch = orRefuse(releaseBatch(proposal, signatures));
    return printAssignments(await assignmentsOf(options.assign, plan, batch, options), batch, options.probability);
  }
  const next = answer(nextBatch(plan, history, number));
  const audits = rows ? answer(auditBatches(plan, history, signatures, sha256)) : [];
  const replay =
    rows && options.replay !== undefined
      ? replayTest(plan, history, { draws: options.replay, seed: options.seed })
      : null;
  if (options.report !== undefined) {
    const inference = rows && adaptiveInference(history);
    const result: TrialResult = {
      programme: plan.programme,
      batches: answer(batchByBatch(plan, history)),
      inference: inference?.ok ? inference.value : null,
      audits,
      ratioAlarm: ratio?.ok === true && ratio.value.alarm,
      replay: replay?.ok ? replay.value : null,
    };
    const { report, language, says } = options;
    const from = rows ?? { name: options.plan, lines: [], dropped: 0 };
    await writeReport(
      { report, language, ...(says !== undefined && { says }), data: options.history ?? options.plan },
      from,
      null,
      (reports, context) =>
        reports.trialReport(result, { ...context, event: says ?? reports.unnamed[language].outcome }),
    );
  }
  if (options.format === 'csv') {
    return printCsv(
      next.strata.flatMap(({ stratum, arms }) =>
        arms.map(({ closedBecause, ...arm }) => ({ stratum, ...arm, closedBecause: closedBecause ?? '' })),
      ),
    );
  }
  const { hash, planHash } = proposal;
  printJson({
    programme: plan.programme,
    people: history.arm.length,
    ...(rows && { dropped: rows.dropped }),
    batch: number,
    next,
    proposal: {
      hash,
      planHash,
      signed: answerOrReason(releaseBatch(proposal, signatures), ({ signature }) => signature),
    },
    ...(rows && {
      effects: effectsOf(history),
      sampleRatio: answerOrReason(ratio!, shownRatio),
      batches: audits,
      ...(replay && { replay: answerOrReason(replay) }),
      ...(options.person !== undefined &&
        options.secret !== undefined && { drawn: drawnAs(rows, plan, history, options) }),
    }),
  });
}

function nobody({ arms }: TrialPlan): StratifiedHistory {
  return { arms, batch: [], arm: [], outcome: [], probabilities: [], stratum: [] };
}

async function signaturesIn({ signatures: path }: Options): Promise<readonly Signature[]> {
  if (path === undefined || !existsSync(path)) return [];
  const input = await readInput(path);
  const read = parseSignatures(parseJson(input));
  if (read.ok) return read.value;
  throw new Refusal([{ ...read.problem, at: { ...read.problem.at, file: input.name } }]);
}

/** Put a signature under exactly this proposal, and print it. The file is written whole or not at all. */
function sign(
  proposal: BatchProposal,
  signatures: readonly Signature[],
  { sign: signedBy, although, signatures: path }: Options,
): void {
  if (path === undefined) throw new Refusal('--sign needs --signatures: the file in which signatures are kept.');
  const { batch, hash, advice } = proposal;
  const before = signatures.find((one) => one.batch === batch);
  if (before) {
    throw new Refusal(
      `${path}: batch ${batch} was signed by ${before.signedBy} on ${before.signedOn}. Take that signature out first, if nobody was assigned under it.`,
    );
  }
  const signature: Signature = {
    batch,
    hash,
    signedBy: signedBy!,
    signedOn: isoDay(today()),
    although: although ?? null,
  };
  orRefuse(releaseBatch(proposal, [signature]));
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, `${JSON.stringify([...signatures, signature], null, 2)}\n`);
    renameSync(beside, path);
  } catch (problem) {
    throw new Refusal(
      `--signatures ${path}: cannot be written (${(problem as NodeJS.ErrnoException).code}). Check the folder.`,
    );
  }
  printJson({ signed: signature, advice });
}

type Assignment = { person: string; stratum: string; arm: string; probabilities: readonly number[] };

/**
 * The arm of each person follows from an HMAC-SHA-256 of programme and person under the secret: nobody chooses, asking
 * again gives the same, and whoever may see the secret can check every one.
 */
async function assignmentsOf(
  path: string,
  plan: TrialPlan,
  batch: ReleasedBatch,
  { secret: secretPath, stratum }: Options,
): Promise<Assignment[]> {
  if (secretPath === undefined)
    throw new Refusal('--assign needs --secret: a file with at least 16 signs that nobody can guess.');
  const secret = secretOf(secretPath);
  const rows = await completeRows(path, ['person', plan.strata.length > 1 ? stratum : undefined]);
  const strata = plan.strata.length > 1 ? textsOf(rows, stratum!) : null;
  return textsOf(rows, 'person').map((person, row) => {
    const name = strata?.[row] ?? plan.strata[0]!;
    const found = assign(batch, name, shareOf(secret, plan, person));
    if (!found.ok) throw cellRefusal(rows, stratum!, row, `column ${stratum}: ${found.problem.message}`);
    return { person, stratum: name, ...found.value };
  });
}

/** 53 bits of the keyed hash, as many as a number between 0 and 1 holds. */
function shareOf(secret: string, { programme }: TrialPlan, person: string): number {
  const digest = createHmac('sha256', secret).update(`${programme}\n${person}`).digest();
  return (digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11)) / 2 ** 53;
}

/** Draw every person of the history again from the secret and the logged probabilities: nobody chose. */
function drawnAs(rows: Rows, plan: TrialPlan, { arm, probabilities }: StratifiedHistory, options: Options): unknown {
  const secret = secretOf(options.secret!);
  const k = plan.arms.length;
  const others = textsOf(rows, options.person!).flatMap((person, i) => {
    const own = Array.from({ length: k }, (_, d) => probabilities[i * k + d]!);
    return armAt(own, shareOf(secret, plan, person)) === arm[i] ? [] : [{ line: rows.lines[i], person }];
  });
  return { people: arm.length, asDrawn: arm.length - others.length, others };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
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

/** Always CSV: these rows, with the outcome, are the next part of the history. */
function printAssignments(assignments: readonly Assignment[], released: ReleasedBatch, prefix: string): void {
  const { arms } = released.strata[0]!;
  printCsv(
    assignments.map(({ person, stratum, arm, probabilities }) => ({
      person,
      batch: released.batch,
      stratum,
      arm,
      ...Object.fromEntries(arms.map(({ arm: name }, at) => [`${prefix}${name}`, probabilities[at]!])),
      proposal: released.hash,
    })),
  );
}

function replays(text: string): number {
  const draws = Number(text);
  if (Number.isInteger(draws) && draws >= 19) return draws;
  throw new Refusal(`--replay ${text}: write a whole number from 19 up, such as 499.`);
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
function anyTime({ arms, outcome, probabilities }: TrialHistory, scores: Float64Array): unknown {
  const k = arms.length;
  return arms.slice(1).map((arm, at) => {
    let n = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < outcome.length; i++) {
      if (probabilities[i * k + at + 1] === 0) continue; // closed to this person
      n++;
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
  { batch, arm, outcome, stratum, person, probability }: Options,
): Promise<{ rows: Rows; history: StratifiedHistory }> {
  const logged = plan.arms.map((name) => probability + name);
  const rows = await completeRows(path, [batch, arm, outcome, stratum, person, ...logged]);
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
  const [batches, y] = [numbersOf(rows, batch), numbersOf(rows, outcome)];
  return { rows, history: { arms: plan.arms, batch: batches, arm: arms, outcome: y, probabilities, stratum: strata } };
}
