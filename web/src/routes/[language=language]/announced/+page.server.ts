import { answerAll } from '@meedoen/rights';
import { differsFrom } from '#lib/answers/differs-from.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { situation } = locals.answers;
  const now = answerAll(corpus, situation, today());
  const text = answerAll(corpus, situation, today(), { layer: 'text' });
  const announced = answerAll(corpus, situation, today(), { layer: 'announced' });
  return {
    begun: Object.keys(situation.facts).length > 0,
    // Policy variants are for who compares policies; here stands what somebody decided or announced.
    changes: corpus.replacements
      .filter(({ variant }) => variant === null)
      .map(({ id, status, name, from, url, confidence }) => ({ id, status, name, from, url, confidence })),
    yours: now.flatMap((answer) => {
      const find = (layer: typeof now) => layer.find(({ right }) => right === answer.right) ?? answer;
      const [printed, planned] = [find(text), find(announced)];
      const differs = differsFrom(answer, printed) || differsFrom(answer, planned);
      return differs ? [{ now: answer, text: printed, announced: planned }] : [];
    }),
  };
};
