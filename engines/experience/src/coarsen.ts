import { addYears, firstDayOf, lastDayOf, monthOf, wholeYearsBetween, type Day, type Month } from '@meedoen/units';
import type { AgeBand } from './profile.ts';

/** Whole years at which each band begins. */
const bands: readonly { readonly from: number; readonly band: AgeBand }[] = [
  { from: 67, band: '67-plus' },
  { from: 55, band: '55-66' },
  { from: 45, band: '45-54' },
  { from: 35, band: '35-44' },
  { from: 25, band: '25-34' },
  { from: 18, band: '18-24' },
  { from: 0, band: 'under-18' },
];

/** Nobody has lived longer than this; a month before it is a slip of the pen. */
const longestLifeInYears = 123;

/** The band of somebody's age at the end of a month; `null` for a day of birth that lies after it. */
export function ageBandOf(bornOn: Day, month: Month): AgeBand | null {
  const years = wholeYearsBetween(bornOn, lastDayOf(month));
  return lastDayOf(month) < bornOn ? null : bands.find(({ from }) => years >= from)!.band;
}

/** The earliest month in which somebody of this band (not said: anybody) can be born, seen from a month. */
export function earliestBirth(band: AgeBand | null, month: Month): Month {
  const at = bands.findIndex((one) => one.band === band);
  const atMostYears = at > 0 ? bands[at - 1]!.from - 1 : longestLifeInYears;
  // Who turns a year older tomorrow was born almost a year earlier than the whole years say.
  return monthOf(addYears(firstDayOf(month), -(atMostYears + 1)));
}
