import { databaseState } from '#lib/server/database.ts';
import type { RequestHandler } from './$types';

/** For a load balancer: may this server get traffic? Without its database it still reads, so `absent` is ready. */
export const GET: RequestHandler = async () => {
  const database = await databaseState();
  return Response.json(
    { database },
    { status: database === 'down' ? 503 : 200, headers: { 'cache-control': 'no-store' } },
  );
};
