import type { Step } from '@meedoen/rights';
import type { Say } from '#lib/language/say.ts';

/** How long a step takes, as a sentence; null when we do not know. */
export function sayDuration(say: Say, { takes, takesKind }: Pick<Step, 'takes' | 'takesKind'>): string | null {
  if (!takes) return null;
  const time = say(`today.step.time.${takes.unit}`, { count: takes.count });
  switch (takesKind) {
    case 'at most':
      return say('today.step.at-most', { time });
    case 'at least':
      return say('today.step.at-least', { time });
    default:
      return say('today.step.typical', { time });
  }
}
