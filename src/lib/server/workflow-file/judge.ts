// Who lives here: the judgement of a changed file: compiled and proven on a thread of its own, then
// replayed there with the sessions of the last days, newest first, as many as there is time for.
// The thread is ended whatever comes. One that gives nothing leaves a file unproven, and so not in
// force; one that fails after the proof leaves it judged without a replay, and says so.

import { Worker } from 'node:worker_threads';
import { LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';
import { KEPT } from '../../workflows/index.ts';
import type { Compiled, CompiledWorkflow } from '../../workflows/index.ts';
import { taskOf } from './thread-words.ts';
import type { ToHub, ToThread, WorkflowVerdict } from './thread-words.ts';

/** A place in the order from new to old. */
interface Place {
  readonly receivedMs: number;
  readonly session: string;
}

/** Where recorded sessions are kept. A rejected promise: the disk failed. */
export interface TapeShelf {
  countOf(workflows: readonly string[]): Promise<number>;
  /** Those of these workflows, newest first, from behind a place. */
  newest(
    most: number,
    workflows: readonly string[],
    behind?: Place,
  ): Promise<readonly (Place & { readonly gzip: Uint8Array })[]>;
}

/** What a change of the file does to recorded sessions. */
export interface Judgement {
  /** Ids of the workflows that are different. */
  readonly changed: readonly string[];
  readonly workflows: readonly WorkflowVerdict[];
  /** Tapes there are of them, and how many of those were played. */
  readonly tapes: number;
  readonly replayed: number;
  readonly unread: number;
  /** Why no more were played than that. */
  readonly stopped?: string;
}

export type Judged =
  | { readonly ok: true; readonly compiled: Compiled; readonly judgement?: Judgement }
  | { readonly ok: false; readonly why: string };

export interface JudgeParts {
  readonly clock: Clock;
  readonly tapes?: TapeShelf;
  /** The hub closes: the thread ends, and the judgement with it. */
  readonly closing?: AbortSignal;
  /** Shorter than `LIMITS` say, and another thread than ours; for tests. */
  readonly compileMs?: number;
  readonly playMs?: number;
  readonly thread?: URL;
}

/** It took too long, ended by itself, or the disk failed. */
class Failure extends Error {
  override readonly name = 'Failure';
}

/** A build has the thread as JavaScript; sources need a door that brings the loader in. */
async function threadFile(): Promise<URL> {
  const { THREAD_URL: url } = await import('./thread.ts');
  return url.endsWith('.ts') ? new URL('./thread-from-source.js', url) : new URL(url);
}

class Thread {
  readonly #worker: Worker;
  #ended: Failure | undefined;
  #heard: ((word: ToHub | Failure) => void) | undefined;

  constructor(file: URL, text: string, before: readonly CompiledWorkflow[]) {
    this.#worker = new Worker(file, {
      workerData: taskOf(text, before, KEPT.all()),
      // What this process was started with is its own affair.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.workflowThreadMb },
    });
    this.#worker.on('message', (word: ToHub) => this.#heard?.(word));
    this.#worker.on('error', (error) => this.#fail(error.message));
    this.#worker.on('exit', (code) => this.#fail(`it ended by itself (${code})`));
  }

  #fail(why: string): void {
    this.#ended ??= new Failure(why);
    this.#heard?.(this.#ended);
  }

  /** The next thing it says, after `word`. @throws Failure */
  async answer(withinMs: number, word?: ToThread): Promise<ToHub> {
    if (word !== undefined) this.#worker.postMessage(word);
    const said = await new Promise<ToHub | Failure>((resolve) => {
      const late = new Failure(`it took longer than ${withinMs / 1000} seconds`);
      const timer = setTimeout(() => resolve(late), withinMs);
      this.#heard = (heard) => {
        clearTimeout(timer);
        resolve(heard);
      };
      if (this.#ended !== undefined) this.#heard(this.#ended);
    });
    this.#heard = undefined;
    if (said instanceof Failure) throw said;
    return said;
  }

  endWith(closing: AbortSignal | undefined): void {
    closing?.addEventListener('abort', () => this.#fail('the hub closes'), { once: true });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** @throws only what is a fault of this program. */
export async function judge(
  text: string,
  before: readonly CompiledWorkflow[],
  parts: JudgeParts,
): Promise<Judged> {
  const thread = new Thread(parts.thread ?? (await threadFile()), text, before);
  thread.endWith(parts.closing);
  try {
    const first = await thread.answer(parts.compileMs ?? LIMITS.workflowCompileMs);
    if (first.kind !== 'compiled') throw new Failure('it said something else');
    const { compiled, changed } = first;
    const nothing = compiled.workflows.length === 0 || before.length === 0 || changed.length === 0;
    if (nothing || parts.tapes === undefined) return { ok: true, compiled };
    const judgement = await replay(thread, changed, parts.tapes, parts);
    return { ok: true, compiled, judgement };
  } catch (error) {
    if (error instanceof Failure) return { ok: false, why: error.message };
    throw error;
  } finally {
    await thread.end();
  }
}

/** Plays tapes until there are no more, or enough, or it has taken long enough. */
async function replay(
  thread: Thread,
  changed: readonly string[],
  shelf: TapeShelf,
  { clock, playMs = LIMITS.workflowReplayMs }: JudgeParts,
): Promise<Judgement> {
  const none = { changed, workflows: [], tapes: 0, replayed: 0, unread: 0 };
  let tapes = 0;
  try {
    tapes = await shelf.countOf(changed);
    const sinceMs = clock.nowMs();
    const inTime = (): boolean => clock.nowMs() - sinceMs < playMs;
    let replayed = 0;
    let behind: Place | undefined;
    while (replayed < LIMITS.tapesCompared && inTime()) {
      const some = await shelf.newest(LIMITS.tapesAtOnce, changed, behind);
      if (some.length === 0) break;
      behind = some.at(-1);
      await thread.answer(playMs, { kind: 'play', tapes: some.map(({ gzip }) => gzip) });
      replayed += some.length;
    }
    const told = await thread.answer(playMs, { kind: 'tell' });
    if (told.kind !== 'told') throw new Failure('it said something else');
    const { workflows, unread } = told;
    return { changed, workflows, tapes, replayed, unread };
  } catch (error) {
    // The file is proven; that nobody knows what it changes is told instead.
    return { ...none, tapes, stopped: error instanceof Error ? error.message : String(error) };
  }
}
