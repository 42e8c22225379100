/** What people who work with the platform may be. Newcomers are none of these and need no account. */
export const staffRoles = ['municipality-analyst', 'location-team', 'organisation-editor', 'steward'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Where a grant holds: everywhere, or in one municipality, reception location or organisation, by its id. */
export type Scope = { kind: 'platform' } | { kind: 'municipality' | 'location' | 'organisation'; id: string };

/** In which kinds of scope a role can be given. */
export const scopesOfRole: Readonly<Record<StaffRole, readonly Scope['kind'][]>> = {
  'municipality-analyst': ['municipality', 'platform'],
  'location-team': ['location'],
  'organisation-editor': ['organisation'],
  steward: ['platform', 'municipality'],
};

/** A role somebody has somewhere, until it is withdrawn. */
export type Grant = { id: string; role: StaffRole; scope: Scope };

/** The chain of the audit log in which acts at this place are written. */
export function streamOf(scope: Scope): string {
  return scope.kind === 'platform' ? 'platform' : `${scope.kind}:${scope.id}`;
}

/** A scope as two columns, and back. */
export function scopeColumns(scope: Scope): { scope_kind: Scope['kind']; scope_id: string } {
  return { scope_kind: scope.kind, scope_id: scope.kind === 'platform' ? '' : scope.id };
}

export function scopeOf({ scope_kind, scope_id }: { scope_kind: Scope['kind']; scope_id: string }): Scope {
  return scope_kind === 'platform' ? { kind: 'platform' } : { kind: scope_kind, id: scope_id };
}

/** Does one place lie within another? The platform holds every place; places hold only themselves. */
export function isWithin(place: Scope, whole: Scope): boolean {
  return whole.kind === 'platform' || streamOf(place) === streamOf(whole);
}
