import { day, type Day } from '@meedoen/units';

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });
const times = new Intl.DateTimeFormat('nl', { timeZone: 'Europe/Amsterdam', timeStyle: 'short' });

/** The day it was in the Netherlands. */
export function dayAt(moment: Date): Day {
  return day(days.format(moment));
}

/** The time it was there, such as 09:05. */
export function timeAt(moment: Date): string {
  return times.format(moment);
}
