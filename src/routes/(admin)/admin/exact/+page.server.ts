// The page "Exact Online": how a person connects the hub with Exact, chooses the division, and
// sees what the user may do there. Every form answers with what happened; no answer holds a secret.

import { fail } from '@sveltejs/kit';
import {
  chooseDivision,
  CONSENT_COOKIE,
  pasteAddress,
  pressed,
  typeApp,
} from '$lib/server/admin/index.ts';
import type { ConnectMessage } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  // Which part of the page a link opened; it works without a script.
  const show = url.searchParams.get('show');
  return { show, report: await getHouse().connect.report(show === 'divisions') };
};

const answer = (message: ConnectMessage) => (message.ok ? message : fail(400, message));

export const actions: Actions = {
  app: async ({ request }) => answer(await typeApp(getHouse().connect, await request.formData())),
  address: async ({ request, cookies }) => {
    const browser = cookies.get(CONSENT_COOKIE);
    return answer(await pasteAddress(getHouse().connect, await request.formData(), browser));
  },
  division: async ({ request }) =>
    answer(await chooseDivision(getHouse().connect, await request.formData())),
  rights: async () => answer(await pressed(getHouse().connect, 'rights')),
  work: async () => answer(await pressed(getHouse().connect, 'work')),
  disconnect: async () => answer(await pressed(getHouse().connect, 'disconnect')),
};
