import { error, fail } from '@sveltejs/kit';
import type { RefusalReason } from '@meedoen/store';
import { textIn } from '#lib/page/form-text.ts';
import { today } from '#lib/server/settings.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { mayDecide, mayModerate } from '#lib/server/staff/voices-roles.ts';
import { dayOf, isId, lineOf, talkOf } from '#lib/server/voices.ts';
import { statementView } from '#lib/voices/statement-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, locals } = event;
  const staff = locals.staff!;
  const { conversation, statements } = await talkOf(params.conversation);
  const moderates = mayModerate(staff, conversation.where);
  const decides = mayDecide(staff, conversation.where);
  if (!moderates && !decides) error(403, 'This needs another role.');
  return inDatabase(async (store, database) => {
    const waiting = moderates ? await store.toJudge(database, conversation.id, staff.id) : [];
    const answers = await store.answersOf(database, conversation.id, today());
    return {
      menu: menuFor(event),
      talk: await lineOf(conversation, locals.language),
      moderates,
      decides,
      reasons: store.refusalReasons,
      waiting: waiting.map(({ statement, appeal, judgements, mine }) => ({
        statement: statementView(statement, locals.language),
        inDutch: statement.language === 'nl',
        appeal,
        seen: judgements > 0,
        mine,
      })),
      owed: answers.flatMap(({ statement, state, dueOn, decision }) => {
        const found = statements.find(({ id }) => id === statement);
        if (decision !== null || found === undefined) return [];
        return [{ statement: statementView(found, locals.language), late: state === 'late', dueOn: dayOf(dueOn) }];
      }),
    };
  });
};

export const actions: Actions = {
  judge: async (event) => {
    const { params, locals } = event;
    const staff = locals.staff!;
    const { conversation } = await talkOf(params.conversation);
    if (!mayModerate(staff, conversation.where)) error(403, 'This needs another role.');
    const form = await event.request.formData();
    const statement = textIn(form, 'statement');
    const words = textIn(form, 'words', 1000).trim();
    const translation = textIn(form, 'translation', 800).trim();
    const refuses = textIn(form, 'verdict') === 'refuse';
    const typed = { statement, words, translation, reason: textIn(form, 'reason') };
    return inDatabase(async (store, database) => {
      const reason = store.refusalReasons.find((one): one is RefusalReason => one === typed.reason) ?? null;
      if (!isId(statement) || (refuses && (reason === null || words === '')))
        return fail(400, { problem: 'need' as const, typed });
      const judged = await store.judge(
        database,
        {
          conversation: conversation.id,
          statement,
          verdict: refuses ? 'refuse' : 'accept',
          reason: refuses ? reason : null,
          words,
          language: locals.language,
          translations: translation === '' ? {} : { nl: { words: translation, madeBy: 'person' } },
        },
        staff.id,
        doing(store),
      );
      return { judged };
    });
  },
};
