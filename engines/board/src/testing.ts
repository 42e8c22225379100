import { audit, type CellSum, type ReleaseLedger } from '@meedoen/publication';
import { cohortName } from './bands.ts';
import type { SliceBy } from './histories.ts';
import type { BoardCounts, FirstWorkPanel } from './release-board.ts';

/**
 * All curves' tables that were published in a half-year, as one system of sums: between what everybody can place each true number.
 * For tests, which know the true numbers.
 */
export function derivable(
  { releases }: ReleaseLedger,
  period: string,
  firstWork: BoardCounts['firstWork'],
  panel: FirstWorkPanel,
): Map<string, { people: number; lower: number; upper: number }> {
  const cells = new Map<string, number>();
  const low: number[] = [];
  const high: number[] = [];
  const sums: CellSum[] = [];
  for (const { dimensions, counts: shown, roundTo } of releases.filter(
    (one) => one.period === period && one.population.endsWith('followed to first paid work'),
  )) {
    const paths = dimensions.reduce<string[][][]>(
      (all, { name, paths: own }) =>
        all.flatMap((so) => own.map((path) => [...so, path.length === 0 ? [] : [name, ...path]])),
      [[]],
    );
    const keys = paths.map((one) => JSON.stringify(one.filter((part) => part.length > 0)));
    const index = keys.map((key) => {
      if (!cells.has(key)) {
        cells.set(key, low.push(0) - 1);
        high.push(Infinity);
      }
      return cells.get(key)!;
    });
    shown.forEach((count, at) => {
      if (count === null) return;
      low[index[at]!] = Math.max(low[index[at]!]!, count - Math.floor(roundTo / 2));
      high[index[at]!] = Math.min(high[index[at]!]!, count + Math.ceil(roundTo / 2) - 1);
    });
    keys.forEach((key, at) => {
      const own = paths[at]!;
      dimensions.forEach(({ name, paths: categories }, d) => {
        const here = own[d]!.slice(1);
        const children = categories.filter(
          (path) => path.length === here.length + 1 && here.every((p, i) => p === path[i]),
        );
        if (children.length === 0) return;
        const parts = children.map((child) => {
          const there = own.map((part, i) => (i === d ? [name, ...child] : part));
          return cells.get(JSON.stringify(there.filter((part) => part.length > 0)))!;
        });
        sums.push({ total: cells.get(key)!, parts });
      });
    });
  }
  const view = { low: Float64Array.from(low), high: Float64Array.from(high), sums, whole: false };
  const needs = [...cells.values()].map((cell) => ({ cell, width: 0 }));
  const { bounds } = audit(view, needs, 'exact')!;
  return new Map(
    [...cells.keys()].map((key, at) => {
      const { lower, upper } = bounds[at]!;
      return [key, { people: trueCount(JSON.parse(key) as string[][], firstWork, panel), lower, upper }];
    }),
  );
}

function trueCount(
  key: string[][],
  firstWork: BoardCounts['firstWork'],
  { bands, cohorts, slices }: FirstWorkPanel,
): number {
  const group = key.find(([name]) => name !== 'ended');
  const ended = key.find(([name]) => name === 'ended') ?? [];
  const by = (group?.[0] ?? 'everyone') as SliceBy;
  const nameOf = (one: string): string =>
    by === 'cohort' ? cohortName(one, cohorts) : (slices[by]?.names[one] ?? one);
  const rows = firstWork[by].filter((one) => group === undefined || nameOf(one.group) === group[1]);
  const [, cause, band] = ended;
  const last = bands.at(-1)!;
  return rows
    .filter((one) => {
      const [from, to] = (band?.split(' ')[1] ?? '').split('-').map(Number) as [number, number];
      if (cause === undefined) return true;
      if (cause === 'none') return one.cause === 'none' || one.exit > last;
      return one.cause === cause && one.exit <= last && (band === undefined || (one.exit > from && one.exit <= to));
    })
    .reduce((sum, { people }) => sum + people, 0);
}
