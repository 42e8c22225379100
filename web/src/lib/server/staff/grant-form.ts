import type { Scope, SignedIn } from '@meedoen/store';
import { textIn } from '#lib/page/form-text.ts';
import { choiceValue, type GrantChoice } from '#lib/staff/grant-choices.ts';
import type { Store } from '../database.ts';
import { may } from './may.ts';
import { shortText } from './short-text.ts';

/** What this steward can give: everything, or within their own municipality. */
export function choicesFor({ staffRoles, scopesOfRole }: Store, staff: SignedIn): readonly GrantChoice[] {
  const everywhere = may(staff, 'steward', { kind: 'platform' });
  return staffRoles
    .flatMap((role) => scopesOfRole[role].map((kind): GrantChoice => ({ role, kind })))
    .filter(({ kind }) => everywhere || kind === 'municipality');
}

export type GrantForm = { choice: string; place: string; reason: string };

/** What was typed, to show again when it is not right yet. */
export function typedIn(form: FormData): GrantForm {
  const text = (name: string): string => textIn(form, name);
  return { choice: text('choice'), place: text('place'), reason: text('reason') };
}

/** A role, a place and a reason; or which field is not right. */
export function parseGrant(
  store: Store,
  form: FormData,
): { role: GrantChoice['role']; scope: Scope; reason: string } | 'where' | 'reason' {
  const { choice, place } = typedIn(form);
  const all = store.staffRoles.flatMap((role) => store.scopesOfRole[role].map((kind): GrantChoice => ({ role, kind })));
  const chosen = all.find((one) => choiceValue(one) === choice);
  if (chosen === undefined) return 'where';
  const id = place.trim();
  // A code of Statistics Netherlands for a municipality (or a town of the example); an id of ours for the rest.
  const fits = chosen.kind === 'municipality' ? /^(GM\d{4}|example-[a-z]{1,30})$/ : /^[A-Za-z0-9-]{1,64}$/;
  if (chosen.kind === 'platform' ? id !== '' : !fits.test(id)) return 'where';
  const reason = shortText(form.get('reason'), 300);
  if (reason === null) return 'reason';
  return {
    role: chosen.role,
    scope: chosen.kind === 'platform' ? { kind: 'platform' } : { kind: chosen.kind, id },
    reason,
  };
}
