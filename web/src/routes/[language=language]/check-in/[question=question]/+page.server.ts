import { mostQuestions, questionOf } from '@meedoen/experience';
import { error, fail, redirect } from '@sveltejs/kit';
import { give } from '#lib/check-in/draft.ts';
import { answerTyped, asTypedAnswer, mostLetters, typedAnswer } from '#lib/check-in/typed-answer.ts';
import { keepDraft, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { answersThatCount, askedOf, firstOpen, thisMonth, type Telling } from '#lib/server/check-in.ts';
import { monthly, viewOf } from '#lib/server/questionnaire.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const questionnaire = await monthly();
  const question = questionOf(questionnaire, event.params.question);
  if (question === null) error(404);
  const telling = tellingOf(event);
  const asked = askedOf(questionnaire, telling);
  const at = asked.findIndex(({ id }) => id === question.id);
  // A question of another month, or one that an answer made needless: go on with those there are.
  if (at < 0) redirect(303, `/${event.params.language}/check-in/${firstOpen(questionnaire, telling)?.id ?? 'send'}`);
  return {
    question: await viewOf(question, event.locals.language),
    typed: asTypedAnswer(question, telling.draft.answers[question.id]),
    at: at + 1,
    most: Math.max(mostQuestions, asked.length),
    previous: asked[at - 1]?.id ?? null,
    mostLetters,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const questionnaire = await monthly();
    const question = questionOf(questionnaire, event.params.question);
    if (question === null) error(404);
    const telling = tellingOf(event);
    const form = await event.request.formData();

    const typed = typedAnswer(form);
    const parsed = form.has('skip')
      ? ({ ok: true, answer: null } as const)
      : answerTyped(question, typed, {
          month: telling.draft.month,
          today: thisMonth(),
          profile: telling.me.profile,
          answers: answersThatCount(questionnaire, telling),
        });
    if (!parsed.ok) return fail(400, { typed, problem: parsed.problem });

    const draft = give(telling.draft, question.id, parsed.answer);
    if (!keepDraft(event, draft).ok) {
      return fail(413, { typed, problem: { field: 'words', key: 'check-in.question.error.full', words: {} } as const });
    }
    const asked = askedOf(questionnaire, { ...telling, draft });
    const after = asked.slice(asked.findIndex(({ id }) => id === question.id) + 1);
    const open = (id: string) => !(id in draft.answers) && !draft.skipped.includes(id);
    const next = after.find(({ id }) => open(id)) ?? asked.find(({ id }) => open(id));
    redirect(303, `/${event.params.language}/check-in/${next?.id ?? 'send'}`);
  },
};

/** Without a beginning on this device there is nothing to answer: the start says what it is. */
function tellingOf(event: RequestEvent): Telling {
  const { me, draft, months } = readCheckIn(event);
  if (me === null || draft === null) redirect(303, `/${event.params.language}/check-in`);
  return { me, draft, months };
}
