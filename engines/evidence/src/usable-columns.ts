import { refuse, refuseCell, type Refusal } from '@meedoen/units';
import type { Covariate } from './covariates.ts';

/** The first column that has not one finite number per row of the column `like`, or `null`. O(n) per column. */
export function findUnusable(columns: readonly Covariate[], size: number, like: string): Refusal | null {
  for (const { name, values } of columns) {
    if (values.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${values.length} rows and column ${like} has ${size}. Give every column one value per row.`,
        { column: name, rows: values.length, expected: size },
      );
    }
    for (let i = 0; i < size; i++) {
      if (!Number.isFinite(values[i]!)) {
        return refuseCell(
          'value-not-usable',
          name,
          i,
          `${values[i]!} is not a number. Write one, or leave the row out.`,
          { found: String(values[i]!) },
        );
      }
    }
  }
  return null;
}
