// A process that opens the database given to it, says so, and holds it until it is killed.

import { openAt } from '../support/disk.ts';

const [file = ''] = process.argv.slice(2);
await openAt(file);
process.stdout.write('open\n');
setInterval(() => undefined, 1000);
