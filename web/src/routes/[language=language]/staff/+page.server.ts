import { redirect } from '@sveltejs/kit';
import { doing } from '#lib/server/staff/doing.ts';
import { inDatabase } from '#lib/server/staff/in-database.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import { dropSession } from '#lib/server/staff/staff-session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { nameShown, grants } = event.locals.staff!;
  return { menu: menuFor(event), nameShown, grants };
};

export const actions: Actions = {
  leave: async (event) => {
    const { id, session } = event.locals.staff!;
    await inDatabase((store, database) =>
      store.endSession(database, { staffId: id, sessionId: session.id, why: 'signed-out' }, doing(store)),
    );
    dropSession(event);
    redirect(303, `/${event.locals.language}/staff/sign-in`);
  },
};
