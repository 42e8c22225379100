import { readReports } from '#lib/server/told-cookies.ts';
import type { RequestHandler } from './$types';

/** The reports as a file, for who wants to keep them or to give them to somebody. */
export const GET: RequestHandler = ({ cookies }) => {
  const reports = readReports({ cookies }).reports.map(({ number: _number, sending, ...report }) => ({
    ...report,
    sent: sending?.sent ? { month: sending.month, town: sending.sent.town } : null,
  }));
  return new Response(`${JSON.stringify({ version: 1, reports }, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="barriers.json"',
      'cache-control': 'no-store',
    },
  });
};
