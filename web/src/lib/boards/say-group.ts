import type { SliceBy } from '@meedoen/board';
import { ownName } from '#lib/language/languages.ts';
import type { Say } from '#lib/language/say.ts';

/** What a group of a board is called: a door, a cohort `2025-1` or `2025`, a programme. */
export function sayGroup(say: Say, by: SliceBy, group: string): string {
  if (group === 'together') return say('towns.work.together');
  if (by === 'cohort') {
    const [year, half] = group.split('-');
    if (half === undefined) return group;
    return say(half === '1' ? 'towns.work.first-half' : 'towns.work.second-half', { year: year ?? group });
  }
  if (by === 'programme') return group === 'none' ? say('towns.work.no-programme') : group;
  return sayDoor(say, group);
}

export function sayDoor(say: Say, door: string): string {
  return say.maybe(`check-in.about.doors.${door}`) ?? say('towns.heard.not-said');
}

/** Languages by their own name; ages, doors and gender as people were asked. */
export function sayHeard(say: Say, by: 'door' | 'language' | 'ageBand' | 'gender', value: string): string {
  if (by === 'language') return Object.hasOwn(ownName, value) ? ownName[value as keyof typeof ownName] : value;
  if (by === 'door') return sayDoor(say, value);
  const area = by === 'ageBand' ? 'ages' : 'genders';
  return say.maybe(`check-in.about.${area}.${value}`) ?? say('towns.heard.not-said');
}
