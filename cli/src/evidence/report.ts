import { createHash } from 'node:crypto';
import { createReadStream, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { comparePlan, parsePlan, planText, type AnalysisDone, type AnalysisPlan } from '@meedoen/evidence';
import type { Language, PageContext, PlanAnswer, Report, Unit } from '@meedoen/report';
import { parseJson, readInput } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { version } from '../version.ts';
import type { Rows } from './rows.ts';

/** What a verb that can write a report asks besides its data. */
export type PageOptions = {
  data: string;
  report?: string;
  language: Language;
  /** What happened or was measured, as the page calls it; where nothing is said, the name of its column or just that. */
  says?: string;
  plan?: string;
  because?: string;
};

/** The same, where times are counted. */
export type ReportOptions = PageOptions & { unit: Unit };

/** The room that draws is loaded only when there is something to draw: it would double the time to a first word. */
type Reports = typeof import('@meedoen/report');

const units: readonly Unit[] = ['days', 'weeks', 'months', 'years'];

export function withReport(command: Command): Command {
  return withPage(command).addOption(
    new Option('--unit <unit>', 'what the times are counted in').choices(units).default('days'),
  );
}

export function withPage(command: Command): Command {
  return command
    .option('--report <file>', 'write a page to read and print (.html), or its first picture (.svg)')
    .addOption(new Option('--language <language>', 'language of the page').choices(['en', 'nl']).default('en'))
    .option('--says <noun>', 'what happened or was measured, as the page calls it')
    .option('--plan <file>', 'the plan made before the data, to hold this against')
    .option('--because <reason>', 'why this differs from the plan');
}

/** What was promised in `--plan`, held against what is done; `null` without a plan. */
export type PlanCheck = { readonly answer: NonNullable<PlanAnswer>; readonly hash: string } | null;

/** Read the plan, if one was named. Its hash is the SHA-256 of its text in a fixed form, so that layout does not matter. */
export async function checkPlan({ plan, because }: PageOptions, done: AnalysisDone): Promise<PlanCheck> {
  if (plan === undefined) {
    if (because !== undefined)
      throw new Refusal('--because says why something differs from a plan: name it with --plan.');
    return null;
  }
  const input = await readInput(plan);
  const parsed = parsePlan(parseJson(input));
  if (!parsed.ok) throw new Refusal([{ ...parsed.problem, at: { ...parsed.problem.at, file: input.name } }]);
  return { answer: answerOf(parsed.value, done, because ?? null), hash: sha256(planText(parsed.value)) };
}

function answerOf(plan: AnalysisPlan, done: AnalysisDone, because: string | null): NonNullable<PlanAnswer> {
  return { ...comparePlan(plan, done), decidedOn: plan.decidedOn, because };
}

/** How the JSON tells of the plan; nothing without one. */
export function planPart(check: PlanCheck): object {
  if (!check) return {};
  const { asPlanned, changes, decidedOn, because } = check.answer;
  return { plan: { hash: check.hash, decidedOn, asPlanned, changes, because } };
}

/** Make the page and write it whole or not at all: first beside, then in place. */
export async function writeReport(
  options: PageOptions,
  rows: Pick<Rows, 'name' | 'lines' | 'dropped'>,
  check: PlanCheck,
  make: (reports: Reports, context: PageContext) => Report,
): Promise<void> {
  const { report: path, language, says } = options;
  if (path === undefined) return;
  if (!/\.(html|svg)$/i.test(path)) throw new Refusal(`--report ${path}: let the name end in .html or .svg.`);
  const reports = await import('@meedoen/report');
  const report = make(reports, {
    language,
    event: says ?? reports.unnamed[language].event,
    plan: check && check.answer,
    provenance: {
      data: rows.name === 'stdin' ? 'stdin' : basename(rows.name),
      dataHash: options.data === '-' ? null : await hashOfFile(options.data),
      rows: rows.lines.length,
      dropped: rows.dropped,
      command: commandLine(),
      version,
      plan: check && { hash: check.hash, decidedOn: check.answer.decidedOn },
    },
  });
  const text = /\.svg$/i.test(path) ? (report.figures[0]?.svg ?? '') : reports.page(report, language);
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (problem) {
    throw new Refusal(
      `--report ${path}: cannot be written (${(problem as NodeJS.ErrnoException).code}). Check the folder.`,
    );
  }
  console.error(`Wrote ${path}.`);
}

/** The words after `meedoen`, without folders: they differ between machines and say nothing about the result. */
function commandLine(): string {
  const words = process.argv.slice(2).map((word) => (/[/\\]/.test(word) ? basename(word) : word));
  return [
    'meedoen',
    ...words.map((word) => (/^[\w.,:=+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)),
  ].join(' ');
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The columns that were named, by the part they play. */
export function namedColumns(columns: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
