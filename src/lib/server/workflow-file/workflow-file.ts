// Who lives here: workflows.yaml on the disk, and the set of workflows that is in force. At start a
// faulty file stops the product with every diagnostic; while people work a faulty file changes
// nothing, and its diagnostics wait on the admin page. Sessions keep the revision they began with
// (they hold it themselves), so a change here only decides what new sessions get (I-12).

import { readFile, stat } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';
import type { WorkflowSet } from '../../protocol/index.ts';
import { compile } from '../../workflows/index.ts';
import type { Compiled, CompiledWorkflow, Diagnostic, Label } from '../../workflows/index.ts';
import { compileAside } from './aside.ts';
import { revisionOf } from './revision.ts';

export interface WorkflowFileParts {
  readonly file: string;
  readonly clock: Clock;
  /** The set in force changed. */
  readonly onChanged: (set: WorkflowSet) => void;
}

/** For the admin page. */
export interface WorkflowReport {
  readonly file: string;
  readonly workflowSet: string;
  readonly inForceSinceMs: number;
  readonly workflows: readonly {
    id: string;
    revision: string;
    label: Label;
    action: string;
    steps: number;
  }[];
  /** Diagnostics of the newest text on the disk; empty when that one is in force. */
  readonly faults: readonly Diagnostic[];
  readonly faultsSinceMs?: number;
  /** What the text in force was accepted with, and somebody should look at. */
  readonly warnings: readonly Diagnostic[];
}

function refused(code: string, message: string): Compiled {
  const fault: Diagnostic = { severity: 'error', code, message, line: 1, column: 1 };
  return { workflows: [], diagnostics: [fault] };
}

function unreadable(file: string, error: unknown): Compiled {
  const words = error instanceof Error ? error.message : String(error);
  return refused('file', `The file ${file} can't be read: ${words}`);
}

/** As the compiler says it of a text, but before a huge one is in memory. */
function tooLarge(bytes: number): Compiled {
  const most = LIMITS.workflowFileBytes;
  return refused('yaml.size', `The file has ${bytes} bytes; ${most} is the most.`);
}

/** A thread that gives nothing leaves the file unproven, and so not in force. */
async function compiledAside(text: string): Promise<Compiled> {
  const done = await compileAside(text);
  return done.ok
    ? done.compiled
    : refused('unproven', `The file could not be proven: ${done.why}.`);
}

export class WorkflowFile {
  readonly #parts: WorkflowFileParts;
  #workflows: readonly CompiledWorkflow[] = [];
  #set = '';
  #sinceMs = 0;
  #faults: readonly Diagnostic[] = [];
  #faultsSinceMs: number | undefined;
  #warnings: readonly Diagnostic[] = [];
  #reading: Promise<void> = Promise.resolve();

  private constructor(parts: WorkflowFileParts) {
    this.#parts = parts;
  }

  /** Reads the file and watches it from then on; with faults there is no file to hold. */
  static async open(
    parts: WorkflowFileParts,
  ): Promise<{ ok: true; file: WorkflowFile } | { ok: false; faults: readonly Diagnostic[] }> {
    const file = new WorkflowFile(parts);
    // Nobody is served yet, so nobody waits for this thread.
    const compiled = await file.#read((text) => compile(text, revisionOf));
    if (compiled.workflows.length === 0) return { ok: false, faults: compiled.diagnostics };
    file.#take(compiled);
    // Polling sees what editors do (write, rename, replace) alike, on every file system.
    watchFile(parts.file, { interval: LIMITS.workflowPollMs, persistent: false }, () => {
      file.#reading = file.#reading.then(() => file.reload());
    });
    return { ok: true, file };
  }

  get file(): string {
    return this.#parts.file;
  }

  get set(): WorkflowSet {
    return { workflowSet: this.#set, workflows: this.#workflows };
  }

  report(): WorkflowReport {
    return {
      file: this.#parts.file,
      workflowSet: this.#set,
      inForceSinceMs: this.#sinceMs,
      // A variant for some stations is the same work to whoever looks at the list.
      workflows: this.#workflows
        .filter(({ only }) => only === undefined)
        .map(({ id, revision, label, action, steps }) => ({
          id,
          revision,
          label,
          action,
          steps: steps.length,
        })),
      faults: this.#faults,
      warnings: this.#warnings,
      ...(this.#faultsSinceMs === undefined ? {} : { faultsSinceMs: this.#faultsSinceMs }),
    };
  }

  /** Reads the file anew; takes it when it is whole, else keeps the old one and the diagnostics. */
  async reload(): Promise<void> {
    const compiled = await this.#read(compiledAside);
    if (compiled.workflows.length === 0) {
      this.#faults = compiled.diagnostics;
      this.#faultsSinceMs = this.#parts.clock.nowMs();
      return;
    }
    const before = this.#set;
    this.#take(compiled);
    if (this.#set !== before) this.#parts.onChanged(this.set);
  }

  #take(compiled: Compiled): void {
    this.#faults = [];
    this.#faultsSinceMs = undefined;
    this.#warnings = compiled.diagnostics;
    const set = revisionOf(compiled.workflows.map((each) => each.revision).join());
    if (set === this.#set) return;
    this.#workflows = compiled.workflows;
    this.#set = set;
    this.#sinceMs = this.#parts.clock.nowMs();
  }

  async #read(compiling: (text: string) => Compiled | Promise<Compiled>): Promise<Compiled> {
    let text: string;
    try {
      const { size } = await stat(this.#parts.file);
      if (size > LIMITS.workflowFileBytes) return tooLarge(size);
      text = await readFile(this.#parts.file, 'utf8');
    } catch (error) {
      return unreadable(this.#parts.file, error);
    }
    return compiling(text);
  }

  async close(): Promise<void> {
    unwatchFile(this.#parts.file);
    await this.#reading;
  }
}
