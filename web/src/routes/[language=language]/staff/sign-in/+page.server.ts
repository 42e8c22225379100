import { fail, redirect } from '@sveltejs/kit';
import { finishSignIn } from '#lib/server/staff/finish.ts';
import { oidcProblems } from '#lib/server/staff/oidc.ts';
import { askToSignIn, shownPasskey } from '#lib/server/staff/passkeys.ts';
import { providers } from '#lib/server/staff/providers.ts';
import { siteOf } from '#lib/server/staff/site.ts';
import { goOnTo } from '#lib/server/staff/staff-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { url } = event;
  return {
    open: siteOf(url) !== null,
    question: await askToSignIn(event),
    providers: providers.map(({ id, name }) => ({ id, name })),
    to: goOnTo(event, url.searchParams.get('to')),
    problem: oidcProblems.find((problem) => problem === url.searchParams.get('problem')) ?? null,
  };
};

export const actions: Actions = {
  passkey: async (event) => {
    const form = await event.request.formData();
    const found = await shownPasskey(event, form.get('passkey'));
    if (typeof found === 'string') return fail(400, { problem: found });
    // Somebody who signs in anew begins anew: the session that was here ends.
    if ((await finishSignIn(event, found)) === 'used') return fail(400, { problem: 'used' as const });
    redirect(303, goOnTo(event, form.get('to')));
  },
};
