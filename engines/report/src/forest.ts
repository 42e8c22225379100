import * as Plot from '@observablehq/plot';
import { colours, draw, ink, plainNumber } from './drawing.ts';

/** One line of a forest plot. */
export type ForestRow = {
  readonly name: string;
  readonly estimate: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** What the row is: one of many, all together, or where a new one could lie. */
  readonly kind: 'one' | 'together' | 'new';
  /** Its share of the whole, 0 to 1, which the size of its mark shows. */
  readonly weight?: number;
};

/** Estimates with their intervals under each other; `scale: 'log'` for ratios, where no effect is 1. */
export function drawForest(
  title: string,
  rows: readonly ForestRow[],
  scale: 'linear' | 'log',
  label: string,
  write: (tick: number) => string = plainNumber,
): string {
  const none = scale === 'log' ? 1 : 0;
  const names = rows.map(({ name }) => name);
  const longest = Math.max(...names.map((name) => name.length));
  const drawn = rows.map((row) => ({ ...row, lower: row.lower ?? row.estimate, upper: row.upper ?? row.estimate }));
  const ends = [none, ...drawn.flatMap(({ lower, upper }) => [lower, upper])];
  const domain = padded(Math.min(...ends), Math.max(...ends), scale);
  const colour = ({ kind }: { readonly kind: ForestRow['kind'] }): string =>
    kind === 'one' ? ink : kind === 'together' ? colours[0]! : '#6b7280';
  return draw(title, {
    height: 60 + rows.length * 26,
    marginLeft: Math.min(330, 16 + longest * 7.5),
    marginRight: 24,
    marginBottom: 44,
    x: {
      type: scale,
      domain,
      label,
      labelArrow: 'none',
      labelAnchor: 'center',
      grid: true,
      ticks: scale === 'log' ? ratiosBetween(...domain) : 6,
      tickFormat: write,
    },
    y: { domain: names, label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([none], { stroke: ink, strokeDasharray: '3,3' }),
      Plot.ruleY(drawn, {
        x1: 'lower',
        x2: 'upper',
        y: 'name',
        stroke: colour,
        strokeWidth: (row: ForestRow) => (row.kind === 'together' ? 4 : 2),
      }),
      Plot.dot(
        drawn.filter(({ kind }) => kind !== 'new'),
        {
          x: 'estimate',
          y: 'name',
          symbol: (row: ForestRow) => (row.kind === 'together' ? 'diamond' : 'square'),
          r: (row: ForestRow) => (row.kind === 'together' ? 7 : 3 + 5 * Math.sqrt(row.weight ?? 0.1)),
          fill: colour,
        },
      ),
    ],
    r: { type: 'identity' },
    symbol: { type: 'identity' } as never,
  });
}

/** A little room beside the outermost intervals. */
function padded(low: number, high: number, scale: 'linear' | 'log'): [low: number, high: number] {
  if (scale === 'linear') {
    const room = 0.04 * (high - low || 1);
    return [low - room, high + room];
  }
  const room = Math.max(1.05, (high / low) ** 0.04);
  return [low / room, high * room];
}

/** Ratios that people know, within what is drawn; finer ones where little is. */
function ratiosBetween(low: number, high: number): number[] {
  const within = (ratios: readonly number[]): number[] => ratios.filter((ratio) => ratio >= low && ratio <= high);
  if (high / low < 5) return within([0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4]);
  const known = within([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]);
  return known.length <= 9 ? known : within([-4, -3, -2, -1, 0, 1, 2, 3, 4].map((power) => 10 ** power));
}
