import type { Scope, StaffRole } from '@meedoen/store';
import type { RouteId } from '$app/types';

/** Who may ask for a route. What has no row here, nobody may. */
export type StaffRule =
  /** To sign in; shows nothing of anybody. */
  | 'anyone'
  /** Their own things. */
  | 'signed in'
  | {
      /** One of these roles will do. */
      roles: readonly StaffRole[];
      /** Where they must have it, from the address; left out: anywhere, and the page shows only what is theirs. */
      where?: (params: Readonly<Record<string, string | undefined>>) => Scope;
      /** Ask to have signed in a short while ago: for every request (export), or for those that change something. */
      recent?: 'always' | 'to change';
    };

/** Every route for staff, a row each. The guard in hooks.server.ts reads this table and nothing else. */
export const staffRoutes: Partial<Record<RouteId, StaffRule>> = {
  // Whose conversation it is, is known only after a look in the database: lib/server/staff/voices-roles.ts judges there.
  '/[language=language]/staff/conversations': { roles: ['steward', 'municipality-analyst', 'location-team'] },
  '/[language=language]/staff/conversations/[conversation=conversation]': {
    roles: ['steward', 'municipality-analyst', 'location-team'],
  },
  '/[language=language]/staff/conversations/[conversation=conversation]/[statement=statement]': {
    roles: ['municipality-analyst', 'location-team'],
    recent: 'to change',
  },
  '/[language=language]/staff': 'signed in',
  '/[language=language]/staff/again': 'signed in',
  '/[language=language]/staff/decisions': { roles: ['municipality-analyst'] },
  '/[language=language]/staff/decisions/[town=town]': { roles: ['municipality-analyst'], where: inTown },
  '/[language=language]/staff/decisions/[town=town]/[decision=decision]': {
    roles: ['municipality-analyst'],
    where: inTown,
  },
  '/[language=language]/staff/decisions/[town=town]/answer': { roles: ['municipality-analyst'], where: inTown },
  '/[language=language]/staff/decisions/[town=town]/new': { roles: ['municipality-analyst'], where: inTown },
  '/[language=language]/staff/invitation/[secret=secret]': 'anyone',
  '/[language=language]/staff/log': { roles: ['steward'], where: () => ({ kind: 'platform' }) },
  '/[language=language]/staff/me': 'signed in',
  '/[language=language]/staff/oidc/[provider=provider]': 'anyone',
  '/[language=language]/staff/oidc/[provider=provider]/back': 'anyone',
  '/[language=language]/staff/people': { roles: ['steward'], recent: 'to change' },
  '/[language=language]/staff/people/[person=person]': { roles: ['steward'], recent: 'to change' },
  '/[language=language]/staff/programmes/[town=town]/new': { roles: ['municipality-analyst'], where: inTown },
  '/[language=language]/staff/refused': 'anyone',
  '/[language=language]/staff/sign-in': 'anyone',
  '/[language=language]/staff/towns/[town=town]': {
    roles: ['municipality-analyst', 'steward'],
    where: ({ town }) => ({ kind: 'municipality', id: town ?? '' }),
  },
};

/** The municipality of the address. */
function inTown({ town }: Readonly<Record<string, string | undefined>>): Scope {
  return { kind: 'municipality', id: town! };
}

/** The first step of every address for staff, under a language. */
export const staffFolder = '/[language=language]/staff';

export function isStaffRoute(route: string | null): route is RouteId {
  return route !== null && (route === staffFolder || route.startsWith(`${staffFolder}/`));
}
