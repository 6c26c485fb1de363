// The page of the postings: the list by state and kind, what is in doubt, what Exact rejected; and
// the form with which a person deals with one of them.

import { fail } from '@sveltejs/kit';
import { actOnPosting, postingsQuery } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => ({
  report: await getHouse().admin.postings.page(postingsQuery(url.searchParams)),
});

export const actions: Actions = {
  posting: async ({ request }) => {
    const message = await actOnPosting(getHouse().admin.postings, await request.formData());
    return message.ok ? message : fail(400, message);
  },
};
