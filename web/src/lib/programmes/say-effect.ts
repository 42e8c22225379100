import type { ReleasedEffect } from '@meedoen/store';
import type { MessageKey } from '#lib/language/catalogue.ts';
import type { Say } from '#lib/language/say.ts';

const refusals: Readonly<Record<string, MessageKey>> = {
  'too-few-towns': 'programmes.refused.towns',
  'too-few-months': 'programmes.refused.months',
  'too-few-periods': 'programmes.refused.months',
  'too-few-starts': 'programmes.refused.starts',
};

/** What the numbers say, in sentences: how much and between which limits first, then what that rests on; or why nothing can be said. */
export function sayEffect(say: Say, effect: ReleasedEffect): readonly string[] {
  if (!effect.ok) return [say(refusals[effect.problem.what] ?? 'programmes.refused.other')];
  const found = effect.value;
  if (found.method === 'series') {
    const { perThousand, lower, upper } = found;
    return [
      say('programmes.effect.series', {
        more: say.number(perThousand),
        lower: say.number(lower),
        upper: say.number(upper),
      }),
      say('programmes.effect.series-warning'),
    ];
  }
  const { ratio, lower, upper } = found.effect;
  const verdict = lower > 1 ? 'more' : upper < 1 ? 'fewer' : 'unclear';
  return [
    say(`programmes.verdict.${verdict}`),
    say('programmes.effect.did', { ratio: say.number(ratio), lower: say.number(lower), upper: say.number(upper) }),
    say('programmes.effect.counts', { starts: say.number(found.starts), expected: say.number(found.expected) }),
    ...(verdict === 'unclear' && found.smallest
      ? [
          say('programmes.effect.smallest', {
            below: say.number(found.smallest[0]),
            above: say.number(found.smallest[1]),
          }),
        ]
      : []),
  ];
}
