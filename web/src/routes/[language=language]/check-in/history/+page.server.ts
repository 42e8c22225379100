import { myHistory } from '@meedoen/experience';
import { fail } from '@sveltejs/kit';
import { asPast } from '#lib/check-in/draft.ts';
import { textIn } from '#lib/page/form-text.ts';
import { dropDraft, dropSent, keepMonths, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { barriersNamed } from '#lib/decisions/barriers-named.ts';
import { whatCameOf } from '#lib/server/what-came-of.ts';
import { takeAllBack, takeBack } from '#lib/server/contributions.ts';
import { keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { monthly, viewOf } from '#lib/server/questionnaire.ts';
import { dropSentMarks } from '#lib/server/told-cookies.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Only what is on the device: no row of the server is read to draw it. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { me, months, forged } = readCheckIn(event);
  const questionnaire = await monthly();
  const answered = new Set(
    months.flatMap(({ answers, words }) => [...answers, ...words].map(({ question }) => question)),
  );
  return {
    holder: me?.holder ?? null,
    months,
    forged,
    history: myHistory(questionnaire, months.map(asPast)),
    questions: await Promise.all(
      questionnaire.questions
        .filter(({ id }) => answered.has(id))
        .map((question) => viewOf(question, event.locals.language)),
    ),
    hasKey: keyOf(event) !== null,
    came: await whatCameOf(barriersNamed(me?.profile.town ?? null, months), event.locals.language),
  };
};

export const actions: Actions = {
  /** One month: off the device, and off the server when it was given. */
  one: async (event) => {
    const id = textIn(await event.request.formData(), 'id');
    const { me, months } = readCheckIn(event);
    const told = months.find((one) => one.id === id);
    if (!told) return { count: 0 };
    const count = told.kept === 'here' ? 0 : await withKey(event, (key) => takeBack(key, [told]));
    if (count === 'no key') return fail(409, { problem: 'key' as const });
    if (count === null) return fail(503, { problem: 'database' as const });
    keepMonths(
      event,
      months.filter((one) => one.id !== id),
      me?.holder ?? 'mine',
    );
    return { count: Math.max(1, count) };
  },

  all: async (event) => {
    const count = await withKey(event, takeAllBack);
    if (count === 'no key') return fail(409, { problem: 'key' as const });
    if (count === null) return fail(503, { problem: 'database' as const });
    const { me, months } = readCheckIn(event);
    // The person's own copy stays: it is theirs. What was followed or counted is not any more.
    keepMonths(
      event,
      months.map((told) => ({ ...told, kept: 'here' as const })),
      me?.holder ?? 'mine',
    );
    dropSentMarks(event);
    dropDraft(event);
    dropSent(event);
    return { count };
  },
};

function keyOf(event: RequestEvent) {
  const kept = readKey(event, 'evidence');
  return kept === 'forged' ? null : kept;
}

async function withKey<T>(
  event: RequestEvent,
  work: (key: NonNullable<ReturnType<typeof keyOf>>['key']) => Promise<T>,
): Promise<T | 'no key'> {
  const kept = keyOf(event);
  if (kept === null) return 'no key';
  const { me } = readCheckIn(event);
  keepKey(event, 'evidence', { ...kept, shared: me?.holder === 'shared' });
  return work(kept.key);
}
