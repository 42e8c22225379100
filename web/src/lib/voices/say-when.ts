import type { TalkLine } from '#lib/server/voices.ts';
import type { Say } from '#lib/language/say.ts';

/** Until when a conversation is open, or from when, or since when it is not. */
export function sayWhen(say: Say, { open, begins, opensOn, closesOn }: TalkLine): string {
  if (open) return say('voices.open-until', { date: say.date(closesOn) });
  return begins ? say('voices.opens', { date: say.date(opensOn) }) : say('voices.closed', { date: say.date(closesOn) });
}
