import { error } from '@sveltejs/kit';
import { barrierReference } from '#lib/decisions/barrier-named.ts';
import { knownTown } from '#lib/server/boards.ts';
import { answersOfTowns } from '#lib/server/contributions.ts';
import { barrierName, barriersToDecide, decisionLines } from '#lib/server/decisions.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { PageServerLoad } from './$types';

/** What stood in the way here by the released board, what was answered and decided, and what is late. */
export const load: PageServerLoad = async (event) => {
  const { town } = event.params;
  const name = await knownTown(town);
  if (name === null) error(404);
  const barriers = await barriersToDecide(town);
  const lines = await decisionLines({ kind: 'municipality', id: town });
  if (barriers === 'down' || lines === null) error(503);
  const answers = await answersOfTowns([town]);
  return {
    menu: menuFor(event),
    town: { id: town, name },
    released: barriers !== 'absent',
    barriers: await Promise.all(
      (barriers === 'absent' ? [] : barriers).map(async (barrier) => ({
        about: barrier.about,
        subject: barrier.subject,
        ...(await barrierName(barrier, event.locals.language)),
        last: barrier.named.at(-1) ?? barrier.reported.at(-1) ?? null,
        answered: answers.some(({ subject }) => subject === barrier.subject),
        decided: lines.filter(({ references }) => references.includes(barrierReference(barrier))).length,
      })),
    ),
    lines,
    done: event.url.searchParams.has('done'),
  };
};
