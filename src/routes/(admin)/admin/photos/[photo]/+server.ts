// One photo, for the admin. It is a picture and nothing else, whatever its bytes may say.

import { photoShown } from '$lib/server/admin/index.ts';
import { getHouse } from '$lib/server/house/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params }) =>
  photoShown(getHouse().admin.photos, params.photo);
