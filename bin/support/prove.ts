// Part of the build: proves the workflows of a file and writes the proofs down. A file with faults is
// the hub's to tell of when it starts: what is sound of it is proven all the same.
// Arguments: the workflow file, the file to write.

import { readFileSync, writeFileSync } from 'node:fs';
import { compile, KEPT } from '../../src/lib/workflows/index.ts';

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('which file, and where to?');
compile(readFileSync(from, 'utf8'), (text) => String(text.length));
writeFileSync(to, JSON.stringify(KEPT.all()));
