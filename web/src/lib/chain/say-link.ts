import type { ChainLink } from '@meedoen/rights';
import type { Say } from '#lib/language/say.ts';

/** Where the words of a link stand: a step of a person has them already. */
export function keyOfLink({ id, kind }: Pick<ChainLink, 'id' | 'kind'>): string {
  if (kind === 'wait') return 'chain.wait';
  return kind === 'step' ? `rights.step.${id}` : `chain.event.${id}`;
}

/** How long a link takes and where that comes from: a rule, a target, or what was seen; null when no source says. */
export function sayLength(
  say: Say,
  { least, usual, most }: Pick<ChainLink, 'least' | 'usual' | 'most'>,
): string | null {
  const one = usual ?? most ?? least;
  if (!one || one.duration.count === 0) return null;
  const time = say(`today.step.time.${one.duration.unit}`, { count: one.duration.count });
  const bound = one === most ? 'at-most' : one === least ? 'at-least' : one.kind;
  const sentence = say(`chain.length.${bound}`, { time });
  return one.orLonger ? `${sentence} ${say('chain.longer')}` : sentence;
}
