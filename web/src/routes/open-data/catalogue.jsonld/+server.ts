import { townsWithBoard, boardOwner } from '#lib/server/boards.ts';
import { catalogueOf } from '#lib/server/data-catalogue.ts';
import type { RequestHandler } from './$types';

/** All releases for catalogues that harvest: DCAT-AP-NL as JSON-LD. */
export const GET: RequestHandler = async ({ url }) => {
  const towns = await townsWithBoard();
  if (towns === null)
    return new Response('The catalogue cannot be reached now.', { status: 503, headers: { 'retry-after': '60' } });
  const owners = towns.map(({ id, releasedOn }) => ({ id, releasedOn, ...boardOwner(id) }));
  return Response.json(await catalogueOf(url.origin, owners), {
    headers: { 'content-type': 'application/ld+json', 'access-control-allow-origin': '*' },
  });
};
