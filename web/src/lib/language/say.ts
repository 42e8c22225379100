import { dayParts, firstDayOf, type Day, type Month } from '@meedoen/units';
import { MessageFormat } from 'messageformat';
import { catalogues, isReviewed, type MessageKey } from './catalogue.ts';
import { directionOf, localeOf, type Language } from './languages.ts';
import { markFallback, markNotReviewed } from './marks.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Everything a page needs to speak one language. */
export type Say = {
  /** The text of a key, in this language, or in English (marked as such) while it is not translated. */
  (key: MessageKey, values?: Values): string;
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  /** The text of a key made at run time, such as the name of a condition; null when there is no such text. */
  maybe(key: string, values?: Values): string | null;
  /** The Dutch text of a key, because people hold Dutch letters; null when there is none. */
  dutch(key: string, values?: Values): string | null;
  /** 14 March 2027. */
  date(day: Day): string;
  /** November 2026. */
  month(month: Month): string;
  number(value: number): string;
  /** An amount of money without its sign: whole, or with two decimals (148,83; 992,80). */
  amount(value: number): string;
  /** Jan, Piet en Klaas. */
  list(parts: readonly string[]): string;
};

const speakers = new Map<Language, Say>();

/** The speaker of a language; made once. */
export function sayIn(language: Language): Say {
  const known = speakers.get(language);
  if (known) return known;
  const made = makeSay(language);
  speakers.set(language, made);
  return made;
}

function makeSay(language: Language): Say {
  const locale = localeOf(language);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });

  function maybe(key: string, values: Values = {}): string | null {
    const own = format(language, key, values);
    if (own !== null) return isReviewed(language, key) ? own : markNotReviewed(own);
    const english = format('en', key, values);
    return english === null ? null : markFallback(english);
  }

  const say = (key: MessageKey, values?: Values): string => {
    const text = maybe(key, values);
    if (text === null) throw new RangeError(`No message with the key ${key}.`);
    return text;
  };

  return Object.assign(say, {
    language,
    direction: directionOf(language),
    maybe,
    dutch: (key: string, values: Values = {}) => format('nl', key, values),
    date: (day: Day) => {
      const { year, month, day: dayOfMonth } = dayParts(day);
      return dates.format(Date.UTC(year, month - 1, dayOfMonth));
    },
    month: (month: Month) => {
      const { year, month: inYear } = dayParts(firstDayOf(month));
      return months.format(Date.UTC(year, inYear - 1, 1));
    },
    number: (value: number) => numbers.format(value),
    amount: (value: number) => (Number.isInteger(value) ? numbers : cents).format(value),
    list: (parts: readonly string[]) => lists.format(parts),
  });
}

const compiled = new Map<string, MessageFormat>();

function format(language: Language, key: string, values: Values): string | null {
  const source = catalogues[language].get(key);
  if (source === undefined) return null;
  // Most texts have nothing to fill in.
  if (!/[{}\\]/.test(source) && !source.startsWith('.')) return source;
  const name = `${language} ${key}`;
  let message = compiled.get(name);
  if (!message) {
    message = new MessageFormat(localeOf(language), source);
    compiled.set(name, message);
  }
  return message.format(values, (problem) => {
    throw problem;
  });
}
