import { fail, redirect } from '@sveltejs/kit';
import { today } from '#lib/server/settings.ts';
import { themes } from '#lib/server/questionnaire.ts';
import { keepReport, readReports } from '#lib/server/told-cookies.ts';
import { asTyped, nothingTyped, parseReport, typedReport } from '#lib/told/parse-report.ts';
import { mostLetters, mostReports } from '#lib/told/report.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const edited = editedReport(event);
  return {
    themes: await themes(event.locals.language),
    typed: edited ? asTyped(edited) : nothingTyped,
    full: !edited && readReports(event).reports.length >= mostReports,
    mostReports,
    mostLetters,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const typed = typedReport(await event.request.formData());
    const known = (await themes(event.locals.language)).map(({ id }) => id);
    const parsed = parseReport(typed, { themes: known }, today());
    if (!parsed.ok) return fail(400, { typed, problem: parsed.problem });
    const edited = editedReport(event);
    const number = keepReport(event, { ...parsed.report, sending: edited?.sending ?? null }, edited?.number ?? null);
    if (number === null) return fail(409, { typed, full: true });
    redirect(303, `/${event.params.language}/told?kept=${number}`);
  },
};

/** A report without a rule, that was not shared: what was shared stays as it was, until it is taken back. */
function editedReport(event: RequestEvent) {
  const number = Number(event.url.searchParams.get('report'));
  const found = readReports(event).reports.find((report) => report.number === number);
  return found && found.answer === null && !found.sending?.sent ? found : null;
}
