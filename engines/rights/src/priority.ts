// Which of several articles goes before the others: the higher layer, then the later version.
import type { RegulatoryLayer } from './law-file.ts';
import { LawError } from './law-error.ts';
import type { ArticleText } from './view.ts';

const fromTheTop: readonly RegulatoryLayer[] = [
  'VERDRAG',
  'EU_VERORDENING',
  'EU_RICHTLIJN',
  'GRONDWET',
  'WET',
  'KONINKLIJK_BESLUIT',
  'AMVB',
  'MINISTERIELE_REGELING',
  'PROVINCIALE_VERORDENING',
  'WATERSCHAPS_VERORDENING',
  'GEMEENTELIJKE_VERORDENING',
  'BELEIDSREGEL',
  'UITVOERINGSBELEID',
];

/** The one that goes before the others. Two of equal standing are an error that names both. */
export function foremost(texts: readonly [ArticleText, ...ArticleText[]], what: string): ArticleText {
  let [best] = texts;
  let rival: ArticleText | null = null;
  for (const text of texts.slice(1)) {
    const order = rank(text) - rank(best) || later(best, text);
    if (order < 0) [best, rival] = [text, null];
    else if (order === 0) rival = text;
  }
  if (rival) {
    throw new LawError(
      'ResolutionError',
      `Resolution error: ${what} comes from ${placeOf(best)} and from ${placeOf(rival)}, and neither goes before the other`,
    );
  }
  return best;
}

function rank({ version }: ArticleText): number {
  return fromTheTop.indexOf(version.regulatoryLayer);
}

/** Negative if `text` is of a later version than `best`; 0 where the dates do not tell. */
function later(best: ArticleText, text: ArticleText): number {
  const [before, now] = [best.version.validFrom, text.version.validFrom];
  return before === null || now === null ? 0 : before - now;
}

export function placeOf({ law, article }: ArticleText): string {
  return `article ${article} of law '${law}'`;
}
