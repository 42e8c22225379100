import type { Scope } from '@meedoen/store';

/** A place in an address: a municipality by its code, others as `location:kamp-zeist`. Null: that is no place. */
export function readPlace(text: string): Scope | null {
  if (text === 'platform') return { kind: 'platform' };
  const found = /^(location|organisation):([A-Za-z0-9-]{1,64})$/.exec(text);
  if (found) return { kind: found[1] === 'location' ? 'location' : 'organisation', id: found[2]! };
  return /^(GM\d{4}|[a-z][a-z-]{0,39})$/.test(text) ? { kind: 'municipality', id: text } : null;
}

/** The place of a decision, as it stands in an address; `owner` as the store names it. */
export function placeOf(owner: string): string {
  return owner.replace(/^municipality:/, '');
}
