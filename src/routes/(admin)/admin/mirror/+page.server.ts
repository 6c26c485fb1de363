// The page of the mirror: how each list of Exact's records is here, and the buttons that have
// one or all of them read now.

import { fail } from '@sveltejs/kit';
import { readListNow, readMirrorNow } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({
  report: await getHouse().admin.mirror.report(),
});

export const actions: Actions = {
  read: async () => {
    const message = await readMirrorNow(getHouse().admin.mirror);
    return message.ok ? message : fail(400, message);
  },
  list: async ({ request }) => {
    const message = await readListNow(getHouse().admin.mirror, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
