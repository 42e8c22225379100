/** So many letters, as one counts them; as the store has it, which pages only enter when there is a database. */
export const longestStatement = 280;

export type ParsedStatement =
  | { ok: true; words: string }
  /** `contact`: a telephone number, an address of mail or of a page; `count` is how long it is now. */
  | { ok: false; problem: 'empty' | 'long' | 'contact'; count: number };

/**
 * What somebody said, as it may be kept. Characters that nobody sees and that turn the order of others go: with them a text
 * says something else than one reads. Those that Farsi needs between letters (U+200C, U+200D) stay.
 */
export function parseStatement(typed: string): ParsedStatement {
  const words = typed
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    // Controls, marks and overrides of direction, soft hyphens, zero-width spaces, tags, private use.
    .replaceAll(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .trim();
  const count = Array.from(words).length;
  if (!/\p{L}/u.test(words)) return { ok: false, problem: 'empty', count };
  if (count > longestStatement) return { ok: false, problem: 'long', count };
  const digits = words.replaceAll(/(?<=\p{Nd})[\s\-.()/]+(?=\p{Nd})/gu, '');
  if (/\p{Nd}{8,}|\S@\S+\.\S|https?:|www\./iu.test(digits)) return { ok: false, problem: 'contact', count };
  return { ok: true, words };
}
