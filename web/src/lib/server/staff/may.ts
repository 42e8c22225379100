import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Scope, SignedIn, StaffRole } from '@meedoen/store';
import { staffHome } from './staff-address.ts';

/** Acts with large consequences ask that somebody showed who they are within so many minutes. */
const recentInMinutes = 10;

/** Has somebody this role here? A grant for the whole platform holds everywhere; without `where`, any place will do. */
export function may(staff: Pick<SignedIn, 'grants'>, role: StaffRole, where?: Scope): boolean {
  return staff.grants.some(
    (grant) =>
      grant.role === role && (where === undefined || grant.scope.kind === 'platform' || isSame(grant.scope, where)),
  );
}

function isSame(one: Scope, other: Scope): boolean {
  if (one.kind === 'platform' || other.kind === 'platform') return one.kind === other.kind;
  return one.kind === other.kind && one.id === other.id;
}

/** Did they show who they are a short while ago? */
export function isRecent({ session }: Pick<SignedIn, 'session'>, now: Date): boolean {
  return now.getTime() - session.authenticatedAt.getTime() < recentInMinutes * 60_000;
}

/** For export, publication and grants: signed in a short while ago, or show again who you are first. */
export function requireRecent(event: RequestEvent): void {
  const { staff } = event.locals;
  if (staff === null || !isRecent(staff, new Date()))
    redirect(303, `${staffHome(event)}/again?to=${encodeURIComponent(event.url.pathname)}`);
}
