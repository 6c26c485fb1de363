// Who lives here: the one who runs the stages of `npm test`: alone, with what they say on the
// screen as they say it, or side by side, each printed whole when it has ended, so that nobody has
// to untangle two voices.
//
// Terms: stage (a script of package.json), batch (stages that may run at the same time), lane (one
// stage at a time; a batch has as many as the machine has cores for).

import { spawn } from 'node:child_process';

export interface Stage {
  /** What the summary calls it. */
  readonly name: string;
  readonly says: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly stage: Stage;
  readonly ok: boolean;
  readonly tookMs: number;
}

export interface Ran {
  /** In the order in which they ended. */
  readonly ended: readonly Ended[];
  /** Stages that were not begun because one before them failed. */
  readonly left: readonly Stage[];
}

export interface StageRun {
  readonly lanes: number;
  readonly cwd: string;
  /** Prints text as it is. */
  readonly print: (text: string) => void;
}

const RULE = 72;

export function heading(text: string): string {
  return `\n━━━ ${text} ${'━'.repeat(Math.max(0, RULE - text.length))}\n`;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Runs the batches one after another. After a failure nothing more is begun. */
export async function runBatches(
  batches: readonly (readonly Stage[])[],
  run: StageRun,
): Promise<Ran> {
  const ended: Ended[] = [];
  const waiting = batches.map((batch) => [...batch]);
  for (const batch of waiting) {
    const alone = batch.length === 1 || run.lanes === 1;
    const lane = async (): Promise<void> => {
      for (let stage = batch.shift(); stage !== undefined; stage = batch.shift()) {
        ended.push(await (alone ? aloud(stage, run) : aside(stage, run)));
        if (ended.some(({ ok }) => !ok)) return;
      }
    };
    await Promise.all(Array.from({ length: alone ? 1 : run.lanes }, lane));
    if (ended.some(({ ok }) => !ok)) break;
  }
  return { ended, left: waiting.flat() };
}

async function aloud(stage: Stage, run: StageRun): Promise<Ended> {
  run.print(heading(stage.says));
  return done(stage, run, 'inherit');
}

/** Both of its voices in the order in which they were heard, once it has ended. */
async function aside(stage: Stage, run: StageRun): Promise<Ended> {
  const heard: string[] = [];
  const ended = await done(stage, run, heard);
  run.print(heading(`${stage.says} · ${seconds(ended.tookMs)}`) + heard.join(''));
  return ended;
}

function done(stage: Stage, run: StageRun, voice: 'inherit' | string[]): Promise<Ended> {
  const startedMs = performance.now();
  const [program, ...args] = stage.command;
  const child = spawn(program, args, {
    cwd: run.cwd,
    env: stage.env ?? process.env,
    stdio: voice === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: program === 'npm',
  });
  if (voice !== 'inherit') {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => voice.push(text));
    }
  }
  return new Promise((resolve) => {
    const end = (ok: boolean): void => {
      resolve({ stage, ok, tookMs: performance.now() - startedMs });
    };
    child.once('error', (problem) => {
      run.print(`${stage.name} could not be started: ${problem.message}\n`);
      end(false);
    });
    child.once('close', (code) => {
      end(code === 0);
    });
  });
}
