import { fail } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { choicesFor, parseGrant, typedIn } from '#lib/server/staff/grant-form.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { isRecent, may } from '#lib/server/staff/may.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = event.locals.staff!;
  const everywhere = may(staff, 'steward', { kind: 'platform' });
  return inDatabase(async (store, database) => {
    const people = await store.staffList(database);
    const open = await store.openInvitations(database, new Date());
    const named = await store.organizations(database);
    return {
      menu: menuFor(event),
      // Asked before somebody types: a form that is sent on to another page would lose it.
      recent: isRecent(staff, new Date()),
      // A steward of one municipality sees who works there, and no others.
      people: people
        .map((one) => ({ ...one, grants: one.grants.filter(({ scope }) => may(staff, 'steward', scope)) }))
        .filter(({ grants }) => everywhere || grants.length > 0),
      open: open.filter(({ for: who }) => (who.kind === 'new' ? may(staff, 'steward', who.scope) : everywhere)),
      choices: choicesFor(store, staff),
      organisations: named.map(({ id, name }) => ({ id, name })),
    };
  });
};

export const actions: Actions = {
  invite: async ({ request, locals, url }) => {
    const form = await request.formData();
    const typed = typedIn(form);
    return inDatabase(async (store, database) => {
      const grant = parseGrant(store, form);
      if (typeof grant === 'string') return fail(400, { problem: grant, typed });
      const { role, scope, reason } = grant;
      const { secret, hash } = store.newSecret();
      const until = await store.invite(
        database,
        { by: locals.staff!.id, invited: { kind: 'new', role, scope }, reason, tokenHash: hash },
        doing(store),
      );
      if (until === null) return fail(403, { problem: 'refused' as const, typed });
      return { link: `${url.origin}/${locals.language}/staff/invitation/${secret}`, until };
    });
  },
  withdraw: async ({ request, locals }) => {
    const id = textIn(await request.formData(), 'id');
    return inDatabase(async (store, database) =>
      (await store.withdrawInvitation(database, { by: locals.staff!.id, id }, doing(store)))
        ? { withdrawn: true }
        : fail(400, { problem: 'gone' as const }),
    );
  },
};
