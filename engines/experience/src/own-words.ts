import { refuse, type Parsed } from '@meedoen/units';

/** Longer than this is no answer to one question; a screen and a database column know it beforehand. */
export const mostCharacters = 2000;

/**
 * Own words as somebody typed them: any language, script and emoji stay. Line ends become one kind and space around the text
 * goes; nothing else changes. Refused are what no database keeps (U+0000, half a surrogate pair), and more than 2,000
 * characters. Nothing typed is `null`.
 */
export function parseWords(typed: unknown): Parsed<string | null> {
  if (typed === undefined || typed === null) return { ok: true, value: null };
  if (typeof typed !== 'string') return refuse('words-no-text', 'Send the words as text.');
  if (typed.includes('\0') || !typed.isWellFormed()) {
    return refuse(
      'words-broken',
      'A character in this text is broken and cannot be kept. Take it out; it is often at the end of a copied text.',
    );
  }
  const text = typed.replaceAll(/\r\n?/g, '\n').trim();
  // Code points, as PostgreSQL counts: an emoji outside the first plane is one, not two.
  const characters = text.length <= mostCharacters ? text.length : Array.from(text).length;
  if (characters > mostCharacters) {
    return refuse(
      'words-too-long',
      `This is ${characters} characters long, and at most ${mostCharacters} fit. Make it shorter.`,
      { characters, most: mostCharacters },
    );
  }
  return { ok: true, value: text === '' ? null : text };
}
