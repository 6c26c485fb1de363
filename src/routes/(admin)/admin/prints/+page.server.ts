// What the floor wants printed, and the form that says who printed it.

import { fail } from '@sveltejs/kit';
import { actOnPrint } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({
  report: await getHouse().admin.prints.report(),
});

export const actions: Actions = {
  default: async ({ request }) => {
    const message = await actOnPrint(getHouse().admin.prints, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
