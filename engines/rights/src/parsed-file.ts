import type { Problem } from '@meedoen/units';

/** A file read at the door: what it says, or every problem found in it, in the order of its lines. */
export type ParsedFile<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };
