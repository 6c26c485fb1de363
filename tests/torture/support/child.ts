// Child processes that run one of tests/torture/parts, and can be killed for good.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Part {
  readonly process: ChildProcess;
  /** Whole lines of its standard output, as they come; ends with the process. */
  readonly lines: AsyncIterable<string>;
  /** Reads lines up to this one. */
  until(line: string): Promise<void>;
  /** Writes a line to its standard input. */
  say(line: string): void;
  /** kill -9, and until it is gone. */
  kill(): Promise<void>;
}

/** Starts `tests/torture/parts/<name>.ts`. */
export function startPart(name: string, ...args: readonly string[]): Part {
  const path = fileURLToPath(new URL(`../parts/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    lines: { [Symbol.asyncIterator]: () => lines },
    until: async (line) => {
      for (let next = await lines.next(); next.value !== line; next = await lines.next()) {
        if (next.done === true) throw new Error(`${name} ended before it said "${line}"`);
      }
    },
    say: (line) => void child.stdin.write(`${line}\n`),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
