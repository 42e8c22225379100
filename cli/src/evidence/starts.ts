import { valuesOf, type Rows } from './rows.ts';

/** The first period under a policy of each row; never may be written 0, never or Inf. An empty cell is refused. */
export function startsOf(rows: Rows, column: string): Float64Array {
  return valuesOf(rows, column, (text) => {
    if (/^(never|inf|infinity)$/i.test(text)) return Infinity;
    const value = Number(text);
    if (text !== '' && Number.isFinite(value)) return value;
    const found = text === '' ? 'the cell is empty' : `"${text}" is not a period`;
    return `${found}. Write the first period under the policy, or 0 for a unit that never comes under it.`;
  });
}
