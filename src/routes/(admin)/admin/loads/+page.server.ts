// The page of goods on their way between places.

import { getHouse } from '$lib/server/house/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({
  report: await getHouse().admin.loads.report(),
});
