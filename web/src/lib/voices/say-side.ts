import type { Say } from '#lib/language/say.ts';

/** One person of a side; a side that a conversation named itself keeps its own word. */
export function saySide(say: Say, side: string | null): string {
  return say.maybe(`voices.side.${side ?? 'not-said'}`) ?? side ?? '';
}

/** All of a side. */
export function saySides(say: Say, side: string): string {
  return say.maybe(`voices.sides.${side}`) ?? side;
}

/** A vote in one word. */
export function sayVote(say: Say, vote: 1 | 0 | -1): string {
  return say(vote === 1 ? 'voices.card.agree' : vote === -1 ? 'voices.card.disagree' : 'voices.card.pass');
}
