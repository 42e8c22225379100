import type { FactRow, FactValue } from '@meedoen/rights';
import { dayOf, daysInMonth, isoDay, type Day } from '@meedoen/units';
import type { MessageKey } from '#lib/language/catalogue.ts';

/** What stood in the fields of a question, kept as it was typed so that nothing is lost when something is wrong. */
export type Typed = { answer: string; day: string; month: string; year: string; number: string };

/** What to mend, at which field. */
export type FieldProblem = {
  field: 'answer' | 'day' | 'month' | 'year' | 'number';
  key: Extract<MessageKey, `questions.error.${string}`>;
  words: Record<string, string | number>;
  /** A day among the words, to be written in the reader's language. */
  day?: Day;
};

export type ParsedAnswer = { ok: true; value: FactValue | null } | Refused;
type Refused = { ok: false; problem: FieldProblem };

/** The choice "I do not know, or I would rather not say" in a form. */
export const dontKnow = 'unknown';

export function typedIn(form: FormData): Typed {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, 100) : '';
  };
  return { answer: text('answer'), day: text('day'), month: text('month'), year: text('year'), number: text('number') };
}

/** One answer from a form, or the field to mend and how. */
export function parseAnswer(row: FactRow, typed: Typed, today: Day): ParsedAnswer {
  if (typed.answer === dontKnow) {
    // Both a date or number and "I do not know": only the person can say which one counts.
    const both = [typed.day, typed.month, typed.year, typed.number].some((text) => text.trim() !== '');
    return both ? refuse('answer', 'both') : { ok: true, value: null };
  }
  switch (row.type) {
    case 'choice':
      if (typed.answer === '') return refuse('answer', 'choose');
      return row.choices.includes(typed.answer) ? { ok: true, value: typed.answer } : refuse('answer', 'choice');
    case 'boolean':
      if (typed.answer === '') return refuse('answer', 'choose');
      if (typed.answer !== 'yes' && typed.answer !== 'no') return refuse('answer', 'choice');
      return { ok: true, value: typed.answer === 'yes' };
    case 'date': {
      const parsed = parseDate(typed, row.past ? today : null, today);
      return parsed.ok ? { ok: true, value: isoDay(parsed.day) } : parsed;
    }
    case 'number': {
      const digits = latinDigits(typed.number).trim();
      if (!/^\d{1,7}$/.test(digits)) return refuse('number', 'number');
      const { min, max } = rangeOf(row);
      const value = Number(digits);
      return value < min || value > max ? refuse('number', 'number-range', { min, max }) : { ok: true, value };
    }
  }
}

export function rangeOf(row: FactRow): { min: number; max: number } {
  return { min: row.min ?? 0, max: row.max ?? 1_000_000 };
}

/** A date in three fields; at the latest on `latest`. */
export function parseDate(
  typed: Pick<Typed, 'day' | 'month' | 'year'>,
  latest: Day | null,
  today: Day,
): { ok: true; day: Day } | Refused {
  const [day, month, year] = [typed.day, typed.month, typed.year].map((text) => latinDigits(text).trim());
  if (!day && !month && !year) return refuse('day', 'date-empty');
  if (!day) return refuse('day', 'date-day-missing');
  if (!month) return refuse('month', 'date-month-missing');
  if (!year) return refuse('year', 'date-year-missing');
  if (!/^\d{1,2}$/.test(day)) return refuse('day', 'date-digits');
  if (!/^\d{1,2}$/.test(month)) return refuse('month', 'date-digits');
  if (!/^\d+$/.test(year)) return refuse('year', 'date-digits');
  if (!/^\d{4}$/.test(year) || Number(year) < 1900 || Number(year) > 2100) return refuse('year', 'date-year');
  if (Number(month) < 1 || Number(month) > 12) return refuse('month', 'date-month');
  const days = daysInMonth(Number(year), Number(month));
  if (Number(day) < 1 || Number(day) > days) return refuse('day', 'date-does-not-exist', { days });
  const given = dayOf(Number(year), Number(month), Number(day));
  if (latest !== null && given > latest) {
    return { ok: false, problem: { field: 'year', key: 'questions.error.date-in-future', words: {}, day: today } };
  }
  return { ok: true, day: given };
}

function refuse(
  field: FieldProblem['field'],
  what: FieldProblem['key'] extends `questions.error.${infer Name}` ? Name : never,
  words: FieldProblem['words'] = {},
): Refused {
  return { ok: false, problem: { field, key: `questions.error.${what}` as FieldProblem['key'], words } };
}

/** Keyboards in Arabic and Farsi may write ٢٠٢٦ or ۲۰۲۶. */
export function latinDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}
