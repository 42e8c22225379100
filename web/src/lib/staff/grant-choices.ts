import type { Scope, StaffRole } from '@meedoen/store';

/** What a steward can choose from: a role with the kind of place it holds in. */
export type GrantChoice = { role: StaffRole; kind: Scope['kind'] };

/** As the value of a field: `municipality-analyst@municipality`. */
export function choiceValue({ role, kind }: GrantChoice): string {
  return `${role}@${kind}`;
}
