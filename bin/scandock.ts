// `npx scandock check|explain|draw|replay FILE`: what an admin asks about a workflow file before the
// hub takes it. Reads and writes files; never talks to a hub. Ends with 0, 1 or 2: see
// support/command/run.ts.

import { machineConsole } from './support/command/console.ts';
import { run } from './support/command/run.ts';

process.exitCode = await run(process.argv.slice(2), machineConsole(process.cwd()));
