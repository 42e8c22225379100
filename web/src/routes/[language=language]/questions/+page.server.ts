import { nextQuestion } from '@meedoen/rights';
import { redirect } from '@sveltejs/kit';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

/** The next question that can still change an answer; when there is none, the answers. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { corpus } = await knowledge();
  const next = nextQuestion(corpus, locals.answers.situation, today());
  redirect(303, next ? `/${params.language}/questions/${next.fact}${url.search}` : `/${params.language}/today`);
};
