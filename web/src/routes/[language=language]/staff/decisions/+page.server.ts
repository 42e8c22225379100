import { boardTownsHere } from '#lib/server/staff/own-towns.ts';
import { menuFor } from '#lib/server/staff/menu.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  menu: menuFor(event),
  towns: await boardTownsHere(event.locals.staff!),
});
