import type { Board, CurvePoint, FirstWorkCurve, PublishedShare, ReleasedSlice, SliceBy } from '@meedoen/board';
import { drawCurves, type DrawnCurve } from '@meedoen/report';
import { withoutMarks } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';
import type { NumbersTable, Panel, Picture } from './panel.ts';
import { sayGroup } from './say-group.ts';

/** How many groups a picture holds, those with most people: more cannot be told apart. */
const mostDrawn = 4;

/** How long until first paid work: everybody, then by door, arrival and programme; work and leaving always together. */
export function firstWorkPanel(say: Say, board: Board): Panel {
  const slices = board.firstWork?.slices ?? {};
  const everyone = slices.everyone?.curves[0];
  const pictures = (['everyone', 'door', 'cohort', 'programme'] as const).flatMap((by) => {
    const slice = slices[by];
    return slice ? [pictureOf(say, by, slice, board.firstWork!.triedIn)] : [];
  });
  const people = everyone?.people ?? null;
  return {
    id: 'work',
    title: say('towns.work.title'),
    says: everyone && everyone.points.length > 0 ? saysOf(say, everyone) : [say('towns.work.none')],
    pictures,
    mind: [
      ...(people === null ? [] : [say('towns.work.followed-people', { count: say.number(people) })]),
      ...(board.workedBefore === null ? [] : [say('towns.work.before', { count: say.number(board.workedBefore) })]),
      say('towns.sure.level'),
      say('towns.sure.interval'),
      say('towns.sure.cannot-work'),
    ],
  };
}

function saysOf(say: Say, { points, waits }: FirstWorkCurve): string[] {
  // After a year where that is known: people can picture a year.
  const point = points.find(({ months }) => months === 12) ?? points.at(-1)!;
  const wait = waits.at(-1);
  return [
    say('towns.work.says', { months: point.months, ...ofHundred(say, point.work) }),
    point.left ? say('towns.work.left', ofHundred(say, point.left)) : say('towns.work.left-hidden'),
    ...(wait ? [say('towns.work.wait', spoken(say, wait))] : []),
  ];
}

export function ofHundred(say: Say, { lower, upper }: PublishedShare): { low: string; high: string } {
  return { low: say.number(Math.round(100 * lower)), high: say.number(Math.round(100 * upper)) };
}

function spoken(say: Say, { horizon, months, lower, upper }: FirstWorkCurve['waits'][number]): Record<string, string> {
  return { horizon: say.number(horizon), months: say.number(months), low: say.number(lower), high: say.number(upper) };
}

function pictureOf(say: Say, by: SliceBy, { curves, releasedIn, bands }: ReleasedSlice, triedIn: string): Picture {
  const told = curves.filter(({ points }) => points.length > 0);
  const silent = curves.filter(({ points }) => points.length === 0).map(({ group }) => sayGroup(say, by, group));
  const [year, half] = releasedIn.split('-');
  const when = say(half === '1' ? 'towns.work.first-half' : 'towns.work.second-half', { year: year ?? '' });
  const caption = say('towns.work.figure');
  return {
    title: by === 'everyone' ? null : say(`towns.work.by-${by}`),
    says: [
      ...(by === 'everyone'
        ? []
        : told.flatMap(({ group, waits }) => {
            const wait = waits.at(-1);
            return wait
              ? [say('towns.work.group-wait', { group: sayGroup(say, by, group), ...spoken(say, wait) })]
              : [];
          })),
      ...(silent.length > 0 ? [say('towns.work.too-few', { groups: say.list(silent) })] : []),
      // Told only where newer numbers exist and had to be kept back.
      ...(releasedIn < triedIn ? [say('towns.work.older', { when })] : []),
    ],
    drawing: told.length > 0 ? { svg: draw(say, by, told, caption), caption } : null,
    table: told.length > 0 ? tableOf(say, by, told, bands.work, caption) : null,
  };
}

function draw(say: Say, by: SliceBy, told: readonly FirstWorkCurve[], caption: string): string {
  const drawn = told.toSorted((a, b) => (b.people ?? 0) - (a.people ?? 0)).slice(0, mostDrawn);
  const [found, gone] = [say('towns.work.found'), say('towns.work.gone')];
  const curves = drawn.flatMap((curve, hue): DrawnCurve[] => {
    const name = by === 'everyone' ? '' : `${sayGroup(say, by, curve.group)}: `;
    const left = curve.points.filter((point): point is CurvePoint & { left: PublishedShare } => point.left !== null);
    const common = { start: 0 as const, atRisk: followedAt(curve) };
    return [
      {
        ...common,
        ...columns(curve.points.map(({ months, work }) => ({ months, value: work }))),
        name: withoutMarks(`${name}${found}`),
        hue: by === 'everyone' ? 0 : hue,
      },
      ...(left.length > 0
        ? [
            {
              ...common,
              ...columns(left.map(({ months, left: value }) => ({ months, value }))),
              name: withoutMarks(`${name}${gone}`),
              hue: by === 'everyone' ? 1 : hue,
              dashed: true,
            },
          ]
        : []),
    ];
  });
  const known = [...new Set(drawn.flatMap(({ points }) => points.map(({ months }) => months)))].sort((a, b) => a - b);
  return drawCurves(withoutMarks(caption), curves, {
    x: withoutMarks(say('towns.work.months')),
    atRisk: withoutMarks(say('towns.work.followed')),
    oneRow: by === 'everyone',
    known,
  });
}

function columns(
  points: readonly { months: number; value: PublishedShare }[],
): Pick<DrawnCurve, 'time' | 'share' | 'lower' | 'upper'> {
  return {
    time: points.map(({ months }) => months),
    share: points.map(({ value }) => value.share),
    lower: points.map(({ value }) => value.lower),
    upper: points.map(({ value }) => value.upper),
  };
}

function followedAt({ points }: FirstWorkCurve): (months: number) => number | null {
  return (months) => points.find((point) => point.months === months)?.followed ?? null;
}

function tableOf(
  say: Say,
  by: SliceBy,
  told: readonly FirstWorkCurve[],
  bands: readonly number[],
  caption: string,
): NumbersTable {
  const percent = (share: PublishedShare | null | undefined): string | null =>
    share ? `${say.number(Math.round(100 * share.share))} % (${Object.values(ofHundred(say, share)).join('–')})` : null;
  return {
    caption,
    columns: [
      say('towns.board.group'),
      say('towns.work.months'),
      say('towns.work.found'),
      say('towns.work.gone'),
      say('towns.work.followed'),
    ],
    rows: told.flatMap(({ group, points }) =>
      bands.map((months) => {
        const point = points.find((one) => one.months === months);
        return [
          by === 'everyone' ? say('towns.board.people') : sayGroup(say, by, group),
          say.number(months),
          percent(point?.work),
          percent(point?.left),
          point ? say.number(point.followed) : null,
        ];
      }),
    ),
  };
}
