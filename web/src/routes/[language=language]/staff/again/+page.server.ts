import { fail, redirect } from '@sveltejs/kit';
import { finishSignIn } from '#lib/server/staff/finish.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { oidcProblems } from '#lib/server/staff/oidc.ts';
import { askToSignIn, shownPasskey } from '#lib/server/staff/passkeys.ts';
import { providers } from '#lib/server/staff/providers.ts';
import { goOnTo } from '#lib/server/staff/staff-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event;
  const ways = await inDatabase((store, database) => store.waysInOf(database, locals.staff!.id));
  const passkeys = ways.filter(({ kind }) => kind === 'passkey').map(({ id }) => id);
  const issuers = new Set(ways.map((way) => (way.kind === 'oidc' ? way.issuer : null)));
  return {
    hasPasskey: passkeys.length > 0,
    question: passkeys.length > 0 ? await askToSignIn(event, passkeys) : null,
    providers: providers.filter(({ issuer }) => issuers.has(issuer)).map(({ id, name }) => ({ id, name })),
    to: goOnTo(event, url.searchParams.get('to')),
    problem: oidcProblems.find((problem) => problem === url.searchParams.get('problem')) ?? null,
  };
};

export const actions: Actions = {
  passkey: async (event) => {
    const form = await event.request.formData();
    const found = await shownPasskey(event, form.get('passkey'));
    if (typeof found === 'string') return fail(400, { problem: found });
    if (found.staffId !== event.locals.staff!.id) return fail(400, { problem: 'other' as const });
    if ((await finishSignIn(event, found)) === 'used') return fail(400, { problem: 'used' as const });
    redirect(303, goOnTo(event, form.get('to')));
  },
};
