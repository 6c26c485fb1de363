// Who lives here: every plugin of the house. A test holds that each folder of this room is here.

import type { DevicePlugin } from './contract.ts';
import { plugin as wedge } from './wedge/index.ts';

export const PLUGINS: readonly DevicePlugin[] = [wedge];
