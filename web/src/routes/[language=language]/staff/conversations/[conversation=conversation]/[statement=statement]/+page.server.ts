import { error, fail, redirect } from '@sveltejs/kit';
import { parseDay } from '@meedoen/units';
import { textIn } from '#lib/page/form-text.ts';
import { placeOf } from '#lib/decisions/place-of.ts';
import { newId } from '#lib/server/check-in.ts';
import { today } from '#lib/server/settings.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { mayDecide } from '#lib/server/staff/voices-roles.ts';
import { isId, lineOf, talkOf, type Talk } from '#lib/server/voices.ts';
import { freezeStatement } from '#lib/voices/freeze-statement.ts';
import { statementView } from '#lib/voices/statement-view.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { talk, statement } = await asked(event);
  return {
    menu: menuFor(event),
    talk: await lineOf(talk.conversation, event.locals.language),
    statement: statementView(statement, event.locals.language),
    frozen: freezeStatement(statement, talk.release, talk.conversation),
    // Made with the form: sent twice, it is one decision with one promise.
    id: await newId(),
    action: await newId(),
  };
};

const asked = async (event: RequestEvent) => {
  const talk: Talk = await talkOf(event.params.conversation);
  if (!mayDecide(event.locals.staff!, talk.conversation.where)) error(403, 'This needs another role.');
  const statement = talk.statements.find(({ id }) => id === event.params.statement);
  if (statement === undefined) error(404);
  return { talk, statement };
};

const needed = ['name', 'words', 'action', 'responsible', 'due'] as const;

export const actions: Actions = {
  default: async (event) => {
    const { talk, statement } = await asked(event);
    const { conversation } = talk;
    const form = await event.request.formData();
    const typed = {
      outcome: textIn(form, 'outcome') === 'no' ? ('no' as const) : ('yes' as const),
      name: textIn(form, 'name', 200).trim(),
      words: textIn(form, 'words', 5000).trim(),
      reason: textIn(form, 'reason', 5000).trim(),
      dissent: textIn(form, 'dissent', 5000).trim(),
      action: textIn(form, 'action', 1000).trim(),
      responsible: textIn(form, 'responsible', 200).trim(),
      due: textIn(form, 'due').trim(),
    };
    const due = parseDay(typed.due);
    const promises = typed.outcome === 'yes';
    const missing = [
      ...needed.filter((field) => typed[field] === '' && (promises || field === 'name' || field === 'words')),
      ...(promises && typed.due !== '' && !due.ok ? (['due'] as const) : []),
      ...(!promises && typed.reason === '' ? (['reason'] as const) : []),
    ];
    const [id, actionId] = [textIn(form, 'id'), textIn(form, 'action-id')];
    if (missing.length > 0 || !isId(id) || !isId(actionId)) return fail(400, { typed, missing });
    await inDatabase((store, database) =>
      store.decide(
        database,
        {
          id,
          where: conversation.where,
          form: conversation.form,
          outcome: typed.outcome,
          mandate: conversation.mandate,
          title: typed.name,
          words: typed.words,
          reason: typed.reason,
          dissent: typed.dissent,
          language: event.locals.language,
          decidedOn: today(),
          grounds: [
            {
              kind: 'statement',
              reference: store.statementReference(conversation.id, statement.id),
              content: freezeStatement(statement, talk.release, conversation),
            },
          ],
          actions:
            promises && due.ok
              ? [{ id: actionId, words: typed.action, responsible: typed.responsible, dueOn: due.value }]
              : [],
          example: conversation.example,
        },
        event.locals.staff!.id,
        doing(store),
      ),
    );
    const { where } = conversation;
    const place = placeOf(where.kind === 'platform' ? 'platform' : `${where.kind}:${where.id}`);
    redirect(303, `/${event.params.language}/decisions/${place}/${id}`);
  },
};
