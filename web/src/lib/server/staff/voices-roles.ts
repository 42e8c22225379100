import type { Scope, SignedIn } from '@meedoen/store';
import { may } from './may.ts';

/** Who may read what people said before others do, and let it in or refuse it: stewards, and the team of the location. */
export function mayModerate(staff: SignedIn, where: Scope): boolean {
  return may(staff, 'steward', where) || (where.kind === 'location' && may(staff, 'location-team', where));
}

/** Who may decide about what connects people: the owner of the conversation. */
export function mayDecide(staff: SignedIn, where: Scope): boolean {
  if (where.kind === 'location') return may(staff, 'location-team', where);
  return where.kind === 'municipality' && may(staff, 'municipality-analyst', where);
}
