import * as Plot from '@observablehq/plot';
import { colours, draw, ink, plainNumber, width } from './drawing.ts';

/** A step curve with its band, from its start at time 0. */
export type DrawnCurve = {
  readonly name: string;
  readonly time: ArrayLike<number>;
  readonly share: ArrayLike<number>;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** How many are still followed just before a time; `null` where that is not told. */
  readonly atRisk: (time: number) => number | null;
  /** What the share is before the first time: 1 of a survival curve, 0 of an incidence. */
  readonly start: 0 | 1;
  /** Its place among the colours, when not its own: two curves of one group. */
  readonly hue?: number;
  readonly dashed?: boolean;
};

/**
 * Step curves with their bands, each named at its end, and under the axis how many people are still followed. A curve is
 * thinned to what the picture can show: at most one point a pixel.
 */
export function drawCurves(
  title: string,
  curves: readonly DrawnCurve[],
  labels: {
    readonly x: string;
    readonly atRisk: string;
    readonly write?: (tick: number) => string;
    /** All curves are of the same people. */ readonly oneRow?: boolean;
    /**
     * Only these times are known: ticks and numbers at risk stand there, and between them the lines are straight. Steps would claim to
     * know when it happened.
     */
    readonly known?: readonly number[];
  },
): string {
  const last = Math.max(...curves.map(({ time }) => time[time.length - 1] ?? 0));
  const points = curves.flatMap((curve) => thinned(curve, last));
  const ends = apart(
    curves.map(({ name }) => {
      const own = points.filter((point) => point.name === name);
      return { name, time: own[own.length - 1]!.time, share: own[own.length - 1]!.share };
    }),
  );
  const times = labels.known ?? ticks(last);
  const curve = labels.known ? 'linear' : 'step-after';
  const followed = labels.oneRow ? [{ ...curves[0]!, name: '' }] : curves;
  const counts = followed.flatMap(({ name, atRisk }, row) =>
    times.map((time) => {
      const people = atRisk(time);
      return { name, time, row, count: people === null ? '–' : String(Math.round(people)) };
    }),
  );
  const colour = new Map(curves.map(({ name, hue }, at) => [name, colours[(hue ?? at) % colours.length]!]));
  const dashed = new Set(curves.filter((one) => one.dashed).map(({ name }) => name));
  const stroke = ({ name }: { readonly name: string }): string => colour.get(name) ?? ink;
  const longest = Math.max(...followed.map(({ name }) => name.length));
  const marginLeft = Math.min(170, Math.max(52, 16 + 7.5 * longest));
  const plotHeight = 300;
  const rowHeight = 20;
  const below = 66 + rowHeight * (followed.length + 1);
  const under = { frameAnchor: 'bottom', textAnchor: 'start' } as const;
  return draw(title, {
    height: plotHeight + below,
    marginLeft,
    marginRight: Math.min(170, 24 + 7.5 * Math.max(...curves.map(({ name }) => name.length))),
    marginTop: 16,
    marginBottom: below,
    x: { domain: [0, last], ticks: times, tickFormat: labels.write ?? plainNumber, label: null },
    y: { domain: [0, 100], percent: true, grid: true, ticks: 5, label: null, tickFormat: (d: number) => `${d} %` },
    marks: [
      ...curves.map(({ name }) =>
        Plot.areaY(
          points.filter((point) => point.name === name && point.lower !== null),
          { x: 'time', y1: 'lower', y2: 'upper', fill: colour.get(name)!, fillOpacity: 0.16, curve },
        ),
      ),
      ...curves.map(({ name }) =>
        Plot.lineY(
          points.filter((point) => point.name === name),
          {
            x: 'time',
            y: 'share',
            stroke: colour.get(name)!,
            strokeWidth: 2,
            curve,
            strokeDasharray: dashed.has(name) ? '6,4' : 'none',
          },
        ),
      ),
      Plot.ruleY([0], { stroke: ink }),
      Plot.text(ends, {
        x: 'time',
        y: 'share',
        text: 'name',
        dx: 8,
        textAnchor: 'start',
        fill: stroke,
        fontWeight: 600,
      }),
      Plot.text([labels.x], { frameAnchor: 'bottom', dy: 40 }),
      Plot.text([labels.atRisk], { ...under, frameAnchor: 'bottom-left', dx: 4 - marginLeft, dy: 64, fill: '#4b5563' }),
      ...counts.map((cell) =>
        Plot.text([cell], {
          x: 'time',
          text: 'count',
          frameAnchor: 'bottom',
          dy: 64 + rowHeight * (cell.row + 1),
          fill: stroke,
        }),
      ),
      ...followed.map((row, at) =>
        Plot.text([row], {
          ...under,
          text: 'name',
          frameAnchor: 'bottom-left',
          dx: 4 - marginLeft,
          dy: 64 + rowHeight * (at + 1),
          fill: stroke,
        }),
      ),
    ],
  });
}

type Point = { name: string; time: number; share: number; lower: number | null; upper: number | null };

function thinned({ name, time, share, lower, upper, start }: DrawnCurve, last: number): Point[] {
  const points: Point[] = [{ name, time: 0, share: start, lower: start, upper: start }];
  const step = last / width;
  for (let j = 0; j < time.length; j++) {
    const isLast = j === time.length - 1;
    if (!isLast && time[j + 1]! - points[points.length - 1]!.time < step) continue;
    points.push({ name, time: time[j]!, share: share[j]!, lower: lower[j]!, upper: upper[j]! });
  }
  return points;
}

/** Names at the ends of curves that nearly meet stand under each other, at least a line apart. */
function apart<T extends { readonly share: number }>(ends: readonly T[]): T[] {
  const line = 0.055;
  const sorted = ends.toSorted((a, b) => b.share - a.share);
  const placed: T[] = [];
  let above = Infinity;
  for (const end of sorted) {
    const share = Math.min(end.share, above - line);
    placed.push({ ...end, share });
    above = share;
  }
  // What was pushed below the axis pushes the others back up.
  let below = 0;
  for (let at = placed.length - 1; at >= 0; at--) {
    const share = Math.max(placed[at]!.share, below);
    placed[at] = { ...placed[at]!, share };
    below = share + line;
  }
  return placed;
}

/** Round times from 0, six to ten of them. */
export function ticks(last: number): number[] {
  const rough = last / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((by) => by * power).find((by) => last / by <= 8) ?? rough;
  const times: number[] = [];
  for (let at = 0; at * step <= last * 1.0001; at++) times.push(at * step);
  return times;
}
