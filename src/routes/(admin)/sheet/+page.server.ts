// The sheet of real barcodes: drawn here, so that the browser needs no encoder.

import { drawSheet } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ sheet: drawSheet(await getHouse().sheet()) });
