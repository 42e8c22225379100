import { nextQuestion } from '@meedoen/rights';
import { expiredOn } from '#lib/answers/card-expired.ts';
import { givenFacts } from '#lib/answers/given-facts.ts';
import { chainsBehind } from '#lib/server/chains.ts';
import { helpWith } from '#lib/server/help-with.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import { cardsOf } from '#lib/server/today-cards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  // The answers of one person: not for the next one on a shared phone, and not for the service worker.
  setHeaders({ 'cache-control': 'no-store' });
  const known = await knowledge();
  const { corpus } = known;
  const { situation } = locals.answers;
  const on = today();
  const cards = cardsOf(corpus, situation, on);

  const chains = chainsBehind(
    known,
    situation,
    on,
    cards.map(({ answer }) => answer),
  );
  return {
    on,
    begun: Object.values(situation.facts).some((value) => value !== null),
    expired: expiredOn(situation, on),
    facts: givenFacts(corpus.facts, situation),
    cards,
    /** The way to work for pay if the person is on it, because that is what most wait for; else the longest. */
    chain: chains.find(({ right }) => right === 'paid-work') ?? chains[0] ?? null,
    open: cards.filter(({ answer }) => answer.verdict === 'unknown').length,
    nextQuestion: nextQuestion(corpus, situation, on)?.fact ?? null,
    allOpen: url.searchParams.has('print'),
    help: await helpWith(
      cards.map(({ topics }) => topics),
      locals.language,
    ),
  };
};
