import type { Grant } from '@meedoen/store';
import type { Say } from '#lib/language/say.ts';

/** Where a role holds, in words. */
export function sayScope(say: Say, scope: Grant['scope']): string {
  return say(`staff.scope.${scope.kind}`, scope.kind === 'platform' ? {} : { id: scope.id });
}

/** What somebody may do, and where. */
export function sayGrant(say: Say, { role, scope }: Pick<Grant, 'role' | 'scope'>): string {
  return `${say(`staff.role.${role}`)} · ${sayScope(say, scope)}`;
}

/** The place of a chain of the log, which is written `kind:id`. */
export function sayStream(say: Say, stream: string): string {
  const [kind = '', id = ''] = stream.split(':');
  return say.maybe(`staff.scope.${kind}`, { id }) ?? stream;
}
