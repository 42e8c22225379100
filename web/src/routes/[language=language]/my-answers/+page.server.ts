import { answerAll, makesSenseToAsk, parseSituation } from '@meedoen/rights';
import { addDays } from '@meedoen/units';
import { fail, redirect } from '@sveltejs/kit';
import { fileProblem } from '#lib/answers/file-problem.ts';
import { givenFacts } from '#lib/answers/given-facts.ts';
import { noAnswers } from '#lib/server/answers-cookie.ts';
import { shareDevice } from '#lib/server/check-in-cookies.ts';
import { keepAnswers } from '#lib/server/keep-answers.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import { keepReportsFor, readReports } from '#lib/server/told-cookies.ts';
import { wipe } from '#lib/server/wipe.ts';
import type { Actions, PageServerLoad } from './$types';

/** A file of ours takes about 2 kB. */
const largestFileInKilobytes = 64;

export const load: PageServerLoad = async ({ locals, cookies, setHeaders, url }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { situation, keptFor } = locals.answers;
  const waitsFor = new Set(answerAll(corpus, situation, today()).flatMap(({ missing }) => missing));
  return {
    facts: givenFacts(corpus.facts, situation),
    later: corpus.facts.facts
      .filter((row) => waitsFor.has(row.id) && !(row.id in situation.facts) && makesSenseToAsk(row, situation))
      .map(({ id }) => id),
    reports: readReports({ cookies }).reports.length,
    keptFor,
    keptUntil: addDays(today(), 30),
    largestFileInKilobytes,
    dropped: (url.searchParams.get('dropped') ?? '')
      .split('.')
      .filter((fact) => corpus.facts.facts.some(({ id }) => id === fact)),
  };
};

export const actions: Actions = {
  keep: async (event) => {
    const keptFor = (await event.request.formData()).get('keep') === 'month' ? 'month' : 'session';
    keepAnswers(event, event.locals.answers.situation, keptFor);
    keepReportsFor(event, keptFor);
    if (keptFor === 'session') shareDevice(event);
    return { kept: keptFor };
  },

  load: async (event) => {
    const { corpus } = await knowledge();
    const file = await chosenFile(event.request);
    if (file === 'too large' || (file && file.size > largestFileInKilobytes * 1024)) {
      return fail(413, { file: { key: 'answers.load.error.too-large' as const } });
    }
    if (!file || file.size === 0) return fail(400, { file: { key: 'answers.load.error.empty' as const } });

    const parsed = parseSituation(corpus.facts, await file.text(), today());
    if (!parsed.ok)
      return fail(400, { problems: parsed.problems.slice(0, 10).map((problem) => fileProblem(corpus.facts, problem)) });
    keepAnswers(event, parsed.situation, event.locals.answers.keptFor);
    return { loaded: Object.keys(parsed.situation.facts).length };
  },

  wipe: (event) => {
    event.locals.answers = noAnswers;
    wipe(event);
    redirect(303, `/${event.params.language}/my-answers/wiped`);
  },
};

/** The upload; `too large` when the server stopped reading before the end (see the limit in server.ts). */
async function chosenFile(request: Request): Promise<File | null | 'too large'> {
  try {
    const file = (await request.formData()).get('file');
    return file instanceof File ? file : null;
  } catch {
    return 'too large';
  }
}
