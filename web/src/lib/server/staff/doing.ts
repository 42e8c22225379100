import { randomBytes } from 'node:crypto';
import type { Doing } from '@meedoen/store';
import type { Store } from '../database.ts';

let newId: (() => string) | null = null;

/** The moment of an act by staff, and ids for what it makes; for the verbs of the store. */
export function doing(store: Store): Doing {
  newId ??= store.uuidV7Source({ now: Date.now, randomBytes });
  return { now: new Date(), newId };
}
