import {
  cumulativeIncidence,
  readSpells,
  timesLost,
  type IncidenceCurve,
  type Risks,
  type Spells,
} from '@meedoen/evidence';
import { roundHalfUp, type PublishedCell } from '@meedoen/publication';
import { bandName } from './bands.ts';
import { firstWorkRules, type SliceBands } from './first-work-table.ts';
import { followedAfter, type GroupedHistory, type Slice } from './histories.ts';

/** A share with where the truth could lie, 0–1, in whole percents; the limits are rounded outwards. */
export type PublishedShare = { readonly share: number; readonly lower: number; readonly upper: number };

/** Where a group is some months after arrival. `null`: too few people to say. Who is in neither was still without paid work. */
export type CurvePoint = {
  readonly months: number;
  readonly work: PublishedShare;
  readonly left: PublishedShare | null;
  readonly followed: number;
};

/** Mean months without paid work up to a horizon, in tenths; the limits are rounded outwards. */
export type PublishedWait = {
  readonly horizon: number;
  readonly months: number;
  readonly lower: number;
  readonly upper: number;
};

export type FirstWorkCurve = {
  /** `all`, or a cohort, door or programme. */
  readonly group: string;
  readonly people: number | null;
  /** Ascending; stops where too few people are left to say anything. */
  readonly points: readonly CurvePoint[];
  readonly waits: readonly PublishedWait[];
};

const horizons = [12, 24, 36] as const;

/**
 * Curves as far as the published table lets them be drawn. Estimates are Aalen–Johansen's with late entry, from whole months; a point is
 * shown only where every count behind it is shown, so that a curve tells of nobody whom the table hides. Shares are whole
 * percents, which is coarser than a person wherever the table may be shown.
 */
export function firstWorkCurves(slice: Slice, cells: readonly PublishedCell[], bands: SliceBands): FirstWorkCurve[] {
  const groups = slice.by === 'everyone' ? ['all'] : [...new Set(slice.histories.map(({ group }) => group))].sort();
  return groups.map((group) => {
    const own = slice.by === 'everyone' ? slice.histories : slice.histories.filter((one) => one.group === group);
    return curveOf(group, own, publishedOf(group, slice, cells), bands);
  });
}

/** What the table says of a group: a count, `null` where it is hidden; 0 where nobody of anybody is in it. */
type Published = (...ended: readonly string[]) => number | null;

function publishedOf(group: string, { by }: Slice, cells: readonly PublishedCell[]): Published {
  const wanted = by === 'everyone' ? [] : [[group]];
  const counts = new Map(
    cells
      .filter(({ categories }) => by === 'everyone' || categories[0]!.join() === wanted[0]!.join())
      .map(({ categories, count }) => [categories.at(-1)!.join('/'), count]),
  );
  return (...ended) => {
    const count = counts.get(ended.join('/'));
    return count === undefined ? 0 : count;
  };
}

function curveOf(
  group: string,
  histories: readonly GroupedHistory[],
  published: Published,
  bands: SliceBands,
): FirstWorkCurve {
  const people = published();
  const spells = spellsOf(histories);
  const risks = people === null ? null : risksOf(spells);
  if (risks === null) return { group, people, points: [], waits: [] };

  const points: CurvePoint[] = [];
  for (const months of bands.work) {
    const followed = followedAfter(histories, months);
    if (followed < firstWorkRules.fewest || thinUpTo(risks, months)) break;
    if (!mayShow('work', months, bands, published)) continue;
    points.push({
      months,
      work: shareAt(risks, 0, months),
      left: mayShow('left', months, bands, published) ? shareAt(risks, 1, months) : null,
      followed: roundHalfUp(followed, firstWorkRules),
    });
  }
  const reach = points.at(-1)?.months ?? 0;
  return { group, people, points, waits: horizons.filter((one) => one <= reach).flatMap((one) => waitTo(spells, one)) };
}

/** Is everything shown that a share so many months after arrival counts? At the end that may be the sum, where bands are hidden. */
function mayShow(cause: 'work' | 'left', months: number, bands: SliceBands, published: Published): boolean {
  const own = bands[cause];
  const at = own.indexOf(months);
  if (at < 0) return false;
  const bandsShown = own.slice(0, at + 1).every((_, i) => published(cause, `${cause} ${bandName(i, own)}`) !== null);
  return bandsShown || (at === own.length - 1 && published(cause) !== null);
}

function spellsOf(histories: readonly GroupedHistory[]): Spells {
  const spells = readSpells({
    time: histories.map(({ exit }) => exit),
    entry: histories.map(({ entry }) => entry),
    cause: histories.map(({ cause }) => ['none', 'work', 'left'].indexOf(cause)),
    weight: histories.map(({ people }) => people),
  });
  if (!spells.ok) throw new RangeError(`firstWorkCurves: ${spells.problem.message}`);
  return spells.value;
}

function risksOf(spells: Spells): Risks {
  const risks = cumulativeIncidence(spells, { causes: ['work', 'left'] });
  if (!risks.ok) throw new RangeError(`firstWorkCurves: ${risks.problem.message}`);
  return risks.value[0]!;
}

/** With so few at risk one event moves the curve by a tenth, for good; and it would show whose it was. */
function thinUpTo({ table: { time, events, atRisk } }: Risks, months: number): boolean {
  for (let j = 0; j < time.length && time[j]! <= months; j++) {
    if (events[j]! > 0 && atRisk[j]! < firstWorkRules.fewest) return true;
  }
  return false;
}

function shareAt({ table: { time }, causes }: Risks, cause: 0 | 1, months: number): PublishedShare {
  const curve: IncidenceCurve = causes[cause]!;
  let at = -1;
  while (at + 1 < time.length && time[at + 1]! <= months) at++;
  const share = at < 0 ? 0 : curve.share[at]!;
  return {
    share: Math.round(100 * share) / 100,
    lower: Math.floor(100 * ((at < 0 ? null : curve.lower[at]) ?? share)) / 100,
    upper: Math.ceil(100 * ((at < 0 ? null : curve.upper[at]) ?? share)) / 100,
  };
}

function waitTo(spells: Spells, horizon: number): PublishedWait[] {
  const times = timesLost(spells, { horizon, causes: ['work', 'left'] });
  if (!times.ok) return [];
  const { estimate, ci } = times.value[0]![0]!;
  if (ci.lower === null || ci.upper === null) return [];
  return [
    {
      horizon,
      months: Math.round(10 * estimate) / 10,
      lower: Math.floor(10 * ci.lower) / 10,
      upper: Math.ceil(10 * ci.upper) / 10,
    },
  ];
}
