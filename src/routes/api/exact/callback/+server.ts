// Where Exact sends the browser back after a person logged in. The page says how it ended.

import { redirect } from '@sveltejs/kit';
import { CONSENT_COOKIE, CONSENT_COOKIE_OPTIONS } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, cookies }) => {
  await getHouse().connect.returned(url.searchParams, cookies.get(CONSENT_COOKIE));
  cookies.delete(CONSENT_COOKIE, CONSENT_COOKIE_OPTIONS);
  redirect(303, '/admin/exact');
};
