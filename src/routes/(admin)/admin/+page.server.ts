// The admin page: everything that the person who looks after Scandock must see, gathered by the
// House; and the form with which this person deals with an exception.

import { fail } from '@sveltejs/kit';
import { actOnException, decideOnChange, languageFor } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ request }) => ({
  report: await getHouse().admin.report(),
  language: languageFor(request.headers.get('accept-language')),
});

export const actions: Actions = {
  exception: async ({ request }) => {
    const message = await actOnException(getHouse().admin, await request.formData());
    return message.ok ? message : fail(400, message);
  },
  change: async ({ request }) => {
    const message = await decideOnChange(getHouse().admin.tapes, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
