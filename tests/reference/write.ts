// Writes docs/WORKFLOWS-REFERENCE.md from what the reader of workflow files knows. Run it when the
// language has changed, and read the difference: npx tsx tests/reference/write.ts

import { writeFileSync } from 'node:fs';
import { PAPER, reference } from './reference.ts';

writeFileSync(PAPER, await reference());
