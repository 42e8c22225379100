import { fromDatabase } from '#lib/server/database.ts';
import { lineOf } from '#lib/server/voices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const found = await fromDatabase((store, database) => store.conversations(database));
  return {
    talks: found === null ? null : await Promise.all(found.map((one) => lineOf(one, locals.language))),
  };
};
