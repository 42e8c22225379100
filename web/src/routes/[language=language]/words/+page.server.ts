import { knowledge } from '#lib/server/knowledge.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { terms } = await knowledge();
  // Sorted by the Dutch word: that is what somebody looks up from a letter.
  const sorted = terms.toSorted((a, b) => a.nl.localeCompare(b.nl, 'nl', { sensitivity: 'base' }));
  return {
    terms: sorted.map(({ id, nl, short, falseFriends, source, words }) => ({
      id,
      nl,
      short,
      source,
      careful: falseFriends?.[locals.language === 'nl' ? 'nl' : 'en'] ?? null,
      words: words[locals.language],
    })),
  };
};
