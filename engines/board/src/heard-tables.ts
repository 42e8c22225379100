import { readCrossTable, type CrossTable } from '@meedoen/publication';
import type { Parsed } from '@meedoen/units';

/** How many were heard in a year, told apart in four ways. `not-said` is an answer. */
export type HeardRow = {
  readonly language: string;
  readonly door: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly people: number;
};

export const heardBy = ['door', 'language', 'ageBand', 'gender'] as const;
export type HeardBy = (typeof heardBy)[number];

/** One table a characteristic: crossed with each other they would tell of one person soon. */
export function heardTable(rows: readonly HeardRow[], by: HeardBy): Parsed<CrossTable> {
  return readCrossTable({
    by: [{ name: by, levels: [rows.map((row) => row[by])] }],
    counts: rows.map(({ people }) => people),
  });
}
