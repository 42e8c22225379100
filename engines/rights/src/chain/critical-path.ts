// The critical path method (J. E. Kelley and M. R. Walker, "Critical-Path Planning and Scheduling", 1959) on days.
import { addDays, addMonths, addWeeks, weekday, type Day } from '@meedoen/units';
import type { Duration } from '../fact-table.ts';

/** One activity. What comes first stands earlier in the list. */
export type Activity = {
  /** Places of the activities that must have ended. */
  readonly after: readonly number[];
  /** How long it takes once it can begin, or (with `counts`) from that day on. */
  readonly takes: Duration | null;
  /** It counts from this day, whatever comes first; it still cannot end before what comes first. */
  readonly counts: Day | null;
  /** It cannot end before this day. */
  readonly notBefore: Day | null;
};

export type Scheduled = { readonly start: Day; readonly end: Day };

/**
 * When each activity can begin and end, from `today` on, as early as it goes; `late` gives the days by which an
 * activity ends later than it could. An activity without a known length is given none: then its end, and all that
 * follows, is "not before".
 */
export function schedule(
  activities: readonly Activity[],
  today: Day,
  late: { readonly place: number; readonly days: number } | null = null,
): readonly Scheduled[] {
  const done: Scheduled[] = [];
  activities.forEach(({ after, takes, counts, notBefore }, place) => {
    const start = latest([today, ...after.map((earlier) => done[earlier]!.end)]);
    const end = takes === null ? start : later(counts ?? start, takes);
    const delay = late?.place === place ? late.days : 0;
    done.push({ start, end: addDays(latest([start, end, ...(notBefore === null ? [] : [notBefore])]), delay) });
  });
  return done;
}

/** The day on which the last activity ends. */
export function endOf(scheduled: readonly Scheduled[], today: Day): Day {
  return latest([today, ...scheduled.map(({ end }) => end)]);
}

const longestDelay = 36_525;

/** What it costs when an activity ends later than it could. */
export type Delay = {
  /** By how many days it may end later before the whole ends later (total float, nl: speling): 0 on the critical path. */
  readonly slackInDays: number;
  /** By how many days the whole ends later when it ends a day, or 30 days, later. */
  readonly costOfDay: number;
  readonly costOfMonth: number;
};

/**
 * The price of delay of each activity. Reckoned by delaying it, and not by going back from the end: months differ in
 * length, so a month cannot be taken back. A slack of over a hundred years is given as a hundred.
 */
export function delays(activities: readonly Activity[], today: Day): readonly Delay[] {
  const end = endOf(schedule(activities, today), today);
  return activities.map((_, place) => {
    const cost = (days: number): number => endOf(schedule(activities, today, { place, days }), today) - end;
    // The end never comes earlier by a delay, so the last delay without a price can be found by halving.
    let [free, priced] = [0, longestDelay];
    while (priced - free > 1) {
      const middle = (free + priced) >> 1;
      if (cost(middle) === 0) free = middle;
      else priced = middle;
    }
    return { slackInDays: free, costOfDay: cost(1), costOfMonth: cost(30) };
  });
}

function later(from: Day, { count, unit }: Duration): Day {
  switch (unit) {
    case 'days':
      return addDays(from, count);
    case 'weeks':
      return addWeeks(from, count);
    case 'months':
      return addMonths(from, count);
    case 'working_days':
      return addWorkingDays(from, count);
  }
}

// Monday to Friday. Holidays are not known here, so a notice around them may take a day more.
function addWorkingDays(from: Day, count: number): Day {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (weekday(day) < 5) left -= 1;
  }
  return day;
}

function latest(days: readonly Day[]): Day {
  return Math.max(...days) as Day;
}
