// The server's first act: the House opens before the first request is answered.

import type { ServerInit } from '@sveltejs/kit';
import { startHouse } from '$lib/server/house/index.ts';

export const init: ServerInit = startHouse;
