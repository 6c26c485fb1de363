// The page of the calls to Exact: what was used of which limit, by whom, and how long it lasts.

import { getHouse } from '$lib/server/house/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ report: await getHouse().admin.calls() });
