import * as Plot from '@observablehq/plot';
import { colours, draw, ink, plainNumber } from './drawing.ts';

/** The effect at one time since the start, with the interval of this time and the band of all times. */
export type DrawnEffect = {
  readonly at: number;
  readonly estimate: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly bandLower: number | null;
  readonly bandUpper: number | null;
};

/** An event-study plot: open marks before the start of a policy, filled ones from it on, 0 as a line. */
export function drawEffects(
  title: string,
  effects: readonly DrawnEffect[],
  label: string,
  write: (tick: number) => string = plainNumber,
): string {
  const times = effects.map(({ at }) => at).toSorted((a, b) => a - b);
  const before = ({ at }: DrawnEffect): boolean => at < 0;
  const colour = (one: DrawnEffect): string => (before(one) ? '#6b7280' : colours[0]!);
  const known = <T extends keyof DrawnEffect>(end: T): DrawnEffect[] => effects.filter((one) => one[end] !== null);
  return draw(title, {
    height: 340,
    marginLeft: 60,
    marginBottom: 48,
    x: {
      domain: [times[0]! - 0.5, times.at(-1)! + 0.5],
      ticks: times.length <= 15 ? times : 10,
      label,
      labelArrow: 'none',
      labelAnchor: 'center',
      tickFormat: write,
    },
    y: { grid: true, inset: 10, ticks: 6, label: null, tickFormat: write },
    marks: [
      Plot.ruleY([0], { stroke: ink }),
      ...(times[0]! < 0 ? [Plot.ruleX([-0.5], { stroke: ink, strokeDasharray: '3,3' })] : []),
      Plot.ruleX(known('bandLower'), { x: 'at', y1: 'bandLower', y2: 'bandUpper', stroke: colour, strokeWidth: 1 }),
      Plot.ruleX(known('lower'), { x: 'at', y1: 'lower', y2: 'upper', stroke: colour, strokeWidth: 4 }),
      Plot.dot(effects, {
        x: 'at',
        y: 'estimate',
        r: 5,
        stroke: colour,
        strokeWidth: 2,
        fill: (one: DrawnEffect) => (before(one) ? 'white' : colour(one)),
      }),
    ],
  });
}
