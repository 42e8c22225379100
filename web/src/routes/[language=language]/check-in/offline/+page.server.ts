import { turnOf, turnsOf } from '@meedoen/experience';
import { nothingTyped } from '#lib/check-in/parse-about-me.ts';
import { mostLetters } from '#lib/check-in/typed-answer.ts';
import { thisMonth } from '#lib/server/check-in.ts';
import { monthly, viewOf } from '#lib/server/questionnaire.ts';
import { towns } from '#lib/server/towns.ts';
import type { PageServerLoad } from './$types';

/**
 * The same for everybody, because it is kept on the device for when there is no internet: nothing of a cookie is read.
 * Questions about health and mood are not here: they are asked only of who switched them on.
 */
export const load: PageServerLoad = async ({ locals }) => {
  const questionnaire = await monthly();
  const turn = turnOf(thisMonth(), turnsOf(questionnaire));
  const asked = questionnaire.questions.filter(
    ({ sensitive, turns }) => !sensitive && (turns === null || turns.includes(turn)),
  );
  return {
    instrument: questionnaire.id,
    version: questionnaire.version,
    questions: await Promise.all(asked.map((question) => viewOf(question, locals.language))),
    towns: await towns(),
    typed: nothingTyped,
    mostLetters,
  };
};
