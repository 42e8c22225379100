import { fail, redirect } from '@sveltejs/kit';
import type { AboutMe } from '#lib/check-in/draft.ts';
import { asTypedAboutMe, nothingTyped, parseAboutMe, typedAboutMe } from '#lib/check-in/parse-about-me.ts';
import { dropDraft, keepDraft, keepMe, keepMonths, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { firstOpen, newDraft, thisMonth } from '#lib/server/check-in.ts';
import { monthly } from '#lib/server/questionnaire.ts';
import { towns } from '#lib/server/towns.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { me, draft, months, forged } = readCheckIn(event);
  const month = thisMonth();
  return {
    month,
    forged,
    gone: event.url.searchParams.has('gone'),
    towns: await towns(),
    me,
    change: me === null || event.url.searchParams.has('change'),
    // Who chose to keep the other answers for 30 days said already that this device is theirs.
    typed: me
      ? asTypedAboutMe(me)
      : { ...nothingTyped, holder: event.locals.answers.keptFor === 'month' ? 'mine' : '' },
    draft: draft !== null,
    done: months.some((told) => told.month === month),
  };
};

export const actions: Actions = {
  about: async (event) => {
    const typed = typedAboutMe(await event.request.formData());
    const parsed = parseAboutMe(typed, { towns: new Set((await towns()).map(({ id }) => id)), today: thisMonth() });
    if (!parsed.ok) return fail(400, { typed, problem: { field: parsed.field, key: parsed.key } });
    keepMe(event, parsed.me);
    if (parsed.me.holder === 'shared') keepMonths(event, [], 'shared');
    return begin(event, parsed.me);
  },

  begin: (event) => {
    const { me } = readCheckIn(event);
    if (me === null) redirect(303, `/${event.params.language}/check-in`);
    return begin(event, me);
  },

  /** Forget what was begun on this device, and nothing else. */
  again: (event) => {
    dropDraft(event);
    redirect(303, `/${event.params.language}/check-in`);
  },
};

async function begin(event: RequestEvent, me: AboutMe): Promise<never> {
  const { draft: kept, months } = readCheckIn(event);
  const draft = kept ?? (await newDraft(event));
  if (kept === null) keepDraft(event, draft);
  const next = firstOpen(await monthly(), { me, draft, months });
  redirect(303, `/${event.params.language}/check-in/${next?.id ?? 'send'}`);
}
