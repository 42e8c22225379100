import { markFallback } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';

export type NamedDoor = { door: string; name: Readonly<Record<string, string>> };

/** What a reason for arrival is called; a door that was added later has its Dutch and English name. */
export function nameOfDoor(say: Say, { door, name }: NamedDoor): string {
  return say.maybe(`doors.name.${door}`) ?? name[say.language] ?? markFallback(name['en'] ?? door);
}
