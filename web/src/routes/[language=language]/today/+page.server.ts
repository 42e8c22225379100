import { helpTopics } from '@meedoen/knowledge';
import { answerAll, nextQuestion, type Answer } from '@meedoen/rights';
import { differsFrom } from '#lib/answers/differs-from.ts';
import { givenFacts } from '#lib/answers/given-facts.ts';
import { timeline } from '#lib/answers/timeline.ts';
import { helpWith } from '#lib/server/help-with.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  // The answers of one person: not for the next one on a shared phone, and not for the service worker.
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { situation } = locals.answers;
  const on = today();
  const answers = answerAll(corpus, situation, on);
  const text = answerAll(corpus, situation, on, { layer: 'text' });
  const announced = answerAll(corpus, situation, on, { layer: 'announced' });
  const otherwise = (layer: readonly Answer[], answer: Answer) => {
    const other = layer.find(({ right }) => right === answer.right);
    return other && differsFrom(answer, other) ? other : null;
  };
  const topicsOf = (right: string) => {
    const named = corpus.rights.find(({ id }) => id === right)?.personWhoHelps ?? [];
    return helpTopics.filter((topic) => named.includes(topic));
  };
  const askedAndKnown = Object.entries(situation.facts).filter(([, value]) => value !== null).length > 0;

  return {
    on,
    begun: askedAndKnown,
    facts: givenFacts(corpus.facts, situation),
    groups: timeline(answers).map(({ group, answers: inGroup }) => ({
      group,
      cards: inGroup.map((answer) => ({
        answer,
        text: otherwise(text, answer),
        announced: otherwise(announced, answer),
        topics: topicsOf(answer.right),
      })),
    })),
    open: answers.filter(({ verdict }) => verdict === 'unknown').length,
    nextQuestion: nextQuestion(corpus, situation, on)?.fact ?? null,
    allOpen: url.searchParams.has('print'),
    help: await helpWith([...new Set(answers.flatMap(({ right }) => topicsOf(right)))], locals.language),
  };
};
