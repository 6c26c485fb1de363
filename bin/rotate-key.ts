// `npm run rotate-key`: seals the tokens and the client secret with a new key, while the hub stands
// still. Broken off, it is simply run again.

import { readEnvironment } from '../src/lib/server/env/index.ts';
import { rotateKey } from '../src/lib/server/house/index.ts';

const read = readEnvironment(process.env);
const rotated = read.ok ? await rotateKey(read.environment) : { ok: false, lines: read.lines };
for (const line of rotated.lines) (rotated.ok ? console.log : console.error)(line);
if (!rotated.ok) process.exitCode = read.ok ? 1 : 2;
