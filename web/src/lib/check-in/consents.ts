import type { Consents } from '@meedoen/experience';

/** What a person ticked, each by itself; nothing is ticked before they do. */
export function consentsIn(form: FormData): Consents {
  const ticked = (name: string) => form.get(name) === 'yes';
  return { count: ticked('count'), follow: ticked('follow'), words: ticked('words'), health: ticked('health') };
}

/** Why nothing can be sent with these: nothing was ticked, or something that means nothing without the first. */
export function consentProblem({ count, follow, words, health }: Consents): 'nothing' | 'first' | null {
  if (!count && (follow || health)) return 'first';
  return count || words ? null : 'nothing';
}
