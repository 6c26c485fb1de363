// Sends the browser to Exact's login, from where it comes back to the callback.

import { redirect } from '@sveltejs/kit';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => {
  redirect(303, getHouse().consentUrl());
};
