import type { Figure } from '@meedoen/knowledge';
import { parseDay } from '@meedoen/units';
import { localeOf } from '#lib/language/languages.ts';
import { markFallback } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';

/** The research texts stand in Dutch and English; in the other languages they are English, and marked so. */
export function sayWords(say: Say, { nl, en }: { nl: string; en: string }): string {
  if (say.language === 'nl') return nl;
  return say.language === 'en' ? en : markFallback(en);
}

/** The number itself: about 44 %, 11 to 20 %, more. */
export function saySize(say: Say, { size, unit, qualifier }: Figure): string {
  const withUnit = (value: string) =>
    say.maybe(`works.unit.${unit.replaceAll(' ', '-')}`, { value }) ?? `${value} ${unit}`;
  switch (size.kind) {
    case 'sign':
      return say(`works.figure.${size.sign}`);
    case 'range':
      return withUnit(say('works.unit.range', { low: say.number(size.low), high: say.number(size.high) }));
    case 'value': {
      const value = withUnit(say.number(size.value));
      return qualifier ? (say.maybe(`works.qualifier.${qualifier.replaceAll(' ', '-')}`, { value }) ?? value) : value;
    }
  }
}

/** 2022-11-01 → 1 November 2022 · 2026-01 → January 2026 · 2024-Q1 → 2024, Q1 · 2017/2021 → 2017–2021. */
export function sayPeriod(say: Say, period: string): string {
  return period.split('/').map(one).join('–');

  function one(part: string): string {
    const day = parseDay(part);
    if (day.ok) return say.date(day.value);
    const month = /^(\d{4})-(\d\d)$/.exec(part);
    if (month) {
      const format = new Intl.DateTimeFormat(localeOf(say.language), {
        year: 'numeric',
        month: 'long',
        timeZone: 'UTC',
      });
      return format.format(Date.UTC(Number(month[1]), Number(month[2]) - 1, 1));
    }
    return part.replace(/^(\d{4})-(Q\d)$/, '$1, $2');
  }
}
