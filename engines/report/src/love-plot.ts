import * as Plot from '@observablehq/plot';
import { colours, draw, ink, plainNumber } from './drawing.ts';

/** How far two cohorts differ in one characteristic, in standard deviations. */
export type LoveRow = { readonly name: string; readonly before: number; readonly after: number };

/** From here on a difference counts as imbalance (P. C. Austin 2009, Statistics in Medicine 28, 3083–3107). */
const alikeWithin = 0.1;

/** A love plot: standardised differences before (open) and after (filled), the largest first. */
export function drawLove(
  title: string,
  rows: readonly LoveRow[],
  label: string,
  write: (tick: number) => string = plainNumber,
): string {
  const sorted = rows.toSorted((a, b) => Math.abs(b.before) - Math.abs(a.before));
  const ends = [alikeWithin * 1.5, ...sorted.flatMap(({ before, after }) => [Math.abs(before), Math.abs(after)])];
  const furthest = 1.05 * Math.max(...ends);
  const longest = Math.max(...sorted.map(({ name }) => name.length));
  return draw(title, {
    height: 64 + sorted.length * 28,
    marginLeft: Math.min(240, 16 + longest * 7.5),
    marginRight: 24,
    marginBottom: 44,
    x: {
      domain: [-furthest, furthest],
      label,
      labelArrow: 'none',
      labelAnchor: 'center',
      grid: true,
      ticks: 6,
      tickFormat: write,
    },
    y: { type: 'point', domain: sorted.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([0], { stroke: ink }),
      Plot.ruleX([-alikeWithin, alikeWithin], { stroke: ink, strokeDasharray: '3,3' }),
      Plot.ruleY(sorted, { x1: 'before', x2: 'after', y: 'name', stroke: '#9ca3af' }),
      Plot.dot(sorted, { x: 'before', y: 'name', r: 5, stroke: colours[1]!, strokeWidth: 2, fill: 'white' }),
      Plot.dot(sorted, { x: 'after', y: 'name', r: 5, fill: colours[0]! }),
    ],
  });
}
