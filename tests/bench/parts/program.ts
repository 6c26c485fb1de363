// Who lives here: programs beside the bench: the other end of the limit's wire, a built page's
// server. Each says a line when it is ready, and ends when it is told.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const READY_MS = 20_000;

export interface Program {
  /** The line that said it was ready. */
  readonly said: string;
  stop(): Promise<void>;
}

/** Starts Node with `args` and waits for a line that fits; ends or silence is an Error. */
export function startProgram(
  args: readonly string[],
  ready: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new Error(`${why}: ${args.join(' ')}`));
    };
    const late = setTimeout(() => {
      fail('not ready in time');
    }, READY_MS);
    child.once('exit', (code) => {
      fail(`ended with ${code}`);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!ready.test(line)) return;
      clearTimeout(late);
      resolve({ said: line, stop });
    });
  });
}
