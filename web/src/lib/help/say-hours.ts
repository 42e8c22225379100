import type { Say } from '#lib/language/say.ts';

/** Opening hours as iCalendar writes them ('MO,TU', '09:00', '12:30') in words. */
export function saySchedule(say: Say, byday: string, from: string, to: string, freq = 'WEEKLY'): string {
  const days = say.list(byday.split(',').map((day) => say.maybe(`help.day.${day.trim()}`) ?? day));
  return say(freq === 'MONTHLY' ? 'help.schedule.monthly' : 'help.schedule.weekly', { days, from, to });
}
