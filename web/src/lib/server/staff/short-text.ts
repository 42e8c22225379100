/** What somebody typed in a field that must be filled in, without the spaces around it; null when it does not fit or cannot be kept. */
export function shortText(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || text.length > most || /\p{Cc}/u.test(text.replaceAll(/\r?\n/g, ' ')) ? null : text;
}
