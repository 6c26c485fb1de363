// The page of the calls to Exact: what was used of which limit, by whom, and how long it lasts; and
// the button that lets one call of a stopped endpoint through.

import { fail } from '@sveltejs/kit';
import { tryEndpointNow } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ report: await getHouse().admin.calls() });

export const actions: Actions = {
  try: async ({ request }) => {
    const message = await tryEndpointNow(getHouse().admin, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
