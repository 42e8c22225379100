import { fail } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { newId } from '#lib/server/check-in.ts';
import { fromDatabase } from '#lib/server/database.ts';
import { today } from '#lib/server/settings.ts';
import { contributorOf, isId, lineOf, talkOf } from '#lib/server/voices.ts';
import { longestStatement, parseStatement } from '#lib/voices/parse-statement.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { conversation } = await talkOf(event.params.conversation);
  const { mostStatementsEach } = await import('@meedoen/store');
  return {
    talk: await lineOf(conversation, event.locals.language),
    // Made with the form: sent twice, it is said once.
    id: await newId(),
    most: longestStatement,
    mostEach: mostStatementsEach,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { params, locals } = event;
    const form = await event.request.formData();
    const typed = textIn(form, 'words', 5000);
    const checked = textIn(form, 'checked') === 'yes';
    const id = textIn(form, 'id');
    const back = { typed, checked, count: 0 };
    const parsed = parseStatement(typed);
    if (!parsed.ok) return fail(400, { ...back, problem: parsed.problem, count: parsed.count });
    if (!checked || !isId(id)) return fail(400, { ...back, problem: 'check' as const });
    const contributor = contributorOf(event, params.conversation);
    if (contributor === null) return fail(409, { ...back, problem: 'not-joined' as const });
    const said = await fromDatabase((store, database) =>
      store.say(database, {
        conversation: params.conversation,
        contributor,
        id,
        language: locals.language,
        words: parsed.words,
        on: today(),
      }),
    );
    if (said === null) return fail(503, { ...back, problem: 'database' as const });
    if (said === 'kept' || said === 'already') return { sent: true as const };
    return fail(409, { ...back, problem: said });
  },
};
