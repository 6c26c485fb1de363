// One request as a page for the printer. The codes are drawn here: the browser needs no encoder.

import { error } from '@sveltejs/kit';
import { printPage } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const page = await printPage(getHouse().admin.prints, params.print);
  if (page === undefined) error(404, 'Nobody asked for this.');
  return { page };
};
