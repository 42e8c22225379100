import { refuse, refuseCell, type Parsed } from '@meedoen/units';

/** What a caller hands in: one entry per row, all columns equally long. Times are in one unit of your choice, best whole days. */
export type SpellColumns = {
  /** When following this person ended. */
  readonly time: ArrayLike<number>;
  /** What ended it: 0 = we stopped looking (censored), 1 = the event, 2, 3 … = other causes. */
  readonly cause: ArrayLike<number>;
  /** When we started to follow, if not at 0: late registration, or the start of a (start, stop] row. */
  readonly entry?: ArrayLike<number>;
  /** How much the row counts. */
  readonly weight?: ArrayLike<number>;
  /**
   * What weights mean. `copies`: the row stands for that many identical people, as a database counts them.
   * `sampling`: inverse probabilities; errors then come from the influence function. Default `copies`.
   */
  readonly weightMeaning?: WeightMeaning;
};

export type WeightMeaning = 'copies' | 'sampling';

/**
 * Checked follow-up of people, on a shared scale of distinct end times (nl: verblijfsduren).
 *
 * A row is at risk at `times[j]` for every j from `from` to `to`, both included: it entered before that time
 * and had not yet left. Storing places on the scale instead of times makes each later step a plain count.
 */
export type Spells = {
  readonly size: number;
  /** The distinct end times, ascending. */
  readonly times: Float64Array;
  /** Place of the first time at risk; `null` when everybody is followed from the start. */
  readonly from: Int32Array | null;
  /** Place of the end time. */
  readonly to: Int32Array;
  /** 0 = censored, 1 … `causes`. */
  readonly cause: Uint8Array;
  readonly causes: number;
  readonly weight: Float64Array | null;
  readonly weightMeaning: WeightMeaning;
};

/**
 * Check the columns and put them on a scale. Unsorted rows are normal. An event comes before a censoring on the
 * same time. Equal means exactly equal: use whole days, because 0.1 + 0.2 is not 0.3.
 *
 * Refuses, naming row and column: columns of different length, no rows, a time that is not a finite number from 0 up,
 * an entry at or after the end, a cause that is not a whole number from 0 to 255, a weight that is not above 0.
 * O(n) for whole times of ordinary size, else O(n log n).
 */
export function readSpells(columns: SpellColumns): Parsed<Spells> {
  const { time, cause, entry, weight, weightMeaning = 'copies' } = columns;
  const size = time.length;
  if (size === 0) return refuse('no-rows', 'There are no rows. Give at least one person.');
  for (const [name, column] of [
    ['cause', cause],
    ['entry', entry],
    ['weight', weight],
  ] as const) {
    if (column && column.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${column.length} rows and column time has ${size}. Give every column one value per row.`,
        { column: name, rows: column.length, expected: size },
      );
    }
  }

  // Fast passes over good columns; only a bad one is walked again, to name its row.
  const { latest, whole, usable } = surveyTimes(time);
  if (!usable) {
    const i = firstWhere(time, (t) => !(t >= 0 && t < Infinity));
    return refuseCell(
      'time-not-usable',
      'time',
      i,
      `${time[i]!} is not a time. Write a number from 0 up, such as 120.`,
      {
        found: String(time[i]!),
      },
    );
  }
  const causeOf = new Uint8Array(cause);
  let causes = 1;
  for (let i = 0; i < size; i++) if (causeOf[i]! > causes) causes = causeOf[i]!;
  // A column of bytes cannot have changed on the way; any other may have been cut to bytes.
  for (let i = 0; i < size && !(cause instanceof Uint8Array); i++) {
    if (causeOf[i]! !== cause[i]!) {
      return refuseCell(
        'cause-not-usable',
        'cause',
        i,
        `${cause[i]!} is not a cause. Write 0 for censored, 1 for the event, 2 to 255 for other causes.`,
        { found: String(cause[i]!) },
      );
    }
  }
  if (entry) {
    for (let i = 0; i < size; i++) {
      const e = entry[i]!;
      if (!(e >= 0 && e < Infinity)) {
        return refuseCell('entry-not-usable', 'entry', i, `${e} is not a time. Write a number from 0 up, such as 30.`, {
          found: String(e),
        });
      }
      if (e >= time[i]!) {
        return refuseCell(
          'entry-not-before-end',
          'entry',
          i,
          `follow-up starts at ${e} and ends at ${time[i]!}. The start must come before the end; leave the row out if nobody was followed.`,
          { found: e, end: time[i]! },
        );
      }
    }
  }
  if (weight) {
    for (let i = 0; i < size; i++) {
      const w = weight[i]!;
      if (!(w > 0 && w < Infinity)) {
        return refuseCell(
          'weight-not-usable',
          'weight',
          i,
          `${w} is not a weight. Write a number above 0, or leave the row out.`,
          {
            found: String(w),
          },
        );
      }
    }
  }

  const { times, to } = whole && latest <= Math.max(4 * size, 1 << 16) ? placeWhole(time, latest) : placeAny(time);
  return {
    ok: true,
    value: {
      size,
      times,
      from: entry ? placeEntries(entry, times) : null,
      to,
      cause: causeOf,
      causes,
      weight: weight ? Float64Array.from(weight) : null,
      weightMeaning,
    },
  };
}

/** The largest time, whether all are whole, and whether all can be used: finite, from 0 up. */
function surveyTimes(time: ArrayLike<number>): { latest: number; whole: boolean; usable: boolean } {
  let earliest = Infinity;
  let latest = 0;
  let whole = true;
  let known = true;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    if (t < earliest) earliest = t;
    if (t > latest) latest = t;
    if ((t | 0) !== t) {
      whole = false;
      if (t !== t) known = false; // NaN is the one number that differs from itself
    }
  }
  return { latest, whole, usable: known && earliest >= 0 && latest < Infinity };
}

function firstWhere(column: ArrayLike<number>, holds: (value: number) => boolean): number {
  let i = 0;
  while (!holds(column[i]!)) i++;
  return i;
}

/** Whole times: mark the days that occur, then read each row's place off the calendar. */
function placeWhole(time: ArrayLike<number>, latest: number): { times: Float64Array; to: Int32Array } {
  const place = new Int32Array(latest + 1);
  for (let i = 0; i < time.length; i++) place[time[i]!] = 1;
  const days: number[] = [];
  for (let day = 0; day <= latest; day++) {
    if (place[day]! === 1) {
      place[day] = days.length;
      days.push(day);
    }
  }
  const to = new Int32Array(time.length);
  for (let i = 0; i < time.length; i++) to[i] = place[time[i]!]!;
  return { times: Float64Array.from(days), to };
}

function placeAny(time: ArrayLike<number>): { times: Float64Array; to: Int32Array } {
  const sorted = Float64Array.from(time).sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[distinct++] = sorted[i]!;
  }
  const times = sorted.slice(0, distinct);
  const to = new Int32Array(time.length);
  for (let i = 0; i < time.length; i++) to[i] = countUpTo(times, time[i]!) - 1;
  return { times, to };
}

/** The first end time after the entry. */
function placeEntries(entry: ArrayLike<number>, times: Float64Array): Int32Array {
  const from = new Int32Array(entry.length);
  for (let i = 0; i < entry.length; i++) from[i] = entry[i]! < times[0]! ? 0 : countUpTo(times, entry[i]!);
  return from;
}

/** How many of the ascending times are at most t. O(log n). */
export function countUpTo(times: ArrayLike<number>, t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}
