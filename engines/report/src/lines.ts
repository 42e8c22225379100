import * as Plot from '@observablehq/plot';
import { colours, draw, ink, plainNumber } from './drawing.ts';

/** Values over time: a line, or marks alone. */
export type DrawnLine = {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
  /** `line` in its own colour; `dashed` for what would have been; `marks` for what was measured; `faint` for one of many. */
  readonly kind: 'line' | 'dashed' | 'marks' | 'faint';
};

/**
 * Lines over time, each named at its end (faint ones have no name), with a rule where a policy began. The same options give
 * the same bytes.
 */
export function drawLines(
  title: string,
  lines: readonly DrawnLine[],
  labels: {
    readonly x: string;
    readonly start?: number;
    readonly zero?: boolean;
    readonly percent?: boolean;
    readonly write?: (tick: number) => string;
  },
): string {
  const named = lines.filter(({ kind }) => kind === 'line' || kind === 'dashed');
  const colour = new Map(named.map(({ name }, at) => [name, colours[at % colours.length]!]));
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const values = lines
    .flatMap(({ points }) => points.map(({ value }) => value))
    .filter((value) => !Number.isNaN(value));
  const [low, high] = labels.percent ? [0, 100] : [Math.min(...values), Math.max(...values)];
  const height = 340;
  const ends = spaced(
    named.map(({ name, points }) => ({ name, ...points[points.length - 1]! })),
    ((high - low) * 20) / (height - 70),
  );
  return draw(title, {
    height,
    marginLeft: 60,
    marginRight: Math.min(200, 24 + 7.5 * Math.max(0, ...named.map(({ name }) => name.length))),
    marginBottom: 48,
    x: {
      // Years and batches are names: 2026, not 2,026.
      ticks: times.length <= 12 ? times : 8,
      tickFormat: (tick: number) => String(tick),
      label: labels.x,
      labelArrow: 'none',
      labelAnchor: 'center',
      inset: 6,
    },
    y: {
      grid: true,
      ticks: 6,
      label: null,
      ...(labels.percent ? { domain: [0, 100] } : { inset: 8 }),
      tickFormat: (tick: number) => (labels.percent ? `${tick} %` : (labels.write ?? plainNumber)(tick)),
    },
    marks: [
      ...(labels.zero ? [Plot.ruleY([0], { stroke: ink })] : []),
      ...(labels.start === undefined ? [] : [Plot.ruleX([labels.start], { stroke: ink, strokeDasharray: '3,3' })]),
      ...lines.map(({ name, points, kind }) => {
        const at = { x: 'at', y: 'value' } as const;
        if (kind === 'marks') return Plot.dot(points, { ...at, r: 3, fill: '#6b7280' });
        if (kind === 'faint')
          return Plot.lineY(points, { ...at, stroke: '#9ca3af', strokeOpacity: 0.6, strokeWidth: 1 });
        const dash = kind === 'dashed' ? { strokeDasharray: '6,4' } : {};
        return Plot.lineY(points, { ...at, stroke: colour.get(name)!, strokeWidth: 2.5, ...dash });
      }),
      Plot.text(ends, {
        x: 'at',
        y: 'value',
        text: 'name',
        dx: 8,
        textAnchor: 'start',
        fill: ({ name }: { readonly name: string }) => colour.get(name)!,
        fontWeight: 600,
      }),
    ],
  });
}

/** Names of lines that end close together stand at least `apart` under each other. */
function spaced<T extends { readonly value: number }>(ends: readonly T[], apart: number): T[] {
  let above = Infinity;
  return ends
    .toSorted((a, b) => b.value - a.value)
    .map((end) => {
      above = Math.min(end.value, above - apart);
      return { ...end, value: above };
    });
}
