import { fail } from '@sveltejs/kit';
import { rangeOf } from '#lib/answers/parse-answer.ts';
import { expiredOn } from '#lib/answers/card-expired.ts';
import { emptyTyped, readForm, understand, type EmployerForm } from '#lib/employer/employer-form.ts';
import { latestDayFor, workAnswer } from '#lib/employer/work-answer.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ fields: await fieldsOf(['document']), on: today() });

export const actions: Actions = {
  /** Each time the form comes back it asks what can still change the answer, until nothing can. */
  default: async ({ request, setHeaders }) => {
    setHeaders({ 'cache-control': 'no-store' });
    const { corpus } = await knowledge();
    const form = readForm(await request.formData());
    const shown = form.asked.length > 0 ? form : { ...form, asked: ['document'] };
    const understood = understand(corpus.facts, shown, today());
    if (!understood.ok) {
      const { fact, problem } = understood;
      return fail(400, { ...form, kept: [], fields: await fieldsOf(form.asked, form), wrong: { fact, problem } });
    }
    const { situation, start } = understood;
    if ((situation.facts['document'] ?? null) === null) {
      return fail(400, { ...form, kept: [], fields: await fieldsOf(['document'], form), choose: true });
    }
    const { answer, granted, ask } = workAnswer(corpus, situation, start);
    if (ask.length > 0) return { ...form, kept: form.asked, fields: await fieldsOf(ask) };
    const begins = answer.from !== null && answer.from > start ? answer.from : start;
    return {
      ...form,
      kept: form.asked,
      result: {
        answer,
        granted,
        start,
        facts: corpus.facts.facts
          .filter(({ id }) => form.asked.includes(id) && id in situation.facts)
          .map(({ id, type }) => ({ fact: id, type, value: situation.facts[id] ?? null })),
        expired: expiredOn(situation, today()),
        steps: answer.first.map((step) => ({ step, by: latestDayFor(step, begins) })),
      },
    };
  },
};

async function fieldsOf(facts: readonly string[], { typed }: Pick<EmployerForm, 'typed'> = { typed: {} }) {
  const { corpus } = await knowledge();
  return facts.flatMap((fact) =>
    corpus.facts.facts
      .filter(({ id }) => id === fact)
      .map((row) => ({
        fact,
        type: row.type,
        choices: row.choices,
        range: row.type === 'number' ? rangeOf(row) : null,
        typed: typed[fact] ?? emptyTyped,
      })),
  );
}
