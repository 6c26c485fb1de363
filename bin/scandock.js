#!/usr/bin/env node
// Who lives here: the door that npm links as `scandock`. Node 20 runs no TypeScript, so this file,
// which is none, brings tsx in and then the program itself (scandock.ts).

import { register } from 'tsx/esm/api';

register();
await import('./scandock.ts');
