// Who lives here: the thread on which a changed file is read, proven, compiled and replayed, so that
// the hub's own thread goes on answering stations meanwhile. The hub imports this module for its
// address only, and lazily: so every bundler gives it a file of its own, and the module alone knows
// which.

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { LIMITS } from '../../domain/index.ts';
import { compareTapes, compile, KEPT, readTape, summary } from '../../workflows/index.ts';
import type { CompiledWorkflow, Label, Language, Outcome, Tape } from '../../workflows/index.ts';
import { revisionOf } from './revision.ts';
import { isTask } from './thread-words.ts';
import type { Task, ToHub, ToThread, WorkflowVerdict } from './thread-words.ts';

export const THREAD_URL = import.meta.url;

/** Ids whose revisions, variants included, are not the same in both. */
function changedBetween(
  before: readonly CompiledWorkflow[],
  after: readonly CompiledWorkflow[],
): string[] {
  const revisions = (of: readonly CompiledWorkflow[], id: string) =>
    of.flatMap((each) => (each.id === id ? [each.revision] : [])).join();
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].filter((id) => revisions(before, id) !== revisions(after, id));
}

const inEach = (text: (language: Language) => string): Label => {
  return { en: text('en'), nl: text('nl'), de: text('de'), fr: text('fr') };
};

function tapeOf(gzip: Uint8Array): Tape | undefined {
  // What was looked at when it came in unpacks; a page of the disk that has rotted may not.
  try {
    const read = readTape(gunzipSync(gzip, { maxOutputLength: LIMITS.tapeBytes }).toString('utf8'));
    return read.ok ? read.tape : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

class Work {
  readonly #after: readonly CompiledWorkflow[];
  readonly #outcomes = new Map<string, Outcome[]>();
  #unread = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly task: Task,
  ) {
    KEPT.add(task.proofs);
    const compiled = compile(task.text, revisionOf);
    this.#after = compiled.workflows;
    const changed = changedBetween(task.before, compiled.workflows);
    this.#say({ kind: 'compiled', compiled, changed });
    port.on('message', (word: ToThread) => this.#hear(word));
  }

  #say(word: ToHub): void {
    this.port.postMessage(word);
  }

  #hear(word: ToThread): void {
    if (word.kind === 'tell') {
      return this.#say({ kind: 'told', workflows: this.#verdicts(), unread: this.#unread });
    }
    for (const gzip of word.tapes) this.#play(gzip);
    this.#say({ kind: 'played' });
  }

  #play(gzip: Uint8Array): void {
    const tape = tapeOf(gzip);
    if (tape === undefined) {
      this.#unread += 1;
      return;
    }
    const known = this.#outcomes.get(tape.workflow) ?? [];
    known.push(...compareTapes([tape], this.task.before, this.#after));
    this.#outcomes.set(tape.workflow, known);
  }

  #verdicts(): WorkflowVerdict[] {
    return [...this.#outcomes].map(([id, outcomes]) => {
      const named = [...this.#after, ...this.task.before].find((each) => each.id === id);
      const same = outcomes.filter(({ replayed }) => replayed.kind === 'identical').length;
      return {
        id,
        label: named?.label ?? inEach(() => id),
        told: inEach((language) => summary(outcomes, language)),
        replayed: outcomes.length,
        differing: outcomes.length - same,
      };
    });
  }
}

if (!isMainThread && parentPort !== null && isTask(workerData)) new Work(parentPort, workerData);
