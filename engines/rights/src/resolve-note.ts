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
  const hits = articles.flatMap((article) => fuzzyHits(article, selector));
  const best = bestOf(hits);
  if (!best) return { kind: 'orphaned' };
  // Of hits that overlap only the best counts.
  const second = bestOf(hits.filter((hit) => !overlaps(hit, best)));
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
    let last = first;
    while (last < words.length && (words[last]?.end ?? 0) - start <= longest) last += 1;
    const ends = words.slice(first, last);
    if (!ends.some(({ isWanted }) => isWanted)) continue;
    const distances = distancesTo(quote, text.slice(start, ends.at(-1)?.end ?? start));
    let shares = false;
    for (const { end, isWanted } of ends) {
      shares ||= isWanted;
      const size = end - start;
      if (!shares || size < shortest) continue;
      const ofQuote = 1 - (distances[size] ?? Infinity) / Math.max(size, quote.length);
      // The context can add no more than a half.
      if (0.5 * ofQuote + 0.5 < leastScore) continue;
      const score =
        0.5 * ofQuote +
        0.25 * likenessOfContext(text.slice(Math.max(0, start - prefix.length), start), prefix) +
        0.25 * likenessOfContext(text.slice(end, end + suffix.length), suffix);
      if (score >= leastScore) hits.push({ article: number, start, end, score });
    }
  }
  return hits;
}

function longWords(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 3);
}

function bestOf(hits: readonly Hit[]): Hit | null {
  return hits.reduce<Hit | null>((best, hit) => (best && best.score >= hit.score ? best : hit), null);
}

function overlaps(a: Hit, b: Hit): boolean {
  return a.article === b.article && a.start < b.end && b.start < a.end;
}

function likenessOfContext(found: string, wanted: string): number {
  return wanted.trim() === '' ? 1 : likeness(found.trim(), wanted.trim());
}

/** 1 for the same text, 0 for nothing in common: the Levenshtein distance as a share of the longer of the two. */
function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - (distancesTo(a, b)[b.length] ?? longest) / longest;
}

/** The Levenshtein distance of `wanted` to each beginning of `text`, by its length. */
function distancesTo(wanted: string, text: string): Uint16Array {
  const distances = new Uint16Array(text.length + 1);
  const size = wanted.length;
  distances[0] = size;
  let column = Uint16Array.from({ length: size + 1 }, (_, row) => row);
  let next = new Uint16Array(size + 1);
  for (let j = 1; j <= text.length; j += 1) {
    const letter = text.charCodeAt(j - 1);
    next[0] = j;
    for (let i = 1; i <= size; i += 1) {
      const swap = column[i - 1]! + (wanted.charCodeAt(i - 1) === letter ? 0 : 1);
      const add = next[i - 1]! + 1;
      const drop = column[i]! + 1;
      next[i] = swap < add ? (swap < drop ? swap : drop) : add < drop ? add : drop;
    }
    distances[j] = next[size]!;
    [column, next] = [next, column];
  }
  return distances;
}
