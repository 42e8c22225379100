import { readCheckIn } from '#lib/server/check-in-cookies.ts';
import type { RequestHandler } from './$types';

/** All that this device knows of a person's months, as a file of theirs. */
export const GET: RequestHandler = ({ cookies }) => {
  const { me, months } = readCheckIn({ cookies });
  return new Response(`${JSON.stringify({ version: 1, profile: me?.profile ?? null, months }, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-months.json"',
      'cache-control': 'no-store',
    },
  });
};
