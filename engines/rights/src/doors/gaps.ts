// How far apart two doors are for one right, and which right is furthest apart.
import type { Day } from '@meedoen/units';
import type { Answer } from '../answer-type.ts';
import type { DoorCell, DoorRow } from './door-matrix.ts';

/** The gap of one right between the doors that it is best and worst for. */
export type Gap = {
  /**
   * What the largest difference is about: some never have the right and others do; some wait longer; some have the duty
   * and others not; some pay more; some meet other terms or steps; or nothing.
   */
  readonly about: GapKind;
  /** Doors for which it opens soonest, and those for which it opens last or never. Empty where nothing is ranked. */
  readonly best: readonly string[];
  readonly worst: readonly string[];
  /** How many doors get a plain no while others do not. */
  readonly shutDoors: number;
  /** Between the shortest and the longest wait, among doors that open, by the law and with the steps that come first (as expected). */
  readonly days: number;
  /** The largest difference in one term in euros; null if no term in euros differs. */
  readonly euros: { readonly term: string; readonly least: number; readonly most: number } | null;
  /** Doors that we cannot compare, because the answer is unknown. */
  readonly unknown: readonly string[];
};

export type GapKind = (typeof gapKinds)[number];
export const gapKinds = ['shut', 'time', 'duty', 'money', 'terms', 'none'] as const;

/**
 * The gap in a row. A duty is described but never ranked: whether it is a burden or a chance is not ours to say, so it has no best door.
 */
export function gapOf(kind: Answer['kind'], cells: readonly DoorCell[]): Gap {
  const known = cells.filter(({ answer }) => answer.verdict !== 'unknown');
  const unknown = cells.filter(({ answer }) => answer.verdict === 'unknown').map(({ door }) => door);
  const open = known.filter(({ answer }) => answer.verdict !== 'no');
  const differs = open.length > 0 && open.length < known.length;
  const shutDoors = kind === 'right' && differs ? known.length - open.length : 0;
  const waits = open.map(daysUntilOpen);
  const days = waits.length === 0 ? 0 : Math.max(...waits) - Math.min(...waits);
  const euros = widestTerm(known);
  const treatments = new Set(known.map(({ treatment }) => treatment)).size;
  const about: GapKind =
    shutDoors > 0
      ? 'shut'
      : days > 0 && kind === 'right'
        ? 'time'
        : differs
          ? 'duty'
          : euros !== null
            ? 'money'
            : treatments > 1
              ? 'terms'
              : 'none';
  const ranked = kind === 'right' && (about === 'shut' || about === 'time');
  const level = (cell: DoorCell): number => (cell.answer.verdict === 'no' ? Infinity : daysUntilOpen(cell));
  const levels = known.map(level);
  const doorsAt = (wanted: number): readonly string[] =>
    ranked ? known.filter((cell) => level(cell) === wanted).map(({ door }) => door) : [];
  return {
    about,
    best: doorsAt(Math.min(...levels)),
    worst: doorsAt(Math.max(...levels)),
    shutDoors,
    days,
    euros,
    unknown,
  };
}

/** The largest gap first: by kind, then by doors shut, days, euros and number of treatments; equals in the order of the table. */
export function byGap(a: DoorRow, b: DoorRow): number {
  const euros = ({ gap }: DoorRow): number => (gap.euros ? gap.euros.most - gap.euros.least : 0);
  return (
    gapKinds.indexOf(a.gap.about) - gapKinds.indexOf(b.gap.about) ||
    b.gap.shutDoors - a.gap.shutDoors ||
    b.gap.days - a.gap.days ||
    euros(b) - euros(a) ||
    b.treatments - a.treatments
  );
}

/** With the steps that come first, as expected; a yes is open today. */
export function daysUntilOpen({ answer, opens }: DoorCell): number {
  if (answer.verdict === 'yes') return 0;
  const day: Day = opens?.expected.day ?? answer.from ?? answer.on;
  return day - answer.on;
}

function widestTerm(cells: readonly DoorCell[]): Gap['euros'] {
  const values = new Map<string, number[]>();
  for (const { euros } of cells) {
    for (const { name, value } of euros) values.set(name, [...(values.get(name) ?? []), Number(value)]);
  }
  let widest: Gap['euros'] = null;
  for (const [term, all] of values) {
    const [least, most] = [Math.min(...all), Math.max(...all)];
    if (most > least && (!widest || most - least > widest.most - widest.least)) widest = { term, least, most };
  }
  return widest;
}
