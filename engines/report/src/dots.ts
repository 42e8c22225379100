import * as Plot from '@observablehq/plot';
import { normalQuantile } from '@meedoen/numbers';
import { colours, draw, ink, plainNumber } from './drawing.ts';

/** Twenty equally likely values of what was estimated: its quantiles at 2.5, 7.5 … 97.5 %. */
export function likelyValues(estimate: number, se: number): number[] {
  return Array.from({ length: 20 }, (_, at) => estimate + se * normalQuantile((at + 0.5) / 20));
}

/**
 * A quantile dot plot: twenty dots to count instead of a curve to judge. People read off such dots better how likely
 * something is (M. Kay and others 2016, CHI).
 */
export function drawDots(
  title: string,
  estimate: number,
  se: number,
  label: string,
  write: (tick: number) => string = plainNumber,
): string {
  const values = likelyValues(estimate, se);
  const size = (values[19]! - values[0]!) / 12 || 1;
  const heights = new Map<number, number>();
  const dots = values.map((value) => {
    const bin = Math.round((value - estimate) / size);
    const height = heights.get(bin) ?? 0;
    heights.set(bin, height + 1);
    return { value: estimate + bin * size, height, below: value < 0 };
  });
  const highest = Math.max(...heights.values());
  const reach = Math.max(...dots.map(({ value }) => Math.abs(value))) + size;
  const low = Math.min(...dots.map(({ value }) => value), 0) - size;
  const high = Math.max(...dots.map(({ value }) => value), 0) + size;
  const radius = Math.min(10, (560 * size) / (high - low) / 2.2);
  return draw(title, {
    height: 60 + Math.max(4, highest) * radius * 2.3,
    marginLeft: 24,
    marginRight: 24,
    marginBottom: 44,
    x: {
      domain: [low, high],
      label,
      labelArrow: 'none',
      labelAnchor: 'center',
      ticks: reach > 0 ? 8 : 1,
      tickFormat: write,
    },
    y: { domain: [-0.5, Math.max(4, highest) - 0.5], axis: null },
    marks: [
      Plot.ruleX([0], { stroke: ink, strokeDasharray: '3,3' }),
      Plot.dot(dots, {
        x: 'value',
        y: 'height',
        r: radius,
        fill: (dot: { below: boolean }) => colours[dot.below ? 1 : 0]!,
      }),
    ],
  });
}
