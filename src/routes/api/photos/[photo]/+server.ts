// Where stations bring photos. The body is read by the house, within its bound.

import { PHOTO_HEADERS } from '$lib/protocol/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ params, request, url }) => {
  const { headers, body } = request;
  const status = await getHouse().photo({
    id: params.photo,
    station: headers.get(PHOTO_HEADERS.station),
    command: headers.get(PHOTO_HEADERS.command),
    origin: headers.get('origin'),
    ownOrigin: url.origin,
    body,
  });
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
};
