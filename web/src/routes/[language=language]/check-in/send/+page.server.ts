import { randomBytes } from 'node:crypto';
import { isoDay } from '@meedoen/units';
import { noConsents, whatOthersCouldTell } from '@meedoen/experience';
import { fail, redirect } from '@sveltejs/kit';
import { consentProblem, consentsIn } from '#lib/check-in/consents.ts';
import { explanations, tell, type MonthTold } from '#lib/check-in/draft.ts';
import { textIn } from '#lib/page/form-text.ts';
import { admit } from '#lib/server/admit.ts';
import {
  dropCheckIn,
  dropDraft,
  keepDraft,
  keepMe,
  keepMonths,
  keepSent,
  readCheckIn,
  type JustSent,
} from '#lib/server/check-in-cookies.ts';
import { leaving, nameOf, toExplain, type Telling } from '#lib/server/check-in.ts';
import { giveContribution, takeBack } from '#lib/server/contributions.ts';
import { dropKey, keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { newRecoveryCode } from '#lib/server/keys/recovery-code.ts';
import { monthly, viewOf } from '#lib/server/questionnaire.ts';
import { today } from '#lib/server/settings.ts';
import { towns } from '#lib/server/towns.ts';
import { workInBits } from '#lib/server/waiting-ticket.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { language } = event.locals;
  const { me, draft, months } = readCheckIn(event);
  if (me === null || draft === null) redirect(303, `/${event.params.language}/check-in`);
  const questionnaire = await monthly();
  // Somebody who took the key off this device meanwhile gets a new one with the first thing they send.
  if (draft.code === null && readKey(event, 'evidence') === null) {
    keepDraft(event, { ...draft, code: newRecoveryCode(randomBytes) });
  }
  const telling: Telling = { me, draft, months };
  const [contradiction] = toExplain(questionnaire, telling);
  // With every consent, so that everything that could leave is on the screen before anything is ticked.
  const all = leaving(questionnaire, telling, language, { count: true, follow: true, words: true, health: true });
  const { answers = [], words = [] } = all ?? {};
  const sensitive = new Set(questionnaire.questions.filter((one) => one.sensitive).map(({ id }) => id));
  const shown = new Set([
    ...[...answers, ...words].map(({ question }) => question),
    ...(contradiction ? [contradiction.now.question, contradiction.earlier.question] : []),
  ]);
  return {
    id: draft.id,
    month: draft.month,
    holder: me.holder,
    profile: me.profile,
    answers,
    words,
    health: answers.some(({ question }) => sensitive.has(question)),
    parts: all === null ? [] : whatOthersCouldTell(all).telling,
    contradiction: contradiction ?? null,
    questions: await Promise.all(
      questionnaire.questions.filter(({ id }) => shown.has(id)).map((question) => viewOf(question, language)),
    ),
    towns: await towns(),
    workInBits,
  };
};

export const actions: Actions = {
  explain: async (event) => {
    const form = await event.request.formData();
    const { me, draft, months } = readCheckIn(event);
    if (me === null || draft === null) redirect(303, `/${event.params.language}/check-in`);
    const [contradiction] = toExplain(await monthly(), { me, draft, months });
    const means = form.get('means');
    if (contradiction && means === 'now-wrong') {
      redirect(303, `/${event.params.language}/check-in/${contradiction.now.question}`);
    }
    const explanation = explanations.find((known) => known === means);
    if (contradiction && explanation) {
      keepDraft(event, { ...draft, explained: { ...draft.explained, [nameOf(contradiction)]: explanation } });
    }
    redirect(303, `/${event.params.language}/check-in/send`);
  },

  keep: (event) => {
    const { me, draft } = readCheckIn(event);
    if (me === null || draft === null) return gone(event, '');
    return finish(event, 'here', 'kept', null);
  },

  send: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => textIn(form, name);
    const { me, draft, months } = readCheckIn(event);
    if (me === null || draft === null) return gone(event, text('id'));
    if (text('id') !== draft.id) return fail(409, { consents: noConsents, problem: 'other' as const });

    const consents = consentsIn(form);
    const problem = consentProblem(consents);
    if (problem) return fail(400, { consents, problem });

    const kept = readKey(event, 'evidence');
    if (kept === 'forged') {
      dropKey(event, 'evidence');
      keepDraft(event, { ...draft, code: newRecoveryCode(randomBytes) });
      return fail(409, { consents, problem: 'key' as const });
    }
    // The code was made with the draft: whoever sends it twice, before the answer came, sends it with the same key.
    const code = kept === null ? (draft.code ?? newRecoveryCode(randomBytes)) : null;
    const key = kept?.key ?? purposeKey(code!, 'evidence');

    const admitted = admit(event, {
      id: draft.id,
      ticket: text('ticket'),
      work: text('work'),
      key: kept,
      today: isoDay(today()),
    });
    if (!admitted.now) {
      event.setHeaders({ 'retry-after': String(admitted.waitInSeconds) });
      return fail(429, { consents, wait: { ticket: admitted.ticket, seconds: admitted.waitInSeconds } });
    }

    const questionnaire = await monthly();
    const contribution = leaving(questionnaire, { me, draft, months }, event.locals.language, consents);
    if (contribution === null) return fail(400, { consents, problem: 'nothing' as const });
    const state = await giveContribution(key, contribution, admitted.crowded);
    if (state === null) {
      event.setHeaders({ 'retry-after': '60' });
      return fail(503, { consents, problem: 'database' as const });
    }
    // Told again: the new answers take the place of those of the same month.
    const earlier = months.find(({ month, kept, id }) => month === draft.month && kept !== 'here' && id !== draft.id);
    if (earlier) await takeBack(key, [earlier]);

    if (me.holder === 'mine') keepKey(event, 'evidence', { key, since: kept?.since ?? today(), shared: false });
    else dropKey(event, 'evidence');
    return finish(event, contribution.followed ? 'study' : 'month', state, code);
  },
};

/** The month goes to the months of the device (nowhere, where others use it too), and the page of thanks says what happened. */
async function finish(
  event: RequestEvent,
  kept: MonthTold['kept'],
  state: JustSent['state'],
  code: JustSent['code'],
): Promise<never> {
  const { me, draft, months } = readCheckIn(event);
  if (me === null || draft === null) redirect(303, `/${event.params.language}/check-in`);
  const questionnaire = await monthly();
  // The person's own copy holds everything, whatever was shared of it.
  const all = { count: true, follow: false, words: true, health: true };
  const told = leaving(questionnaire, { me, draft, months }, event.locals.language, all);
  if (me.holder === 'shared') {
    dropCheckIn(event);
  } else {
    if (state !== 'withdrawn' && told !== null) {
      const { answers, words } = told;
      keepMonths(event, tell(months, { id: draft.id, month: draft.month, kept, answers, words }), me.holder);
    }
    keepMe(event, me);
    dropDraft(event);
  }
  keepSent(event, {
    what: 'month',
    id: draft.id,
    month: draft.month,
    kept,
    state,
    code,
    town: me.profile.town,
    holder: me.holder,
  });
  redirect(303, `/${event.params.language}/check-in/thanks`);
}

/** No draft: it was sent a moment ago (a second tap, another tab, "back"), or there never was one. */
function gone(event: RequestEvent, id: string) {
  const { sent, months } = readCheckIn(event);
  if (sent !== null && (id === '' || sent.id === id)) redirect(303, `/${event.params.language}/check-in/thanks`);
  if (months.some((told) => told.id === id)) redirect(303, `/${event.params.language}/check-in/history`);
  redirect(303, `/${event.params.language}/check-in?gone`);
}
