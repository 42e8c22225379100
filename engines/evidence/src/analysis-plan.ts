import { parseDay, type Parsed } from '@meedoen/units';
import type { Note } from './estimate.ts';

/**
 * What was decided before anybody saw the outcome (nl: analyseplan): the question and how it will be answered. A hash of
 * {@link planText} and a date make it a promise that others can check.
 */
export type AnalysisPlan = {
  /** The day on which it was decided, as 2026-11-25. */
  readonly decidedOn: string;
  readonly question: string;
  readonly population: string;
  readonly method: PlannedMethod;
  /** Columns of the data, by the part they play: `time`, `event`, `group`, `strata`, `outcome`, `unit` … */
  readonly columns: Readonly<Record<string, string>>;
  readonly covariates: readonly string[];
  /** Up to when, in the unit of the data; `null` where the method has no horizon. */
  readonly horizon: number | null;
  /** Tests that answer one question together share the correction for many tests. */
  readonly families: readonly { readonly name: string; readonly tests: readonly string[] }[];
  /** When we stop collecting, and when we look. */
  readonly stopping: string;
  /** The smallest effect that would matter to people, in the unit of the headline effect. */
  readonly smallestMeaningful: number | null;
};

export const plannedMethods = [
  'survival',
  'cox',
  'risks',
  'states',
  'compare',
  'did',
  'rd',
  'synthetic',
  'series',
  'trial',
  'pool',
  'panel',
] as const;
export type PlannedMethod = (typeof plannedMethods)[number];

const texts = ['decidedOn', 'question', 'population', 'stopping'] as const;
const known = new Set([
  ...texts,
  'method',
  'columns',
  'covariates',
  'horizon',
  'families',
  'smallestMeaningful',
] as string[]);

/**
 * Read a plan from JSON. Refuses, with a JSON pointer, a part that is missing, unknown or of another kind, a date that is
 * no day and a method we do not have: a plan with a typing error promises something else.
 */
export function parsePlan(json: unknown): Parsed<AnalysisPlan> {
  const wrong = (pointer: string, message: string): Parsed<never> => ({
    ok: false,
    problem: { at: { pointer }, what: 'plan-not-usable', words: { pointer }, message },
  });
  if (!isRecord(json)) return wrong('', 'A plan is an object: { "question": …, "method": … }.');
  const stranger = Object.keys(json).find((key) => !known.has(key));
  if (stranger !== undefined) {
    return wrong(`/${stranger}`, `A plan has no part "${stranger}". Its parts are: ${[...known].join(', ')}.`);
  }
  for (const part of texts) {
    const text = json[part];
    if (typeof text !== 'string' || text.trim() === '') return wrong(`/${part}`, `Write ${part} as a text.`);
  }
  const decidedOn = json['decidedOn'] as string;
  const day = parseDay(decidedOn);
  if (!day.ok) return wrong('/decidedOn', day.problem.message);
  const method = plannedMethods.find((one) => one === json['method']);
  if (method === undefined) return wrong('/method', `Write one of: ${plannedMethods.join(', ')}.`);
  const { columns, covariates = [], horizon = null, families = [], smallestMeaningful = null } = json;
  if (!isRecord(columns) || !Object.values(columns).every((name) => typeof name === 'string')) {
    return wrong('/columns', 'Name the columns by the part they play: { "time": "days", "event": "work" }.');
  }
  if (!isTexts(covariates)) return wrong('/covariates', 'Write covariates as a list of column names.');
  if (!isNumberOrNull(horizon)) return wrong('/horizon', 'Write the horizon as a number above 0, or null.');
  if (!isNumberOrNull(smallestMeaningful)) return wrong('/smallestMeaningful', 'Write a number above 0, or null.');
  if (
    !Array.isArray(families) ||
    !families.every((one) => isRecord(one) && typeof one['name'] === 'string' && isTexts(one['tests']))
  ) {
    return wrong('/families', 'Write families as [{ "name": "work", "tests": ["by sex"] }].');
  }
  return {
    ok: true,
    value: {
      decidedOn,
      question: json['question'] as string,
      population: json['population'] as string,
      method,
      columns: columns as Record<string, string>,
      covariates,
      horizon,
      families: families as AnalysisPlan['families'],
      stopping: json['stopping'] as string,
      smallestMeaningful,
    },
  };
}

/**
 * The plan as one line with its keys in order and no spaces: the same plan gives the same bytes, whatever the file it came
 * from looked like. Its SHA-256, which a shell computes, is the plan's name.
 */
export function planText(plan: AnalysisPlan): string {
  return JSON.stringify(plan, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

/** What was done in the end, in the words of the plan. */
export type AnalysisDone = Pick<AnalysisPlan, 'method' | 'columns' | 'covariates' | 'horizon'>;

/** As planned, or what was changed. */
export type PlanKept = {
  readonly asPlanned: boolean;
  readonly changes: readonly Note[];
};

/** Hold what was done against what was planned. A covariate in another order is the same covariate. */
export function comparePlan(plan: AnalysisPlan, done: AnalysisDone): PlanKept {
  const changes: Note[] = [];
  const change = (part: string, planned: string, now: string): void => {
    if (planned === now) return;
    changes.push({
      what: 'changed-from-plan',
      words: { part, planned, now },
      message: `${part}: planned was ${planned || 'nothing'}, done was ${now || 'nothing'}.`,
    });
  };
  change('method', plan.method, done.method);
  for (const part of new Set([...Object.keys(plan.columns), ...Object.keys(done.columns)])) {
    change(part, plan.columns[part] ?? '', done.columns[part] ?? '');
  }
  const listed = (names: readonly string[]): string => names.toSorted().join(', ');
  change('covariates', listed(plan.covariates), listed(done.covariates));
  change('horizon', String(plan.horizon ?? ''), String(done.horizon ?? ''));
  return { asPlanned: changes.length === 0, changes };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value > 0 && value < Infinity);
}
