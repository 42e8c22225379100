import { error, fail } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { choicesFor, parseGrant, typedIn } from '#lib/server/staff/grant-form.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { isRecent, may } from '#lib/server/staff/may.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { shortText } from '#lib/server/staff/short-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  const staff = locals.staff!;
  const everywhere = may(staff, 'steward', { kind: 'platform' });
  const found = await inDatabase(async (store, database) => {
    const one = (await store.staffList(database)).find(({ id }) => id === params.person);
    const named = await store.organizations(database);
    return {
      one,
      choices: choicesFor(store, staff),
      organisations: named.map(({ id, name }) => ({ id, name })),
    };
  });
  const grants = found.one?.grants.filter(({ scope }) => may(staff, 'steward', scope)) ?? [];
  // Whom one does not look after, one does not see: no name, and not whether they are there.
  if (found.one === undefined || (!everywhere && grants.length === 0)) error(404, 'Nobody to see here.');
  return {
    menu: menuFor(event),
    // Asked before somebody types: a form that is sent on to another page would lose it.
    recent: isRecent(staff, new Date()),
    person: params.person,
    nameShown: found.one.nameShown,
    left: found.one.leftAt !== null,
    grants,
    everywhere,
    choices: found.choices,
    organisations: found.organisations,
  };
};

export const actions: Actions = {
  give: async ({ request, locals, params }) => {
    const form = await request.formData();
    const typed = typedIn(form);
    return inDatabase(async (store, database) => {
      const grant = parseGrant(store, form);
      if (typeof grant === 'string') return fail(400, { problem: grant, typed });
      const given = await store.giveGrant(
        database,
        { by: locals.staff!.id, to: params.person, ...grant },
        doing(store),
      );
      if (given === 'given') return { done: 'given' as const };
      const problem = ({ refused: 'refused', 'has it': 'has-it', unknown: 'gone' } as const)[given];
      return fail(given === 'refused' ? 403 : 400, { problem, typed });
    });
  },
  withdraw: async ({ request, locals }) => {
    const form = await request.formData();
    const reason = shortText(form.get('reason'), 300);
    if (reason === null) return fail(400, { problem: 'reason' as const });
    return inDatabase(async (store, database) => {
      const withdrawn = await store.withdrawGrant(
        database,
        { by: locals.staff!.id, grantId: textIn(form, 'id'), reason },
        doing(store),
      );
      if (withdrawn === 'withdrawn') return { done: 'withdrawn' as const };
      const problem = ({ refused: 'refused', last: 'last-steward', unknown: 'gone' } as const)[withdrawn];
      return fail(withdrawn === 'refused' ? 403 : 400, { problem });
    });
  },
  'new-way': async ({ request, locals, params, url }) => {
    const reason = shortText((await request.formData()).get('reason'), 300);
    if (reason === null) return fail(400, { problem: 'reason' as const });
    return inDatabase(async (store, database) => {
      const { secret, hash } = store.newSecret();
      const until = await store.invite(
        database,
        { by: locals.staff!.id, invited: { kind: 'known', staffId: params.person }, reason, tokenHash: hash },
        doing(store),
      );
      if (until === null) return fail(403, { problem: 'refused' as const });
      return { link: `${url.origin}/${locals.language}/staff/invitation/${secret}`, until };
    });
  },
  'let-go': async ({ request, locals, params }) => {
    const reason = shortText((await request.formData()).get('reason'), 300);
    if (reason === null) return fail(400, { problem: 'reason' as const });
    return inDatabase(async (store, database) => {
      const gone = await store.letGo(database, { by: locals.staff!.id, staffId: params.person, reason }, doing(store));
      if (gone === 'gone') return { done: 'gone' as const };
      const problem = ({ refused: 'refused', last: 'last-steward', unknown: 'gone' } as const)[gone];
      return fail(gone === 'refused' ? 403 : 400, { problem });
    });
  },
};
