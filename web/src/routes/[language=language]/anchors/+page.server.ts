import { fromDatabase } from '#lib/server/database.ts';
import type { PageServerLoad } from './$types';

const days = 31;

export const load: PageServerLoad = async () => ({
  anchors: await fromDatabase((store, database) => store.anchors(database, days)),
});
