// The page of the people who have a badge, and the form that writes them down.

import { fail } from '@sveltejs/kit';
import { actOnPeople } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ report: getHouse().admin.people.report() });

export const actions: Actions = {
  default: async ({ request }) => {
    const message = await actOnPeople(getHouse().admin.people, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
