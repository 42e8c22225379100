import { fromDatabase } from '#lib/server/database.ts';
import { placeOf } from '#lib/decisions/place-of.ts';
import { today } from '#lib/server/settings.ts';
import { dayOf, lineOf, talkOf } from '#lib/server/voices.ts';
import { readOwnVotes, voteOn } from '#lib/server/voices-device.ts';
import { resultView } from '#lib/voices/result-view.ts';
import { statementView } from '#lib/voices/statement-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { params, locals } = event;
  const { conversation, statements, release } = await talkOf(params.conversation);
  const own = readOwnVotes(event, params.conversation);
  const answers =
    (await fromDatabase((store, database) => store.answersOf(database, params.conversation, today()))) ?? [];
  return {
    talk: await lineOf(conversation, locals.language),
    fewest: conversation.fewest,
    weeks: conversation.answerInWeeks,
    result:
      release === null
        ? null
        : resultView({ ...conversation, statements, release }, (id) => voteOn(own, id), locals.language),
    answers: answers.flatMap(({ statement, state, dueOn, decision }) => {
      const found = statements.find(({ id }) => id === statement);
      if (found === undefined) return [];
      const stage = state === 'owed' || state === 'late' ? null : state;
      return [
        {
          statement: statementView(found, locals.language),
          late: state === 'late',
          stage,
          dueOn: dayOf(dueOn),
          decision: decision && {
            path: `${placeOf(decision.owner)}/${decision.id}`,
            title: decision.title,
            language: decision.language,
          },
        },
      ];
    }),
  };
};
