import { error, redirect } from '@sveltejs/kit';
import { expiredOn } from '#lib/answers/card-expired.ts';
import { helpWith } from '#lib/server/help-with.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import { cardsOf } from '#lib/server/today-cards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const topics = [...new Set(corpus.rights.map(({ domain }) => domain))];
  if (!topics.includes(params.topic)) error(404);
  const { situation } = locals.answers;
  if (!Object.values(situation.facts).some((value) => value !== null)) redirect(303, `/${params.language}/today`);

  const on = today();
  const cards = cardsOf(corpus, situation, on, params.topic);
  const here = topics.indexOf(params.topic);
  return {
    on,
    topic: params.topic,
    next: topics[here + 1] ?? null,
    cards,
    open: url.searchParams.get('open'),
    expired: expiredOn(situation, on),
    help: await helpWith(
      cards.map(({ topics: named }) => named),
      locals.language,
    ),
  };
};
