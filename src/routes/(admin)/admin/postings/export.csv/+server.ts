// The list of postings as a CSV file, with the filter of the page.

import { postingsDownload } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) =>
  postingsDownload(getHouse().admin.postings, url.searchParams);
