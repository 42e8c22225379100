import { error } from '@sveltejs/kit';
import { filesOf } from '#lib/server/open-data.ts';
import type { RequestHandler } from './$types';

/** A file of a release: its address and its bytes stay what they are. */
export const GET: RequestHandler = async ({ params, request }) => {
  const file = (await filesOf(params.town, params.release))?.find(({ name }) => name === params.file);
  if (!file) error(404);
  const headers = {
    'content-type': file.type,
    'cache-control': 'public, max-age=86400',
    etag: `"${file.sha256}"`,
    'access-control-allow-origin': '*',
    'content-disposition': `attachment; filename="meedoen-${params.town}-${params.release}-${file.name}"`,
  };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(file.bytes), { headers });
};
