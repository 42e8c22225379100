import { fail, redirect } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { deviceOf } from '#lib/server/staff/device.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { sessionHere } from '#lib/server/staff/finish.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { askForPasskey, madePasskey } from '#lib/server/staff/passkeys.ts';
import { providers } from '#lib/server/staff/providers.ts';
import { siteOf } from '#lib/server/staff/site.ts';
import { keepSession } from '#lib/server/staff/staff-session.ts';
import { shortText } from '#lib/server/staff/short-text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, url } = event;
  const invitation = await inDatabase((store, database) =>
    store.invitationBy(database, store.hashOfSecret(params.secret), new Date()),
  );
  if (typeof invitation === 'string') return { no: invitation };
  const known = invitation.for.kind === 'known' ? invitation.for : null;
  return {
    no: null,
    for: invitation.for,
    expiresAt: invitation.expiresAt,
    open: siteOf(url) !== null,
    // The name is typed on this page; a device shows the passkey under it, so it says whose platform this is.
    question: await askForPasskey(event, {
      nameShown: known?.nameShown ?? 'Meedoen',
      staffId: known?.staffId ?? null,
      known: [],
    }),
    providers: providers.map(({ id, name }) => ({ id, name })),
    secret: params.secret,
  };
};

export const actions: Actions = {
  passkey: async (event) => {
    const { request, params, locals } = event;
    const form = await request.formData();
    const isNew = form.has('name');
    const nameShown = isNew ? shortText(form.get('name'), 80) : '';
    const typed = textIn(form, 'name');
    if (nameShown === null) return fail(400, { problem: 'name' as const, typed });
    const made = await madePasskey(event, form.get('passkey'), deviceOf(request.headers.get('user-agent')));
    if (typeof made === 'string') return fail(400, { problem: made, typed });
    const result = await inDatabase(async (store, database) => {
      const { secret, hash } = store.newSecret();
      const accepted = await store.acceptInvitation(
        database,
        {
          tokenHash: store.hashOfSecret(params.secret),
          nameShown,
          way: { kind: 'passkey', passkey: made.passkey },
          answered: made.answered,
          session: sessionHere(event, hash, 'passkey'),
        },
        doing(store),
      );
      if (accepted === 'accepted') keepSession(event, secret);
      return accepted;
    });
    if (result === 'taken') return fail(400, { problem: 'taken' as const, typed });
    // A link that stopped working in between: the page says which.
    if (result !== 'accepted') redirect(303, event.url.pathname);
    redirect(303, `/${locals.language}/staff`);
  },
};
