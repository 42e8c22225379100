import { redirect } from '@sveltejs/kit';
import { knowledge } from '#lib/server/knowledge.ts';
import { dropReport, readReports } from '#lib/server/told-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { reports, damaged } = readReports({ cookies });
  return {
    reports: reports.map((report) => ({
      ...report,
      kind: corpus.rights.find(({ id }) => id === report.answer.right)?.kind ?? 'right',
      lawName: corpus.laws.findLast(({ id }) => id === report.answer.law)?.name ?? report.answer.law,
    })),
    damaged,
    kept: url.searchParams.has('kept'),
    dropped: url.searchParams.has('dropped'),
    keptFor: locals.answers.keptFor,
  };
};

export const actions: Actions = {
  delete: async (event) => {
    dropReport(event, Number((await event.request.formData()).get('report')));
    redirect(303, `/${event.params.language}/told?dropped`);
  },
};
