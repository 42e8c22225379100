import { error, fail, redirect } from '@sveltejs/kit';
import type { Changed } from '@meedoen/store';
import { parseAction, parseText, typedAction, typedText, type TypedAction } from '#lib/decisions/decision-form.ts';
import { textIn } from '#lib/page/form-text.ts';
import { newId } from '#lib/server/check-in.ts';
import { decisionView } from '#lib/server/decisions.ts';
import { today } from '#lib/server/settings.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { formId } from '#lib/server/staff/form-id.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { town, decision: id } = event.params;
  const decision = await decisionView(town, id, event.locals.language);
  if (decision === 'absent') error(404);
  if (decision === 'down') error(503);
  const nothing: TypedAction = { 'action-words': '', 'action-who': '', due: { day: '', month: '', year: '' } };
  return {
    menu: menuFor(event),
    decision,
    nothing,
    ids: { action: await newId(), result: await newId() },
    taken: event.url.searchParams.has('taken'),
    done: event.url.searchParams.has('done'),
  };
};

export const actions: Actions = {
  promise: async (event) => {
    const form = await event.request.formData();
    const typed = typedAction(form);
    const id = await formId(form);
    const parsed = parseAction(typed, { from: today(), today: today() });
    if (!parsed.ok) return fail(400, { which: 'promise' as const, typed, id, problems: parsed.problems });
    return changed(
      event,
      await inDatabase((store, database) =>
        store.addAction(database, at(event), { id, ...parsed.action }, event.locals.staff!.id, doing(store)),
      ),
    );
  },

  finish: async (event) => {
    const action = textIn(await event.request.formData(), 'action', 40);
    if (!/^[0-9a-f-]{36}$/.test(action)) error(400);
    const { where } = at(event);
    return changed(
      event,
      await inDatabase((store, database) =>
        store.finishAction(database, { where, action }, today(), event.locals.staff!.id, doing(store)),
      ),
    );
  },

  report: async (event) => {
    const form = await event.request.formData();
    const result = typedText(form, 'result');
    const id = await formId(form);
    const parsed = parseText(result, 'result', true);
    if ('key' in parsed) return fail(400, { which: 'report' as const, result, id, problems: [parsed] });
    return changed(
      event,
      await inDatabase((store, database) =>
        store.reportResult(
          database,
          at(event),
          { id, words: parsed.text, reportedOn: today(), evidence: null },
          event.locals.staff!.id,
          doing(store),
        ),
      ),
    );
  },
};

function at({ params }: RequestEvent): { where: { kind: 'municipality'; id: string }; decision: string } {
  return { where: { kind: 'municipality', id: params.town }, decision: params.decision };
}

function changed(event: RequestEvent, result: Changed): never {
  if (result === 'not-there') error(404);
  redirect(303, `${event.url.pathname}?done`);
}
