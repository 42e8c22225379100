import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { CellSum } from './audit.ts';

/**
 * Counts of people by any number of characteristics, margins included. A characteristic may have levels (region and
 * its municipalities), so its categories form a tree with the total at its root. (nl: kruistabel)
 */
export type CrossTable = {
  readonly dimensions: readonly Dimension[];
  /** Every combination of categories, the last dimension running fastest. */
  readonly counts: Float64Array;
  /** A sum over the same people, with its two largest contributions in each cell. */
  readonly amounts: Amounts | null;
};

export type Dimension = {
  readonly name: string;
  /** Category 0 is the total; a wider category stands before what it holds. */
  readonly categories: readonly Category[];
};

export type Category = {
  /** From wide to narrow; empty for the total. */
  readonly path: readonly string[];
  /** The category that holds this one; −1 for the total. */
  readonly parent: number;
  readonly children: readonly number[];
};

export type Amounts = {
  readonly name: string;
  readonly totals: Float64Array;
  readonly largest: Float64Array;
  readonly second: Float64Array;
};

/** Columns of equal length: a row is a person, or with `counts` so many people alike. */
export type CrossTableColumns = {
  readonly by: readonly { readonly name: string; readonly levels: readonly (readonly string[])[] }[];
  readonly counts?: ArrayLike<number>;
  readonly amounts?: { readonly name: string; readonly values: ArrayLike<number> };
};

/** Larger tables are cut into smaller ones first. */
const mostCells = 2_000_000;

/**
 * Count rows into a table with all its margins. Refuses counts that are no whole number or below 0, a narrow category
 * in two wide ones, amounts below 0, and amounts of rows that stand for several people, whose largest nobody can tell.
 */
export function readCrossTable({ by, counts, amounts }: CrossTableColumns): Parsed<CrossTable> {
  const rows = by[0]?.levels[0]?.length ?? 0;
  if (by.length === 0 || rows === 0) {
    return refuse('table-empty', 'There is nothing to count. Give at least one characteristic and one row.');
  }
  const dimensions: Dimension[] = [];
  const leaves: Int32Array[] = [];
  for (const { name, levels } of by) {
    const read = readDimension(name, levels);
    if (!read.ok) return read;
    dimensions.push(read.value.dimension);
    leaves.push(read.value.leaf);
  }
  const size = dimensions.reduce((product, { categories }) => product * categories.length, 1);
  if (size > mostCells) {
    return refuse(
      'table-too-large',
      `This table has ${size} cells, more than the ${mostCells} we can audit. Use fewer or wider categories.`,
      { size, most: mostCells },
    );
  }

  const steps = strides(dimensions);
  const table = new Float64Array(size);
  const sums = amounts && {
    totals: new Float64Array(size),
    largest: new Float64Array(size),
    second: new Float64Array(size),
  };
  for (let row = 0; row < rows; row++) {
    const count = counts ? counts[row]! : 1;
    if (!(Number.isInteger(count) && count >= 0 && count <= 2 ** 40)) {
      return refuseCell(
        'count-unusable',
        'count',
        row,
        `${count} is not a count of people. Write a whole number from 0 on.`,
        {
          count,
        },
      );
    }
    let cells = [0];
    dimensions.forEach(({ categories }, d) => {
      const next: number[] = [];
      for (let at = leaves[d]![row]!; at >= 0; at = categories[at]!.parent) {
        for (const cell of cells) next.push(cell + at * steps[d]!);
      }
      cells = next;
    });
    for (const cell of cells) table[cell]! += count;
    if (!amounts || !sums) continue;
    const value = amounts.values[row]!;
    if (count > 1) {
      return refuseCell(
        'amount-of-several',
        'count',
        row,
        `this row adds up ${count} people, so the largest of them is unknown. Give one row a person to publish a sum.`,
        { count },
      );
    }
    if (!(value >= 0 && value < Infinity)) {
      return refuseCell(
        'amount-unusable',
        amounts.name,
        row,
        `${value} is no amount from 0 on. Publish amounts below 0 apart.`,
        {
          value,
        },
      );
    }
    for (const cell of cells) {
      sums.totals[cell]! += value;
      if (value > sums.largest[cell]!) {
        sums.second[cell] = sums.largest[cell]!;
        sums.largest[cell] = value;
      } else if (value > sums.second[cell]!) sums.second[cell] = value;
    }
  }
  return {
    ok: true,
    value: { dimensions, counts: table, amounts: amounts && sums ? { name: amounts.name, ...sums } : null },
  };
}

function readDimension(
  name: string,
  levels: readonly (readonly string[])[],
): Parsed<{ dimension: Dimension; leaf: Int32Array }> {
  // Names in alphabetical order, so that the order of rows decides nothing.
  type Node = { label: string; path: string[]; children: Map<string, Node>; id: number };
  const root: Node = { label: '', path: [], children: new Map(), id: 0 };
  const rows = levels[0]!.length;
  const wideOf = levels.map(() => new Map<string, string>());
  for (let row = 0; row < rows; row++) {
    let node = root;
    for (const [depth, level] of levels.entries()) {
      const label = level[row]!;
      if (depth > 0) {
        const wide = wideOf[depth]!.get(label);
        if (wide !== undefined && wide !== node.label) {
          return refuseCell(
            'category-in-two',
            name,
            row,
            `"${label}" stands in "${node.label}" here and in "${wide}" before. Put it in one of them.`,
            { label, wide },
          );
        }
        wideOf[depth]!.set(label, node.label);
      }
      let child = node.children.get(label);
      if (!child)
        node.children.set(label, (child = { label, path: [...node.path, label], children: new Map(), id: -1 }));
      node = child;
    }
  }
  const categories: { path: string[]; parent: number; children: number[] }[] = [];
  const number = (node: Node, parent: number): void => {
    node.id = categories.length;
    const own = { path: node.path, parent, children: [] as number[] };
    categories.push(own);
    for (const child of [...node.children.values()].sort((a, b) => (a.label < b.label ? -1 : 1))) {
      own.children.push(categories.length);
      number(child, node.id);
    }
  };
  number(root, -1);
  const leaf = Int32Array.from({ length: rows }, (_, row) => {
    let node = root;
    for (const level of levels) node = node.children.get(level[row]!)!;
    return node.id;
  });
  return { ok: true, value: { dimension: { name, categories }, leaf } };
}

/** How far apart two cells stand that differ by one category. */
export function strides(dimensions: readonly Dimension[]): number[] {
  const steps = dimensions.map(() => 1);
  for (let d = dimensions.length - 2; d >= 0; d--) steps[d] = steps[d + 1]! * dimensions[d + 1]!.categories.length;
  return steps;
}

/** The category of a cell in every dimension. */
export function categoriesOf(cell: number, dimensions: readonly Dimension[]): number[] {
  const at: number[] = [];
  for (let d = dimensions.length - 1; d >= 0; d--) {
    const size = dimensions[d]!.categories.length;
    at.unshift(cell % size);
    cell = Math.floor(cell / size);
  }
  return at;
}

/** Every cell that is the sum of others: along each dimension, each category and what it holds. */
export function sumsOf({ dimensions, counts }: CrossTable): CellSum[] {
  const sums: CellSum[] = [];
  const steps = strides(dimensions);
  for (let cell = 0; cell < counts.length; cell++) {
    const at = categoriesOf(cell, dimensions);
    dimensions.forEach(({ categories }, d) => {
      const { children } = categories[at[d]!]!;
      if (children.length === 0) return;
      sums.push({ total: cell, parts: children.map((child) => cell + (child - at[d]!) * steps[d]!) });
    });
  }
  return sums;
}
