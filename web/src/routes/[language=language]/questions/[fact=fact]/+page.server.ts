import { answerAll, makesSenseToAsk, nextQuestion } from '@meedoen/rights';
import { error, fail, redirect } from '@sveltejs/kit';
import { contradicting } from '#lib/answers/contradicting.ts';
import { giveAnswer, previousQuestion } from '#lib/answers/give-answer.ts';
import { parseAnswer, rangeOf, typedIn, type Typed } from '#lib/answers/parse-answer.ts';
import { settledBy } from '#lib/answers/settled-by.ts';
import { keepAnswers } from '#lib/server/keep-answers.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const row = corpus.facts.facts.find(({ id }) => id === params.fact);
  if (!row) error(404);
  const { situation } = locals.answers;
  if (!makesSenseToAsk(row, situation)) redirect(303, `/${params.language}/questions`);

  const answers = answerAll(corpus, situation, today());
  const next = nextQuestion(corpus, situation, today());
  const given = situation.facts[row.id];
  return {
    fact: row.id,
    type: row.type,
    choices: row.choices,
    range: row.type === 'number' ? rangeOf(row) : null,
    typed: asTyped(given),
    /** Rights whose answer this question can change. */
    opens: next?.fact === row.id ? next.settles : settledBy(answers, row.id),
    answered: Object.keys(situation.facts).length,
    open: answers.filter(({ verdict }) => verdict === 'unknown').length,
    previous: previousQuestion(situation, row.id),
    dropped: (url.searchParams.get('dropped') ?? '')
      .split('.')
      .filter((fact) => corpus.facts.facts.some(({ id }) => id === fact)),
    backToAnswers: url.searchParams.has('change'),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { corpus } = await knowledge();
    const { fact, language } = event.params;
    const row = corpus.facts.facts.find(({ id }) => id === fact);
    if (!row) error(404);

    const typed = typedIn(await event.request.formData());
    const parsed = parseAnswer(row, typed, today());
    if (!parsed.ok) return fail(400, { typed, problem: parsed.problem });

    const given = giveAnswer(corpus.facts, event.locals.answers.situation, fact, parsed.value, today());
    if (!given.ok)
      return fail(400, {
        typed,
        contradiction: contradicting(corpus.facts, given.problem.words) ?? { earlier: fact, later: fact },
      });

    keepAnswers(event, given.situation, event.locals.answers.keptFor);
    const dropped = given.dropped.length > 0 ? `?dropped=${given.dropped.join('.')}` : '';
    redirect(
      303,
      event.url.searchParams.has('change') ? `/${language}/my-answers${dropped}` : `/${language}/questions${dropped}`,
    );
  },
};

/** The answer given before, as it would have been typed. */
function asTyped(given: string | number | boolean | null | undefined): Typed {
  const empty: Typed = { answer: '', day: '', month: '', year: '', number: '' };
  if (given === undefined) return empty;
  if (given === null) return { ...empty, answer: 'unknown' };
  if (typeof given === 'boolean') return { ...empty, answer: given ? 'yes' : 'no' };
  if (typeof given === 'number') return { ...empty, number: String(given) };
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(given);
  return date
    ? { ...empty, day: String(Number(date[3])), month: String(Number(date[2])), year: date[1] ?? '' }
    : { ...empty, answer: given };
}
