// Who lives here: the programs that `npm start` runs beside each other. A child says when it is
// ready; it is ended with the parent; and when it ends by itself, the parent hears of it.
//
// Terms: ready (the child's first message or line that says it serves), end (asked by us), death
// (not asked by us).

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long a child may take to put its things away before it is killed. */
const END_MS = 12_000;

export interface Child {
  readonly name: string;
  /** Resolves when the child has ended, asked or not: its exit code, 1 for a signal. */
  readonly ended: Promise<number>;
  /** Asks it to end, and kills it when it does not. */
  end(): Promise<void>;
}

export interface ChildOptions<Ready> {
  /** For the messages to a person: `the hub`. */
  readonly name: string;
  /** A TypeScript file and its arguments. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Reads a line of its standard output; what it gives ends the wait. Others are passed on. */
  readonly readyWhen: (line: string) => Ready | undefined;
}

export type Started<Ready> =
  | { readonly ok: true; readonly child: Child; readonly ready: Ready }
  | { readonly ok: false; readonly code: number };

/** Starts a TypeScript program with this Node and waits until it is ready or has ended. */
export async function startChild<Ready>(options: ChildOptions<Ready>): Promise<Started<Ready>> {
  const loaders = [import.meta.resolve('tsx'), import.meta.resolve('./with-parent.ts')];
  const preload = loaders.flatMap((loader) => ['--import', loader]);
  const process_ = spawn(process.execPath, [...preload, ...options.args], {
    env: options.env ?? process.env,
    // The channel tells the child when its parent is gone (with-parent.ts).
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const child = childOf(options.name, process_);
  const ready = new Promise<Started<Ready>>((resolve) => {
    const { stdout } = process_;
    if (stdout === null) throw new TypeError('a child without standard output');
    createInterface({ input: stdout }).on('line', (line) => {
      const value = options.readyWhen(line);
      if (value === undefined) console.log(line);
      else resolve({ ok: true, child, ready: value });
    });
  });
  const death = child.ended.then((code): Started<Ready> => ({ ok: false, code }));
  return Promise.race([ready, death]);
}

function childOf(name: string, process_: ChildProcess): Child {
  const ended = new Promise<number>((resolve) => {
    process_.once('error', (problem) => {
      console.error(`${name} could not be started: ${problem.message}`);
      resolve(1);
    });
    process_.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  const end = async (): Promise<void> => {
    if (process_.exitCode !== null || process_.signalCode !== null) return;
    process_.kill('SIGTERM');
    const kill = setTimeout(() => process_.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(kill);
  };
  return { name, ended, end };
}
