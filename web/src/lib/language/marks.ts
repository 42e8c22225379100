import type { Language } from './languages.ts';

/**
 * Marks that texts carry through the rendering and that never reach a reader. They let one place, at the end, give
 * English fallbacks their `lang` and decide whether this very page holds a text that nobody has reviewed.
 * The characters are private use (U+E000…), which no catalogue may contain.
 */
const fallbackStarts = '\u{E000}';
const fallbackEnds = '\u{E001}';
const notReviewed = '\u{E002}';
const noticeStarts = '\u{E003}';
const noticeEnds = '\u{E004}';

export function markFallback(text: string): string {
  return fallbackStarts + text + fallbackEnds;
}

export function markNotReviewed(text: string): string {
  return notReviewed + text;
}

/** Stand around the notice that is to be shown only when the page holds a marked text. */
export const notice = { starts: noticeStarts, ends: noticeEnds } as const;

export function withoutMarks(text: string): string {
  return text.replace(/[\u{E000}-\u{E004}]/gu, '');
}

/** Turns the marks of a whole page into `lang` and `dir`, and keeps or drops the notice. */
export function resolveMarks(html: string, language: Language): string {
  if (!/[\u{E000}-\u{E004}]/u.test(html)) return html;
  const noticeBlock = /\u{E003}([^]*?)\u{E004}/gu;
  const rest = html.replace(noticeBlock, '');
  const wanted = language !== 'nl' && language !== 'en' && /[\u{E000}\u{E002}]/u.test(rest);
  const shown = html.replace(noticeBlock, wanted ? '$1' : '');

  // Inside a tag, a title, an option or the text of a picture no such element can stand: there the text goes bare.
  return shown
    .split(/(<title[^]*?<\/title>|<option[^]*?<\/option>|<text[\s>][^]*?<\/text>|<[^>]*>)/u)
    .map((part) =>
      part.startsWith('<')
        ? withoutMarks(part)
        : withoutMarks(
            part.replaceAll(fallbackStarts, '<span lang="en" dir="ltr">').replaceAll(fallbackEnds, '</span>'),
          ),
    )
    .join('');
}
