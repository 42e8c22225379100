import { nextQuestion } from '@meedoen/rights';
import { expiredOn } from '#lib/answers/card-expired.ts';
import { givenFacts } from '#lib/answers/given-facts.ts';
import { helpWith } from '#lib/server/help-with.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import { cardsOf } from '#lib/server/today-cards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  // The answers of one person: not for the next one on a shared phone, and not for the service worker.
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { situation } = locals.answers;
  const on = today();
  const cards = cardsOf(corpus, situation, on);

  return {
    on,
    begun: Object.values(situation.facts).some((value) => value !== null),
    expired: expiredOn(situation, on),
    facts: givenFacts(corpus.facts, situation),
    cards,
    open: cards.filter(({ answer }) => answer.verdict === 'unknown').length,
    nextQuestion: nextQuestion(corpus, situation, on)?.fact ?? null,
    allOpen: url.searchParams.has('print'),
    help: await helpWith([...new Set(cards.flatMap(({ topics }) => topics))], locals.language),
  };
};
