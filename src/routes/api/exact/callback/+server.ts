// Where Exact sends the browser back after a person gave consent.

import { redirect } from '@sveltejs/kit';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const connected = await getHouse().consented(url.searchParams);
  if (connected.kind === 'connected') redirect(303, '/admin');
  return new Response(`Exact was not connected: ${connected.words}\n`, {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
