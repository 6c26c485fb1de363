// Who lives here: a keeper in a process of its own, as a test speaks with it.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Death } from './keeper-kit.ts';
import type { Link } from './link.ts';

export interface Child {
  readonly process: ChildProcess;
  /** The first line from now on that begins so. */
  says(beginning: string): Promise<string>;
  readonly ended: Promise<unknown>;
}

export function startChild(link: Link, death?: Death): Child {
  const script = join(import.meta.dirname, 'parts/keeper-child.ts');
  const given = [link.file, link.keyFile, JSON.stringify(link.app), String(link.time.nowMs())];
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, ...given, ...(death === undefined ? [] : [JSON.stringify(death)])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  let heard = (): void => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    heard();
  });
  const says = async (beginning: string): Promise<string> => {
    for (;;) {
      const line = lines.find((one) => one.startsWith(beginning));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  return { process: child, says, ended: once(child, 'exit') };
}
