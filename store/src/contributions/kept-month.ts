import { month, type Month } from '@meedoen/units';

/** A month as the database keeps it: its first day. */
export function keptMonth(of: Month): string {
  return `${of}-01`;
}

/** The month of a date the database gave us. */
export function monthKept(date: string): Month {
  return month(date.slice(0, 7));
}
