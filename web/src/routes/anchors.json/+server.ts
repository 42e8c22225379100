import { fromDatabase } from '#lib/server/database.ts';
import type { RequestHandler } from './$types';

const days = 3660;

/** The digests of the audit log, a day each, for whoever keeps them: `meedoen audit verify --anchor day=digest`. */
export const GET: RequestHandler = async () => {
  const anchors = await fromDatabase((store, database) => store.anchors(database, days));
  if (anchors === null) return Response.json({ problem: 'The database does not answer.' }, { status: 503 });
  return Response.json(anchors.map(({ day, madeAt, entries, digest }) => ({ day, madeAt, entries, digest })));
};
