// Who lives here: the door of the thread where the sources themselves run (in development and under
// test). Node 20 runs no TypeScript, so this file, which is none, brings tsx in first. A build has
// the thread as JavaScript and needs no such door.

import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
