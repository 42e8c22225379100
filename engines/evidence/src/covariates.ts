import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { Groups } from './groups.ts';

/** One named column of numbers in a model. */
export type Covariate = { readonly name: string; readonly values: ArrayLike<number> };

/** Groups as 0/1 columns, one for each group but the reference (default: the first). */
export function indicators(groups: Groups, column: string, reference: string = groups.names[0] ?? ''): Covariate[] {
  const left = groups.names.indexOf(reference);
  if (left < 0) throw new RangeError(`indicators: there is no group “${reference}”.`);
  return groups.names.flatMap((name, code) =>
    code === left
      ? []
      : [{ name: `${column} ${name}`, values: Float64Array.from(groups.codes, (c) => (c === code ? 1 : 0)) }],
  );
}

/**
 * Covariates centred on their mean and divided by their standard deviation, row after row.
 * So the search for coefficients does not depend on units; `spread` turns them back.
 */
export type Standardised = {
  readonly names: readonly string[];
  readonly matrix: Float64Array;
  readonly mean: Float64Array;
  readonly spread: Float64Array;
};

/** Refuses no covariates, different lengths, cells that are not finite numbers, and columns with one value only. O(n·p). */
export function standardise(covariates: readonly Covariate[], size: number): Parsed<Standardised> {
  const p = covariates.length;
  if (p === 0) return refuse('no-covariates', 'A model needs at least one covariate. Name a column.');
  const matrix = new Float64Array(size * p);
  const mean = new Float64Array(p);
  const spread = new Float64Array(p);
  for (const [j, { name, values }] of covariates.entries()) {
    if (values.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${values.length} rows and the spells have ${size}. Give every column one value per row.`,
        {
          column: name,
          rows: values.length,
          expected: size,
        },
      );
    }
    let total = 0;
    for (let i = 0; i < size; i++) {
      const x = values[i]!;
      if (!Number.isFinite(x)) {
        return refuseCell(
          'covariate-not-usable',
          name,
          i,
          `${x} is not a number. Write a number, or leave the row out.`,
          { found: String(x) },
        );
      }
      total += x;
    }
    const centre = total / size;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += (values[i]! - centre) ** 2;
    const deviation = Math.sqrt(squares / size);
    if (!(deviation > 1e-12 * Math.max(1e-300, Math.abs(centre)))) {
      return refuse(
        'covariate-constant',
        `Column ${name} has the same value in every row, so it cannot explain a difference. Leave it out.`,
        { column: name },
      );
    }
    mean[j] = centre;
    spread[j] = deviation;
    for (let i = 0; i < size; i++) matrix[i * p + j] = (values[i]! - centre) / deviation;
  }
  return { ok: true, value: { names: covariates.map((covariate) => covariate.name), matrix, mean, spread } };
}
