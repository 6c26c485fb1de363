// A process that changes the key in a data folder and dies by its own hand (SIGKILL) at the n-th
// call to the disk or the database. Arguments: folder, n.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { readEnvironment } from '../../../src/lib/server/env/index.ts';
import { rotateKey } from '../../../src/lib/server/house/index.ts';

const [folder = '', atText = '0'] = process.argv.slice(2);
const state = { calls: 0 };
function tick(): void {
  state.calls += 1;
  if (state.calls === Number(atText)) process.kill(process.pid, 'SIGKILL');
}

const read = readEnvironment({ DATA_DIR: folder });
if (!read.ok) throw new Error(read.lines.join('\n'));
for (const name of ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'rmSync'] as const) {
  const act = fs[name] as (...given: unknown[]) => unknown;
  const wrapped = (...given: unknown[]): unknown => {
    tick();
    const result = act(...given);
    tick();
    return result;
  };
  Object.assign(fs, { [name]: wrapped });
}
syncBuiltinESMExports();
await rotateKey(read.environment, { before: tick, after: tick });
