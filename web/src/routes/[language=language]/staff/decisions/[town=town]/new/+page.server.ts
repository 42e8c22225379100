import { dayParts } from '@meedoen/units';
import { fail, redirect } from '@sveltejs/kit';
import { barrierReference } from '#lib/decisions/barrier-named.ts';
import { letters, parseDecision, typedDecision, type TypedDecision } from '#lib/decisions/decision-form.ts';
import { frozenText } from '#lib/decisions/frozen-barrier.ts';
import { newId } from '#lib/server/check-in.ts';
import { today } from '#lib/server/settings.ts';
import { barrierAsked } from '#lib/server/staff/barrier-asked.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { formId } from '#lib/server/staff/form-id.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { year, month, day } = dayParts(today());
  const nothing = { day: '', month: '', year: '' };
  const typed: TypedDecision = {
    outcome: '',
    form: '',
    language: event.locals.language,
    title: '',
    words: '',
    reason: '',
    mandate: '',
    dissent: '',
    decided: { day: String(day), month: String(month), year: String(year) },
    'action-words': '',
    'action-who': '',
    due: nothing,
  };
  return { menu: menuFor(event), ...(await barrierAsked(event)), typed, letters, id: await newId() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = typedDecision(form);
    const { town, barrier } = await barrierAsked(event);
    const id = await formId(form);
    const parsed = parseDecision(typed, today());
    if (!parsed.ok) return fail(400, { typed, id, problems: parsed.problems });
    const { action, ...told } = parsed.decision;
    await inDatabase((store, database) => {
      const now = doing(store);
      return store.decide(
        database,
        {
          ...told,
          id,
          where: { kind: 'municipality', id: town.id },
          grounds: [{ kind: 'barrier', reference: barrierReference(barrier), content: frozenText(barrier) }],
          actions: action ? [{ id: now.newId(), ...action }] : [],
          example: barrier.example,
        },
        event.locals.staff!.id,
        now,
      );
    });
    redirect(303, `/${event.locals.language}/staff/decisions/${town.id}/${id}?taken`);
  },
};
