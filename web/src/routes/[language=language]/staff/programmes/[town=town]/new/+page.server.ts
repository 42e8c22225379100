import { monthOf, monthsLater, type Month } from '@meedoen/units';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { parseChange, typedChange, type TypedChange } from '#lib/programmes/change-form.ts';
import { knownTown, townsWithBoard } from '#lib/server/boards.ts';
import { newId } from '#lib/server/check-in.ts';
import { decisionView } from '#lib/server/decisions.ts';
import { today } from '#lib/server/settings.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { formId } from '#lib/server/staff/form-id.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { isExampleTown } from '#lib/server/towns.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { town } = event.params;
  const name = await knownTown(town);
  if (name === null) error(404);
  const decision = await decisionAsked(event);
  const typed: TypedChange = {
    title: decision?.title ?? '',
    words: decision?.words ?? '',
    cost: '',
    question: '',
    language: decision?.language ?? event.locals.language,
    from: monthOf(today()),
    compared: [],
  };
  return {
    menu: menuFor(event),
    town: { id: town, name },
    decision: decision && { id: decision.id, title: decision.title, language: decision.language },
    months: monthsToChoose(),
    towns: await townsToCompare(town),
    typed,
    id: await newId(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { town } = event.params;
    const form = await event.request.formData();
    const typed = typedChange(form);
    const id = await formId(form);
    const towns = await townsToCompare(town);
    const parsed = parseChange(typed, { town, months: monthsToChoose(), towns: towns.map((one) => one.id) });
    if (!parsed.ok) return fail(400, { typed, id, problems: parsed.problems });
    const { question, change, ...told } = parsed.change;
    const decision = await decisionAsked(event);
    await inDatabase((store, database) =>
      store.registerChange(
        database,
        {
          ...told,
          id,
          where: { kind: 'municipality', id: town },
          decision: decision?.id ?? null,
          change,
          plan: store.planOfChange({ change, question, smallestMeaningful: null }, today()),
          example: isExampleTown(town),
        },
        event.locals.staff!.id,
        doing(store),
      ),
    );
    redirect(303, `/${event.locals.language}/programmes/${town}/${id}`);
  },
};

/** The decision of the address, when this town took it. */
async function decisionAsked({ params, url, locals }: RequestEvent) {
  const id = url.searchParams.get('decision') ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  const found = await decisionView(params['town'] ?? '', id, locals.language);
  if (found === 'down') error(503);
  return found === 'absent' ? null : found;
}

/** Half a year back, because people register late, and a year ahead. */
function monthsToChoose(): readonly Month[] {
  return Array.from({ length: 19 }, (_, at) => monthsLater(monthOf(today()), at - 6));
}

/** Other towns of which counts are released, real with real and example with example. */
async function townsToCompare(town: string): Promise<readonly { id: string; name: string }[]> {
  const found = await townsWithBoard();
  if (found === null) error(503);
  return found.flatMap(({ id, name, example }) =>
    name !== null && id !== town && example === isExampleTown(town) ? [{ id, name }] : [],
  );
}
