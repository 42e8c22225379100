import { doing } from '#lib/server/staff/doing.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { auditQuestion } from '#lib/server/staff/audit-question.ts';
import type { Actions, PageServerLoad } from './$types';

const linesAtATime = 50;

export const load: PageServerLoad = async (event) => {
  const { question, chosen } = auditQuestion(event.url.searchParams);
  return inDatabase(async (store, database) => {
    const lines = await store.auditLog(database, { ...question, limit: linesAtATime + 1 });
    const people = await store.staffList(database);
    const last = lines.at(linesAtATime - 1);
    const older = new URLSearchParams(chosen);
    if (last) older.set('after', `${last.at.toISOString()} ${last.id}`);
    const names = new Map(people.map(({ id, nameShown }) => [id, nameShown]));
    return {
      menu: menuFor(event),
      lines: lines
        .slice(0, linesAtATime)
        .map((line) => ({ ...line, subject: names.get(line.subject) ?? line.subject })),
      older: lines.length > linesAtATime ? `?${older.toString()}` : null,
      chosen,
      choices: await store.auditChoices(database),
      people: people.map(({ id, nameShown }) => ({ id, nameShown })),
    };
  });
};

export const actions: Actions = {
  verify: async ({ locals }) =>
    inDatabase(async (store, database) => {
      const found = await store.verifyAuditLog(database);
      const { now, newId } = doing(store);
      const id = newId();
      await database.write((transaction) =>
        store.audit(transaction, {
          id,
          stream: 'platform',
          at: now,
          staffId: locals.staff!.id,
          act: 'audit.verify',
          subject: 'audit',
          reason: '',
          result: 'done',
          details: { holds: found.broken === null, entries: found.entries },
        }),
      );
      const { broken } = found;
      const place = broken === null ? null : 'anchor' in broken ? broken.anchor : `${broken.stream}, ${broken.number}`;
      return { verified: { ...found, place } };
    }),
};
