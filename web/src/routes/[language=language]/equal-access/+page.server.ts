import { doorMatrix } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { exampleFacts, examples } from '#lib/doors/examples.ts';
import { gapsPicture } from '#lib/boards/gaps-picture.ts';
import { sayIn } from '#lib/language/say.ts';
import { releasedBoard } from '#lib/server/boards.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  // Where nobody real has answered yet, the example shows how it works, and says that it is one.
  const real = await releasedBoard('all');
  const board = typeof real === 'string' || real.equalAccess === null ? await releasedBoard('example-all') : real;
  const found = typeof board === 'string' ? null : board;

  return {
    example: found?.example ?? false,
    releasedOn: found?.releasedOn ?? null,
    access: found?.equalAccess ?? null,
    picture: found?.equalAccess ? gapsPicture(sayIn(locals.language), found.equalAccess) : null,
    ...(await differencesInLaw(today())),
  };
};

/** The same for every reader, and reckoned with all doors: once a day. */
let reckoned: { on: Day; differences: ReturnType<typeof reckon> } | null = null;
function differencesInLaw(on: Day): ReturnType<typeof reckon> {
  if (reckoned?.on !== on) reckoned = { on, differences: reckon(on) };
  return reckoned.differences;
}

async function reckon(on: Day) {
  const { corpus, doors, timetable } = await knowledge();
  const matrix = doorMatrix(corpus, timetable, doors, { facts: exampleFacts(corpus.facts, examples[0], on) }, on);
  return {
    doors: matrix.doors.map(({ door, name }) => ({ door, name })),
    differing: matrix.rows.filter(({ gap }) => gap.about !== 'none').length,
    rights: matrix.rows.length,
    paidWork: matrix.rows.find(({ right }) => right === 'paid-work') ?? null,
  };
}
