// Who lives here: the hub's end of the thread that compiles: started for one file, heard, and ended
// whatever comes: within a time, within a share of memory, and never with more than a named reason.

import { Worker } from 'node:worker_threads';
import { LIMITS } from '../../domain/index.ts';
import type { Compiled } from '../../workflows/index.ts';
import { taskOf } from './thread-words.ts';
import type { CompiledWord } from './thread-words.ts';

/** Why a thread gave nothing: it took too long, or it ended by itself, in its words. */
export type NotDone = { readonly ok: false; readonly why: string };

/** A build has the thread as JavaScript; sources need a door that brings the loader in. */
async function threadFile(): Promise<URL> {
  const { THREAD_URL: url } = await import('./thread.ts');
  return url.endsWith('.ts') ? new URL('./thread-from-source.js', url) : new URL(url);
}

/** Compiles on a thread of its own; `text` is at most `LIMITS.workflowFileBytes` long. */
export async function compileAside(
  text: string,
  withinMs: number = LIMITS.workflowCompileMs,
): Promise<{ readonly ok: true; readonly compiled: Compiled } | NotDone> {
  const thread = new Worker(await threadFile(), {
    workerData: taskOf(text),
    // What this process was started with is its own affair.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.workflowThreadMb },
  });
  return new Promise((resolve) => {
    const end = (result: { ok: true; compiled: Compiled } | NotDone): void => {
      clearTimeout(timer);
      resolve(result);
      void thread.terminate();
    };
    const timer = setTimeout(() => {
      end({ ok: false, why: `it took longer than ${withinMs / 1000} seconds` });
    }, withinMs);
    thread.once('message', ({ compiled }: CompiledWord) => end({ ok: true, compiled }));
    thread.once('error', (error) => end({ ok: false, why: error.message }));
    thread.once('exit', (code) => end({ ok: false, why: `it ended by itself (${code})` }));
  });
}
