import { uuidOf } from '../uuid-of.ts';

/**
 * The id under which we keep what came with the id of a draft. The same draft of the same contributor gives the same id, so
 * that a retry is recognised. It is not the draft's own id, because a UUIDv7 tells the millisecond in which somebody opened a
 * form, and by such a moment a check-in and a vote of one person could be joined.
 */
export function keptId(contributor: string, draft: string): string {
  return uuidOf(`${contributor} ${draft.toLowerCase()}`);
}
