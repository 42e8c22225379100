import { fail, redirect } from '@sveltejs/kit';
import { parseText, typedText } from '#lib/decisions/decision-form.ts';
import { isLanguage } from '#lib/language/languages.ts';
import { textIn } from '#lib/page/form-text.ts';
import { newId } from '#lib/server/check-in.ts';
import { answersOfTowns } from '#lib/server/contributions.ts';
import { barrierAsked } from '#lib/server/staff/barrier-asked.ts';
import { doing } from '#lib/server/staff/doing.ts';
import { formId } from '#lib/server/staff/form-id.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const asked = await barrierAsked(event);
  const answers = await answersOfTowns([asked.town.id]);
  return {
    menu: menuFor(event),
    ...asked,
    answers: answers.filter(({ subject }) => subject === asked.barrier.subject),
    language: event.locals.language,
    id: await newId(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = typedText(form, 'answer');
    const language = textIn(form, 'language', 5);
    const { town, barrier } = await barrierAsked(event);
    const id = await formId(form);
    const parsed = parseText(typed, 'answer', true);
    if ('key' in parsed) return fail(400, { typed, language, id, problems: [parsed] });
    await inDatabase((store, database) =>
      store.answerBarrier(
        database,
        {
          id,
          town: town.id,
          about: barrier.about,
          subject: barrier.subject,
          language: isLanguage(language) ? language : event.locals.language,
          text: parsed.text,
          answeredBy: event.locals.staff!.id,
          example: barrier.example,
        },
        doing(store),
      ),
    );
    redirect(303, `/${event.locals.language}/staff/decisions/${town.id}?done`);
  },
};
