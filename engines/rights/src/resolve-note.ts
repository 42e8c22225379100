// Finds the place in a law that a note is about, by the words it quotes: also in a later version, where articles have
// other numbers and the text has changed a little. Selectors: W3C Web Annotation, TextQuoteSelector.

/** What a note is about: words of the law, and what stands before and after them. */
export type NoteSelector = { readonly quote: string; readonly prefix: string; readonly suffix: string };
export type NoteText = { readonly number: string; readonly text: string };

/**
 * Where a note belongs. `exact`: the words stand there once, in their context; `fuzzy`: nearly so (`score` from 0.7 to
 * 1); `ambiguous`: in several places alike; `orphaned`: nowhere; `skipped`: the quote is too long to be looked for
 * inexactly. `start` and `end` count characters of the article's text.
 */
export type NoteResolution =
  | {
      readonly kind: 'exact' | 'fuzzy';
      readonly article: string;
      readonly start: number;
      readonly end: number;
      readonly score: number;
    }
  | { readonly kind: 'ambiguous' | 'orphaned' | 'skipped' };

type Hit = { readonly article: string; readonly start: number; readonly end: number; readonly score: number };

const leastScore = 0.7;
const leastLead = 0.1;
const longestFuzzyQuote = 120;
const lengthsApart = 0.3;

/** Resolves a note against the articles of a law. */
export function resolveNote(articles: readonly NoteText[], selector: NoteSelector): NoteResolution {
  if (selector.quote.trim() === '') return { kind: 'orphaned' };
  const exact = articles.flatMap((article) => exactHits(article, selector));
  const [only] = exact;
  if (only) return exact.length > 1 ? { kind: 'ambiguous' } : { kind: 'exact', ...only };
  if (selector.quote.length > longestFuzzyQuote) return { kind: 'skipped' };
  const [best, second] = withoutOverlaps(articles.flatMap((article) => fuzzyHits(article, selector)));
  if (!best) return { kind: 'orphaned' };
  if (second && best.score - second.score <= leastLead) return { kind: 'ambiguous' };
  return { kind: 'fuzzy', ...best };
}

function exactHits({ number, text }: NoteText, { quote, prefix, suffix }: NoteSelector): readonly Hit[] {
  const hits: Hit[] = [];
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1)) {
    const end = start + quote.length;
    // One character of slack, for a space that one of the two left out.
    const before = text.slice(Math.max(0, start - prefix.length - 1), start).trim();
    const after = text.slice(end, end + suffix.length + 1).trim();
    if (before.endsWith(prefix.trim()) && after.startsWith(suffix.trim()))
      hits.push({ article: number, start, end, score: 1 });
  }
  return hits;
}

/** Stretches of whole words about as long as the quote, that share a word with it and look like it. */
function fuzzyHits({ number, text }: NoteText, { quote, prefix, suffix }: NoteSelector): readonly Hit[] {
  const wanted = new Set(longWords(quote));
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    isWanted: longWords(match[0]).some((word) => wanted.has(word)),
  }));
  const shortest = quote.length * (1 - lengthsApart);
  const longest = quote.length * (1 + lengthsApart);
  const hits: Hit[] = [];
  for (const [first, { start }] of words.entries()) {
    let shares = false;
    for (let last = first; last < words.length; last += 1) {
      const word = words[last];
      if (!word || word.end - start > longest) break;
      shares ||= word.isWanted;
      if (!shares || word.end - start < shortest) continue;
      const ofQuote = likeness(text.slice(start, word.end), quote);
      // The context can add no more than a half.
      if (0.5 * ofQuote + 0.5 < leastScore) continue;
      const score =
        0.5 * ofQuote +
        0.25 * likenessOfContext(text.slice(Math.max(0, start - prefix.length), start), prefix) +
        0.25 * likenessOfContext(text.slice(word.end, word.end + suffix.length), suffix);
      if (score >= leastScore) hits.push({ article: number, start, end: word.end, score });
    }
  }
  return hits;
}

function longWords(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 3);
}

/** Best first; of hits that overlap only the best. */
function withoutOverlaps(hits: readonly Hit[]): readonly Hit[] {
  const kept: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => b.score - a.score)) {
    if (!kept.some((other) => other.article === hit.article && hit.start < other.end && other.start < hit.end))
      kept.push(hit);
  }
  return kept;
}

function likenessOfContext(found: string, wanted: string): number {
  return wanted.trim() === '' ? 1 : likeness(found.trim(), wanted.trim());
}

/** 1 for the same text, 0 for nothing in common: the Levenshtein distance as a share of the longer of the two. */
function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return 1 - (row[b.length] ?? 0) / longest;
}
