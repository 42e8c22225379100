import * as Plot from '@observablehq/plot';
import { ticks } from './curves.ts';
import { colours, draw, ink, plainNumber, width } from './drawing.ts';

/** Shares of everybody, one layer a state; at each time the layers add to 1. `atOrigin` holds before the first time. */
export type DrawnLayer = {
  readonly name: string;
  readonly atOrigin: number;
  readonly share: ArrayLike<number>;
};

/** Where everybody is over time: states as layers of 100 %, each named where it ends, thinned to a point a pixel. */
export function drawStacked(
  title: string,
  layers: readonly DrawnLayer[],
  {
    origin,
    time,
    end,
    label,
    write = plainNumber,
  }: { origin: number; time: ArrayLike<number>; end: number; label: string; write?: (tick: number) => string },
): string {
  const kept = thinned(origin, time, end);
  const points = layers.flatMap(({ name, atOrigin, share }) =>
    kept.map(({ at, time: when }) => ({ name, when, share: 100 * (at < 0 ? atOrigin : share[at]!) })),
  );
  let below = 0;
  const ends = layers.map(({ name, atOrigin, share }) => {
    const last = kept[kept.length - 1]!.at;
    const own = 100 * (last < 0 ? atOrigin : share[last]!);
    below += own;
    return { name, when: end, middle: below - own / 2 };
  });
  // A thin layer's name moves up until it does not touch the one below.
  for (let k = 1; k < ends.length; k++) ends[k]!.middle = Math.max(ends[k]!.middle, ends[k - 1]!.middle + 6);
  const colour = (name: string): string => colours[layers.findIndex((one) => one.name === name) % colours.length]!;
  return draw(title, {
    height: 360,
    marginLeft: 52,
    marginRight: Math.min(170, 24 + 7.5 * Math.max(...layers.map(({ name }) => name.length))),
    marginBottom: 48,
    x: {
      domain: [origin, end],
      ticks: ticks(end),
      tickFormat: write,
      label,
      labelArrow: 'none',
      labelAnchor: 'center',
    },
    y: { domain: [0, 100], grid: true, ticks: 5, label: null, tickFormat: (tick: number) => `${tick} %` },
    marks: [
      Plot.areaY(
        points,
        Plot.stackY(
          { order: layers.map(({ name }) => name) },
          {
            x: 'when',
            y: 'share',
            z: 'name',
            fill: ({ name }: { name: string }) => colour(name),
            fillOpacity: 0.75,
            curve: 'step-after',
            stroke: 'white',
          },
        ),
      ),
      Plot.ruleY([0], { stroke: ink }),
      Plot.text(ends, {
        x: 'when',
        y: 'middle',
        text: 'name',
        dx: 8,
        textAnchor: 'start',
        fill: ({ name }: { name: string }) => colour(name),
        fontWeight: 600,
      }),
    ],
  });
}

/** The origin (−1), the times that a picture can tell apart, and the end. */
function thinned(origin: number, time: ArrayLike<number>, end: number): { at: number; time: number }[] {
  const step = (end - origin) / width;
  const kept = [{ at: -1, time: origin }];
  for (let at = 0; at < time.length && time[at]! <= end; at++) {
    const next = at + 1 < time.length && time[at + 1]! <= end ? time[at + 1]! : Infinity;
    if (next - kept[kept.length - 1]!.time >= step) kept.push({ at, time: time[at]! });
  }
  kept.push({ at: kept[kept.length - 1]!.at, time: end });
  return kept;
}
