// The recorded sessions as a file, to try a change of the workflows elsewhere.

import { tapesDownload } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => tapesDownload(getHouse().admin.tapes);
