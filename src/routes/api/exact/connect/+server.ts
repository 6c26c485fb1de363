// Sends the browser to Exact's login, from where it comes back to the callback. The cookie tells
// the callback that it is the same browser.

import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { CONSENT_COOKIE, CONSENT_COOKIE_OPTIONS } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url, cookies }) => {
  const browser = randomUUID();
  const login = getHouse().connect.login(url.origin, browser);
  if (login.kind === 'no-app') redirect(303, '/admin/exact');
  if (login.kind === 'elsewhere') redirect(303, `${login.origin}${url.pathname}`);
  cookies.set(CONSENT_COOKIE, browser, CONSENT_COOKIE_OPTIONS);
  redirect(303, login.url);
};
