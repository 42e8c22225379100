import type { DecisionForm } from '@meedoen/store';
import type { Day } from '@meedoen/units';
import { parseDate, type FieldProblem } from '#lib/answers/parse-answer.ts';
import type { MessageKey } from '#lib/language/catalogue.ts';
import { isLanguage, type Language } from '#lib/language/languages.ts';
import { textIn } from '#lib/page/form-text.ts';

/** How far those who named it had a say, and what was decided: the choices of the form. */
export const forms: readonly DecisionForm[] = ['advise', 'co-decide', 'decide'];
export const outcomes = ['yes', 'no'] as const;

/** So many letters fit in each field. */
export const letters = {
  title: 120,
  words: 2000,
  reason: 1000,
  mandate: 300,
  dissent: 1000,
  'action-words': 300,
  'action-who': 120,
  result: 2000,
  answer: 2000,
  cost: 300,
  question: 300,
} as const;
export type TextField = keyof typeof letters;

/** What is wrong, at which field. */
export type DecisionProblem = {
  field: string;
  key: Extract<MessageKey, `decisions.error.${string}`> | FieldProblem['key'];
  words: Record<string, string | number>;
  day?: Day;
};

export type TypedDate = { day: string; month: string; year: string };

/** The text of a field as it was typed; a browser sends a new line as two characters. */
export function typedText(form: FormData, field: TextField): string {
  return textIn(form, field, 50_000).replaceAll('\r\n', '\n');
}

function typedDate(form: FormData, prefix: string): TypedDate {
  const part = (name: string): string => textIn(form, prefix + name, 20);
  return { day: part('day'), month: part('month'), year: part('year') };
}

/** The text, or what is wrong with it; `needed` may not be empty. */
export function parseText(typed: string, field: TextField, needed: boolean): { text: string } | DecisionProblem {
  const text = typed.trim();
  if (text === '') return needed ? { field, key: `decisions.error.empty`, words: {} } : { text };
  const over = Array.from(text).length - letters[field];
  if (over > 0) return { field, key: 'decisions.error.long', words: { letters: letters[field], over } };
  // The database keeps no null characters, and no half of a sign.
  if (!text.isWellFormed() || text.includes('\0')) return { field, key: 'decisions.error.signs', words: {} };
  return { text };
}

function parseOn(
  typed: TypedDate,
  prefix: string,
  { earliest, latest, today }: { earliest: Day | null; latest: Day | null; today: Day },
): { day: Day } | DecisionProblem {
  const parsed = parseDate(typed, latest, today);
  if (!parsed.ok) return { ...parsed.problem, field: prefix + parsed.problem.field };
  if (earliest !== null && parsed.day < earliest)
    return { field: `${prefix}day`, key: 'decisions.error.early', words: {}, day: earliest };
  return { day: parsed.day };
}

export type TypedAction = { 'action-words': string; 'action-who': string; due: TypedDate };

export function typedAction(form: FormData): TypedAction {
  return {
    'action-words': typedText(form, 'action-words'),
    'action-who': typedText(form, 'action-who'),
    due: typedDate(form, 'due-'),
  };
}

/** A promise: what, by whom and before which day; all three, and not before `from`. */
export function parseAction(
  typed: TypedAction,
  { from, today }: { from: Day; today: Day },
): { ok: true; action: { words: string; responsible: string; dueOn: Day } } | Refused {
  const words = parseText(typed['action-words'], 'action-words', true);
  const who = parseText(typed['action-who'], 'action-who', true);
  const due = parseOn(typed.due, 'due-', { earliest: from, latest: null, today });
  if ('key' in words || 'key' in who || 'key' in due) return refused(words, who, due);
  return { ok: true, action: { words: words.text, responsible: who.text, dueOn: due.day } };
}

type Refused = { ok: false; problems: readonly DecisionProblem[] };

/** All that is wrong, in the order of the form. */
export function refused(...parts: readonly object[]): Refused {
  return { ok: false, problems: parts.filter((part): part is DecisionProblem => 'key' in part) };
}

/** A decision as it was typed: when something is wrong nothing is lost. */
export type TypedDecision = TypedAction & {
  outcome: string;
  form: string;
  language: string;
  title: string;
  words: string;
  reason: string;
  mandate: string;
  dissent: string;
  decided: TypedDate;
};

export function typedDecision(form: FormData): TypedDecision {
  return {
    ...typedAction(form),
    outcome: textIn(form, 'outcome', 20),
    form: textIn(form, 'form', 20),
    language: textIn(form, 'language', 5),
    title: typedText(form, 'title'),
    words: typedText(form, 'words'),
    reason: typedText(form, 'reason'),
    mandate: typedText(form, 'mandate'),
    dissent: typedText(form, 'dissent'),
    decided: typedDate(form, 'decided-'),
  };
}

export type DecisionTold = {
  outcome: 'yes' | 'no';
  form: DecisionForm;
  language: Language;
  title: string;
  words: string;
  reason: string;
  mandate: string;
  dissent: string;
  decidedOn: Day;
  action: { words: string; responsible: string; dueOn: Day } | null;
};

/** A decision out of its form. A no needs a reason; the first promise may wait. */
export function parseDecision(typed: TypedDecision, today: Day): { ok: true; decision: DecisionTold } | Refused {
  const outcome = outcomes.find((one) => one === typed.outcome);
  const form = forms.find((one) => one === typed.form);
  const language = isLanguage(typed.language) ? typed.language : null;
  const choice = (field: string, chosen: unknown): object =>
    chosen ? {} : { field, key: 'decisions.error.choose', words: {} };
  const title = parseText(typed.title, 'title', true);
  const words = parseText(typed.words, 'words', true);
  const reason = parseText(typed.reason, 'reason', outcome === 'no');
  const mandate = parseText(typed.mandate, 'mandate', true);
  const dissent = parseText(typed.dissent, 'dissent', false);
  const decided = parseOn(typed.decided, 'decided-', { earliest: null, latest: today, today });
  const hasAction = [typed['action-words'], typed['action-who'], ...Object.values(typed.due)].some(
    (text) => text.trim() !== '',
  );
  const action = hasAction
    ? parseAction(typed, { from: 'day' in decided ? decided.day : today, today })
    : { ok: true as const, action: null };
  if (
    !outcome ||
    !form ||
    !language ||
    'key' in title ||
    'key' in words ||
    'key' in reason ||
    'key' in mandate ||
    'key' in dissent ||
    'key' in decided ||
    !action.ok
  ) {
    const choices = [choice('outcome-yes', outcome), title, words, reason, choice('form-advise', form)];
    const rest = [mandate, dissent, choice('language', language), decided, ...(action.ok ? [] : action.problems)];
    return refused(...choices, ...rest);
  }
  return {
    ok: true,
    decision: {
      outcome,
      form,
      language,
      title: title.text,
      words: words.text,
      reason: reason.text,
      mandate: mandate.text,
      dissent: dissent.text,
      decidedOn: decided.day,
      action: action.action,
    },
  };
}
