import { answer } from '@meedoen/rights';
import { isoDay } from '@meedoen/units';
import { error, fail, redirect } from '@sveltejs/kit';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import { keepReport, readReports } from '#lib/server/told-cookies.ts';
import { asTyped, nothingTyped, parseReport, typedReport } from '#lib/told/parse-report.ts';
import { mostLetters, mostReports, type AnswerShown } from '#lib/told/report.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { reports } = readReports(event);
  const edited = editedReport(event);
  const now = await answerNow(event);
  return {
    now,
    /** A report keeps the answer that was shown when it was made. */
    shown: edited?.answer ?? shownIn(now),
    edited: edited?.number ?? null,
    typed: edited ? asTyped(edited) : nothingTyped,
    full: !edited && reports.length >= mostReports,
    mostReports,
    mostLetters,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const typed = typedReport(await event.request.formData());
    const edited = editedReport(event);
    const parsed = parseReport(typed, { answer: edited?.answer ?? shownIn(await answerNow(event)) }, today());
    if (!parsed.ok) return fail(400, { typed, problem: parsed.problem });
    const number = keepReport(event, { ...parsed.report, sending: edited?.sending ?? null }, edited?.number ?? null);
    if (number === null) return fail(409, { typed, full: true });
    redirect(303, `/${event.params.language}/told?kept=${number}`);
  },
};

async function answerNow({ locals, params }: RequestEvent): Promise<ReturnType<typeof answer>> {
  const { corpus } = await knowledge();
  if (!corpus.rights.some(({ id }) => id === params.right)) error(404);
  return answer(corpus, locals.answers.situation, today(), { right: params.right });
}

function editedReport(event: RequestEvent): ReturnType<typeof readReports>['reports'][number] | null {
  const number = Number(event.url.searchParams.get('report'));
  const found = readReports(event).reports.find((report) => report.number === number);
  // What was shared stays as it was shared, until it is taken back.
  return found?.answer?.right === event.params.right && !found.sending?.sent ? found : null;
}

function shownIn({ right, verdict, from, on, because }: ReturnType<typeof answer>): AnswerShown {
  const [rule] = because;
  return {
    right,
    verdict,
    from: from === null ? null : isoDay(from),
    on: isoDay(on),
    law: rule?.law ?? '',
    article: rule?.article ?? '',
    version: rule ? isoDay(rule.version) : '',
  };
}
