import * as Plot from '@observablehq/plot';
import { colours, draw, ink } from './drawing.ts';

/** A share, 0–1, at a time of equal steps, with where the truth could lie; `null` where it is not known: the line is broken there. */
export type SeriesPoint = {
  readonly time: string;
  readonly value: { readonly share: number; readonly lower: number; readonly upper: number } | null;
};

/** A share over time: a point with its interval for each, joined where neighbours are known. At most eight times are written out. */
export function drawSeries(title: string, points: readonly SeriesPoint[]): string {
  const drawn = points.map(({ time, value }, at) => ({
    at,
    time,
    share: value && 100 * value.share,
    lower: value && 100 * value.lower,
    upper: value && 100 * value.upper,
  }));
  const known = drawn.filter(({ share }) => share !== null);
  const every = Math.ceil(points.length / 8);
  const written = drawn.filter(({ at }) => (points.length - 1 - at) % every === 0).map(({ at }) => at);
  return draw(title, {
    height: 260,
    marginLeft: 52,
    marginRight: 40,
    marginTop: 16,
    marginBottom: 36,
    x: {
      domain: [-0.5, points.length - 0.5],
      ticks: written,
      label: null,
      tickSize: 3,
      tickFormat: (at: number) => points[at]?.time ?? '',
    },
    y: { domain: [0, 100], grid: true, ticks: 5, label: null, tickFormat: (d: number) => `${d} %` },
    marks: [
      Plot.ruleX(known, {
        x: 'at',
        y1: 'lower',
        y2: 'upper',
        stroke: colours[0]!,
        strokeWidth: 2,
        strokeOpacity: 0.45,
      }),
      Plot.lineY(drawn, { x: 'at', y: 'share', stroke: colours[0]!, strokeWidth: 2 }),
      Plot.dot(known, { x: 'at', y: 'share', fill: colours[0]!, r: 3.5 }),
      Plot.ruleY([0], { stroke: ink }),
    ],
  });
}
