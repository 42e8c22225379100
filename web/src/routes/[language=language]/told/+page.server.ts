import { month } from '@meedoen/units';
import { fail, redirect } from '@sveltejs/kit';
import { takeReportBack } from '#lib/server/contributions.ts';
import { readKey } from '#lib/server/keys/key-cookie.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { themes } from '#lib/server/questionnaire.ts';
import { dropReport, keepReport, readReports } from '#lib/server/told-cookies.ts';
import { towns } from '#lib/server/towns.ts';
import { whatCameOf } from '#lib/server/what-came-of.ts';
import { barrierReference, type BarrierNamed } from '#lib/decisions/barrier-named.ts';
import type { KeptReport } from '#lib/server/told-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus } = await knowledge();
  const { reports, damaged } = readReports({ cookies });
  const named = await themes(locals.language);
  const known = await towns();
  // Which town answered what is public; that this person asked stands on their device alone.
  const came = await whatCameOf(reports.flatMap(sentAbout), locals.language);
  return {
    reports: reports.map(({ sending, ...report }) => {
      const { answer, theme } = report;
      const sent = sending?.sent ?? null;
      return {
        ...report,
        kind: corpus.rights.find(({ id }) => id === answer?.right)?.kind ?? 'right',
        lawName: corpus.laws.findLast(({ id }) => id === answer?.law)?.name ?? answer?.law ?? '',
        themeName: named.find(({ id }) => id === theme)?.label ?? theme,
        sent: sending &&
          sent && { month: month(sending.month), town: known.find(({ id }) => id === sent.town) ?? null },
        came: sentAbout({ sending, ...report }).flatMap(
          (about) => came.find(({ reference }) => reference === barrierReference(about)) ?? [],
        ),
      };
    }),
    damaged,
    kept: url.searchParams.has('kept'),
    dropped: url.searchParams.has('dropped'),
    takenBack: url.searchParams.has('taken-back'),
    keptFor: locals.answers.keptFor,
  };
};

export const actions: Actions = {
  delete: async (event) => {
    dropReport(event, Number((await event.request.formData()).get('report')));
    redirect(303, `/${event.params.language}/told?dropped`);
  },

  /** Off the server; on the device it stays, as it was before it was shared. */
  back: async (event) => {
    const number = Number((await event.request.formData()).get('report'));
    const found = readReports(event).reports.find((report) => report.number === number);
    if (!found?.sending?.sent) redirect(303, `/${event.params.language}/told`);
    const key = readKey(event, 'evidence');
    if (key === null || key === 'forged') return fail(409, { problem: 'key' as const });
    const { id, month: counted } = found.sending;
    if ((await takeReportBack(key.key, { id, month: month(counted) })) === null) {
      return fail(503, { problem: 'database' as const });
    }
    const { number: _, ...report } = found;
    keepReport(event, { ...report, sending: null }, number);
    redirect(303, `/${event.params.language}/told?taken-back`);
  },
};

/** What a report that was sent is about, in the town that can answer it. */
function sentAbout({ sending, answer, theme }: Pick<KeptReport, 'sending' | 'answer' | 'theme'>): BarrierNamed[] {
  const town = sending?.sent?.town ?? null;
  if (town === null) return [];
  if (answer !== null) return [{ town, about: 'right', subject: answer.right }];
  return theme === null ? [] : [{ town, about: 'theme', subject: theme }];
}
