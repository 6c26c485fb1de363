// Whether the hub can take in work: 200 when it can, 503 while stations must keep their commands.

import { json } from '@sveltejs/kit';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => {
  const health = getHouse().admin.health();
  return json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
};
