// Where Exact tells that something changed. No cookie is read here, and nothing is believed but the
// signature over the body, which is therefore taken byte for byte.

import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => {
  const status = await getHouse().webhook(request.body);
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
};
