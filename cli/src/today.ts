import { day, type Day } from '@meedoen/units';

/** Today in the Netherlands, wherever this computer stands: the law's day begins there. */
export function today(): Day {
  return day(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date()));
}
