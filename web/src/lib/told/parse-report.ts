import { isoDay, type Day } from '@meedoen/units';
import { parseDate, type FieldProblem } from '#lib/answers/parse-answer.ts';
import type { MessageKey } from '#lib/language/catalogue.ts';
import { textIn } from '#lib/page/form-text.ts';
import { mostLetters, places, sayings, type AnswerShown, type BarrierReport } from './report.ts';

/** What stood in the form, kept as it was typed: when something is wrong nothing is lost. */
export type TypedReport = {
  theme: string;
  place: string;
  saying: string;
  words: string;
  day: string;
  month: string;
  year: string;
};

export const nothingTyped: TypedReport = { theme: '', place: '', saying: '', words: '', day: '', month: '', year: '' };

export type ReportProblem =
  | { field: 'theme'; key: 'told.refused.error'; words: Record<string, never> }
  | { field: 'saying' | 'words'; key: Extract<MessageKey, `told.error.${string}`>; words: Record<string, number> }
  | FieldProblem;

export function typedReport(form: FormData): TypedReport {
  const text = (name: string, most = 100) => textIn(form, name, most);
  return {
    theme: text('theme'),
    place: text('place'),
    saying: text('saying'),
    // A browser sends a new line as two characters.
    words: text('words', 50_000).replaceAll('\r\n', '\n'),
    day: text('day'),
    month: text('month'),
    year: text('year'),
  };
}

export type ParsedReport = { ok: true; report: BarrierReport } | { ok: false; problem: ReportProblem };

/** A report about the answer that was shown, or about one of these themes. */
export function parseReport(
  typed: TypedReport,
  about: { answer: AnswerShown } | { themes: readonly string[] },
  today: Day,
): ParsedReport {
  const theme = 'themes' in about ? about.themes.find((known) => known === typed.theme) : null;
  if (theme === undefined) return { ok: false, problem: { field: 'theme', key: 'told.refused.error', words: {} } };

  const saying = sayings.find((known) => known === typed.saying);
  if (!saying) return { ok: false, problem: { field: 'saying', key: 'told.error.saying', words: {} } };

  const words = typed.words.trim();
  const letters = Array.from(words).length;
  if (letters > mostLetters) {
    const over = { letters: mostLetters, over: letters - mostLetters };
    return { ok: false, problem: { field: 'words', key: 'told.error.words', words: over } };
  }

  let heardOn: string | null = null;
  if ([typed.day, typed.month, typed.year].some((text) => text.trim() !== '')) {
    const parsed = parseDate(typed, today, today);
    if (!parsed.ok) return parsed;
    heardOn = isoDay(parsed.day);
  }
  const place = places.find((known) => known === typed.place) ?? null;
  const answer = 'answer' in about ? about.answer : null;
  return { ok: true, report: { answer, theme, place, saying, words, heardOn } };
}

/** A report as it would have been typed. */
export function asTyped({ theme, place, saying, words, heardOn }: BarrierReport): TypedReport {
  const [year = '', month = '', day = ''] = heardOn?.split('-') ?? [];
  const bare = (digits: string) => digits.replace(/^0/, '');
  return { theme: theme ?? '', place: place ?? '', saying, words, day: bare(day), month: bare(month), year };
}
