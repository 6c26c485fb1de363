// Who lives here: the thread on which a changed file is read, proven and compiled, so that the hub's
// own thread goes on answering stations meanwhile. The hub imports this module for its address only,
// and lazily: so every bundler gives it a file of its own, and the module alone knows which.

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { compile } from '../../workflows/index.ts';
import { revisionOf } from './revision.ts';
import { isTask } from './thread-words.ts';
import type { CompiledWord, Task } from './thread-words.ts';

export const THREAD_URL = import.meta.url;

function work(port: MessagePort, { text }: Task): void {
  port.postMessage({
    kind: 'compiled',
    compiled: compile(text, revisionOf),
  } satisfies CompiledWord);
}

if (!isMainThread && parentPort !== null && isTask(workerData)) work(parentPort, workerData);
