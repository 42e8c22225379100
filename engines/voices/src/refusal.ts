import { type Problem } from '@meedoen/units';

/** Input we cannot use, with what to do about it. */
export type Refused = { readonly ok: false; readonly problem: Problem };

export function refuse(what: string, words: Problem['words'], message: string): Refused {
  return { ok: false, problem: { what, words, message } };
}
