import type { RequestHandler } from './$types';

/** The answers as the file that the command line reads too (`meedoen rights answer --situation situation.json`). */
export const GET: RequestHandler = ({ locals }) =>
  new Response(`${JSON.stringify({ facts: locals.answers.situation.facts }, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="situation.json"',
      'cache-control': 'no-store',
    },
  });
