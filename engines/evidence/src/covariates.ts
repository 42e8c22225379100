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

/**
 * Refuses no covariates, different lengths, cells that are not finite numbers, and columns with one value only. With `place`
 * row i of the columns becomes row `place[i]` of the matrix. O(n·p).
 */
export function standardise(
  covariates: readonly Covariate[],
  size: number,
  place: Int32Array | null = null,
): Parsed<Standardised> {
  const p = covariates.length;
  if (p === 0) return refuse('no-covariates', 'A model needs at least one covariate. Name a column.');
  const columns: Float64Array[] = [];
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
    // One kind of array, so that the passes over the rows are compiled for it.
    const column = values instanceof Float64Array ? values : Float64Array.from(values);
    const bad = firstNotFinite(column);
    if (bad < size) {
      const x = values[bad]!;
      return refuseCell(
        'covariate-not-usable',
        name,
        bad,
        `${x} is not a number. Write a number, or leave the row out.`,
        { found: String(x) },
      );
    }
    const { centre, deviation } = momentsOf(column);
    if (!(deviation > 1e-12 * Math.max(1e-300, Math.abs(centre)))) {
      return refuse(
        'covariate-constant',
        `Column ${name} has the same value in every row, so it cannot explain a difference. Leave it out.`,
        { column: name },
      );
    }
    mean[j] = centre;
    spread[j] = deviation;
    columns.push(column);
  }
  const names = covariates.map(({ name }) => name);
  return { ok: true, value: { names, matrix: fill(columns, mean, spread, place), mean, spread } };
}

function firstNotFinite(column: Float64Array): number {
  let i = 0;
  while (i < column.length && Number.isFinite(column[i]!)) i++;
  return i;
}

function momentsOf(column: Float64Array): { centre: number; deviation: number } {
  let total = 0;
  for (let i = 0; i < column.length; i++) total += column[i]!;
  const centre = total / column.length;
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (column[i]! - centre) ** 2;
  return { centre, deviation: Math.sqrt(squares / column.length) };
}

function fill(
  columns: readonly Float64Array[],
  mean: Float64Array,
  spread: Float64Array,
  place: Int32Array | null,
): Float64Array {
  const p = columns.length;
  const matrix = new Float64Array(columns[0]!.length * p);
  // Column by column: one array is read and one written, which is quicker than to touch each row of the matrix once.
  for (const [j, column] of columns.entries()) {
    const centre = mean[j]!;
    const deviation = spread[j]!;
    if (place) {
      for (let i = 0; i < column.length; i++) matrix[place[i]! * p + j] = (column[i]! - centre) / deviation;
    } else for (let i = 0; i < column.length; i++) matrix[i * p + j] = (column[i]! - centre) / deviation;
  }
  return matrix;
}
