import { fail } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { readCheckIn } from '#lib/server/check-in-cookies.ts';
import { dropKey, keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { parseRecoveryCode } from '#lib/server/keys/recovery-code.ts';
import { today } from '#lib/server/settings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const kept = readKey(event, 'evidence');
  return { state: kept === null ? ('absent' as const) : kept === 'forged' ? ('forged' as const) : ('here' as const) };
};

export const actions: Actions = {
  /** The code makes the key again; the code itself is not kept anywhere. */
  restore: async (event) => {
    const typed = textIn(await event.request.formData(), 'code');
    const parsed = parseRecoveryCode(typed);
    if (!parsed.ok) return fail(400, { typed, problem: parsed.problem, digits: parsed.digits });
    const { me } = readCheckIn(event);
    const shared = me?.holder !== 'mine';
    keepKey(event, 'evidence', { key: purposeKey(parsed.code, 'evidence'), since: today(), shared });
    return { done: 'restored' as const };
  },

  drop: (event) => {
    dropKey(event, 'evidence');
    return { done: 'dropped' as const };
  },
};
