import { error } from '@sveltejs/kit';
import { barrierReference, readSubject } from '#lib/decisions/barrier-named.ts';
import { answersOfTowns } from '#lib/server/contributions.ts';
import { decisionLines } from '#lib/server/decisions.ts';
import { fromDatabase } from '#lib/server/database.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { themes } from '#lib/server/questionnaire.ts';
import { isExampleTown, towns } from '#lib/server/towns.ts';
import { publishedBarriers } from '#lib/towns/published-barriers.ts';
import type { PageServerLoad } from './$types';

/** What was released of a town, and nothing else: the counts themselves never come here. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const town = (await towns()).find(({ id }) => id === params.town);
  if (!town) error(404);
  const example = isExampleTown(town.id);
  const board = await fromDatabase(async (store, database) => ({
    released: await store.boardOf(database, { town: town.id, example }),
  }));
  const { corpus } = await knowledge();
  const named = await themes(locals.language);
  const answers = await answersOfTowns([town.id]);
  const { first, last, barriers } = publishedBarriers(board?.released?.barriers ?? []);
  const decided = (await decisionLines({ kind: 'municipality', id: town.id })) ?? [];
  // A town may answer or decide about what was named by too few to count in public: that stands here all the same.
  const others = [
    ...answers.map(({ subject }) => ({
      about: corpus.rights.some(({ id }) => id === subject) ? ('right' as const) : ('theme' as const),
      subject,
    })),
    ...decided.flatMap(({ references }) => references.flatMap((one) => readSubject(one.split(' ')[1] ?? '') ?? [])),
  ].filter(({ subject }) => !barriers.some((one) => one.subject === subject));
  const unlisted = [...new Map(others.map((one) => [one.subject, { ...one, reports: null }])).values()];
  return {
    town,
    example,
    down: board === null,
    first,
    last,
    barriers: [...barriers, ...unlisted].map((barrier) => ({
      ...barrier,
      theme: named.find(({ id }) => id === barrier.subject)?.label ?? null,
      answers: answers.filter(({ subject }) => subject === barrier.subject),
      decisions: decided.filter(({ references }) =>
        references.includes(barrierReference({ town: town.id, ...barrier })),
      ),
    })),
  };
};
