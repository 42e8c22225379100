import { randomBytes } from 'node:crypto';
import { isoDay, month } from '@meedoen/units';
import { fail, redirect } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { admit } from '#lib/server/admit.ts';
import { keepSent, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { newId, thisMonth } from '#lib/server/check-in.ts';
import { giveReport } from '#lib/server/contributions.ts';
import { dropKey, keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { newRecoveryCode } from '#lib/server/keys/recovery-code.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { themes } from '#lib/server/questionnaire.ts';
import { today } from '#lib/server/settings.ts';
import { keepReport, readReports, type KeptReport } from '#lib/server/told-cookies.ts';
import { towns } from '#lib/server/towns.ts';
import { workInBits } from '#lib/server/waiting-ticket.ts';
import type { ReportSending } from '#lib/told/report.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const report = reportAsked(event);
  const sending = await sendingOf(event, report);
  const { number, ...kept } = report;
  if (sending !== kept.sending) keepReport(event, { ...kept, sending }, number);
  const { corpus } = await knowledge();
  const { answer } = report;
  return {
    report,
    id: sending.id,
    month: month(sending.month),
    lawName: corpus.laws.findLast(({ id }) => id === answer?.law)?.name ?? answer?.law ?? '',
    theme: (await themes(event.locals.language)).find(({ id }) => id === report.theme)?.label ?? null,
    towns: await towns(),
    town: readCheckIn(event).me?.profile.town ?? null,
    workInBits,
  };
};

export const actions: Actions = {
  send: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => textIn(form, name);
    const report = reportAsked(event);
    const { number, ...withoutNumber } = report;
    const sending = await sendingOf(event, report);
    if (sending.sent !== null) redirect(303, `/${event.params.language}/told`);
    const town = (await towns()).find(({ id }) => id === text('town'))?.id ?? null;
    const consented = text('count') === 'yes';
    if (text('id') !== sending.id || !consented) return fail(400, { town, consented, problem: 'consent' as const });

    const kept = readKey(event, 'evidence');
    if (kept === 'forged') {
      dropKey(event, 'evidence');
      return fail(409, { town, consented, problem: 'key' as const });
    }
    const code = kept === null ? (sending.code ?? newRecoveryCode(randomBytes)) : null;
    const key = kept?.key ?? purposeKey(code!, 'evidence');
    const admitted = admit(event, {
      id: sending.id,
      ticket: text('ticket'),
      work: text('work'),
      key: kept,
      today: isoDay(today()),
    });
    if (!admitted.now) {
      event.setHeaders({ 'retry-after': String(admitted.waitInSeconds) });
      return fail(429, { town, consented, wait: { ticket: admitted.ticket, seconds: admitted.waitInSeconds } });
    }
    const counted = month(sending.month);
    const state = await giveReport(key, { report, id: sending.id, month: counted, town, crowded: admitted.crowded });
    if (state === null) {
      event.setHeaders({ 'retry-after': '60' });
      return fail(503, { town, consented, problem: 'database' as const });
    }
    const { me } = readCheckIn(event);
    const holder = me?.holder ?? (event.locals.answers.keptFor === 'month' ? 'mine' : 'shared');
    keepKey(event, 'evidence', { key, since: kept?.since ?? today(), shared: holder === 'shared' });
    keepReport(event, { ...withoutNumber, sending: { ...sending, code: null, sent: { town } } }, number);
    keepSent(event, { what: 'report', id: sending.id, month: counted, kept: 'month', state, code, town, holder });
    redirect(303, `/${event.params.language}/check-in/thanks`);
  },
};

/** The report of the address; without one there is nothing to send. */
function reportAsked(event: RequestEvent): KeptReport {
  const number = Number(event.url.searchParams.get('report'));
  const found = readReports(event).reports.find((report) => report.number === number);
  if (!found) redirect(303, `/${event.params.language}/told`);
  return found;
}

async function sendingOf(event: RequestEvent, { sending }: KeptReport): Promise<ReportSending> {
  const hasKey = readKey(event, 'evidence') !== null;
  if (sending !== null && (hasKey || sending.code !== null || sending.sent !== null)) return sending;
  return {
    id: sending?.id ?? (await newId()),
    code: hasKey ? null : newRecoveryCode(randomBytes),
    month: sending?.month ?? thisMonth(),
    sent: null,
  };
}
