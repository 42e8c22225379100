import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { mayDecide, mayModerate } from '#lib/server/staff/voices-roles.ts';
import { lineOf } from '#lib/server/voices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = event.locals.staff!;
  return inDatabase(async (store, database) => {
    const theirs = (await store.conversations(database)).filter(
      ({ where }) => mayModerate(staff, where) || mayDecide(staff, where),
    );
    return {
      menu: menuFor(event),
      talks: await Promise.all(
        theirs.map(async (one) => ({
          ...(await lineOf(one, event.locals.language)),
          waiting: mayModerate(staff, one.where) ? (await store.toJudge(database, one.id, staff.id)).length : null,
        })),
      ),
    };
  });
};
