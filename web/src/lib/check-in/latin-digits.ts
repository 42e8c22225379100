/** Zero of every script whose digits our readers may type (Unicode, general category Nd: ten in a row from zero). */
const zeros = [0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xff10];

/** The digit a character stands for, in any of those scripts; null for what is no digit. */
export function digitOf(character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? null : code - zero;
}

/** A keyboard in Arabic or Farsi types digits of its own; a number is a number in all of them. */
export function inLatinDigits(text: string): string {
  return Array.from(text, (character) => digitOf(character) ?? character).join('');
}
