import { StoreRefusal } from './refusal.ts';

/**
 * Can PostgreSQL keep this text? It cannot keep U+0000, nor half of a surrogate pair; these are the only characters
 * with which fuzzed input ever became a server error.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The text itself, or a refusal that names the field. */
export function storableText(text: string, field: string): string {
  if (isStorableText(text)) return text;
  throw new StoreRefusal(
    'text_refused',
    `"${field}" holds a character that cannot be stored (a null character or half a character). Remove it and try again.`,
  );
}
