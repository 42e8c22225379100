// A value as a scenario writes it: the content says what it is, with or without quotes.
import { isWhole, parseDecimal } from '@meedoen/units';
import type { Json } from './json.ts';
import { fromJson, type Value } from './value.ts';

/** What is written in a cell or between quotes; undefined for an empty cell. */
export function readCell(text: string): Value | undefined {
  const written = text.trim();
  if (written === '') return undefined;
  if (written === 'null') return null;
  if (written === 'true' || written === 'false') return written === 'true';
  const number = /^[-+]?\d+(\.\d+)?$/.test(written) ? parseDecimal(written) : null;
  if (number) return isWhole(number) && !written.includes('.') ? number.coefficient : number;
  if (/^[[{]/.test(written)) {
    try {
      return fromJson(JSON.parse(written) as Json);
    } catch {
      return written;
    }
  }
  return written;
}
