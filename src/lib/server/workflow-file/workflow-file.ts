// Who lives here: workflows.yaml on the disk, and the set of workflows that is in force. At start a
// faulty file stops the product with every diagnostic; while people work a faulty file changes
// nothing, and its diagnostics wait on the admin page. Sessions keep the revision they began with
// (they hold it themselves), so a change here only decides what new sessions get (I-12).
// Before a sound file comes into force the recorded sessions are replayed with it (judge.ts). Under
// `review` one that makes a difference to them waits for a person, who puts it in force or keeps
// the old one.

import { readFile, stat } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';
import type { WorkflowSet } from '../../protocol/index.ts';
import { compile } from '../../workflows/index.ts';
import type { Compiled, CompiledWorkflow, Diagnostic, Label } from '../../workflows/index.ts';
import { judge } from './judge.ts';
import type { Judgement, JudgeParts } from './judge.ts';
import { revisionOf } from './revision.ts';
import type { RevisionEntry } from './revisions.ts';

export interface WorkflowFileParts extends JudgeParts {
  readonly file: string;
  readonly clock: Clock;
  /** The set in force changed. */
  readonly onChanged: (set: WorkflowSet) => void;
  /** `review`: what makes a difference to recorded sessions waits for a person. */
  readonly changes?: 'apply' | 'review';
  /** What was in force, and is to be when the hub starts again. */
  readonly memory?: {
    newest(): Promise<RevisionEntry | undefined>;
    keep(entry: RevisionEntry): Promise<void>;
  };
  /** A changed file was judged; for the log. */
  readonly onJudged?: (set: string, judgement: Judgement, waits: boolean) => void;
  /** The disk did not keep what is in force. */
  readonly onFailure?: (error: unknown) => void;
}

/** A sound file that is not in force, because it would make a difference. */
export interface WaitingFile {
  readonly workflowSet: string;
  readonly sinceMs: number;
  readonly judgement: Judgement;
  /** Somebody has decided to keep the old one. */
  readonly declined: boolean;
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
  /** What the file in force changed, when it came. */
  readonly judgement?: Judgement;
  readonly waiting?: WaitingFile;
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

interface Sound {
  readonly text: string;
  readonly compiled: Compiled;
  readonly judgement?: Judgement;
}

const setOf = ({ workflows }: Compiled): string =>
  revisionOf(workflows.map(({ revision }) => revision).join());

/** Whether a person would want to look: something differs, or nobody knows whether it does. */
const differs = ({ workflows, stopped }: Judgement): boolean =>
  stopped !== undefined || workflows.some(({ differing }) => differing > 0);

export class WorkflowFile {
  readonly #parts: WorkflowFileParts;
  #workflows: readonly CompiledWorkflow[] = [];
  #set = '';
  #sinceMs = 0;
  #faults: readonly Diagnostic[] = [];
  #faultsSinceMs: number | undefined;
  #warnings: readonly Diagnostic[] = [];
  #judgement: Judgement | undefined;
  #waiting: (WaitingFile & { readonly sound: Sound }) | undefined;
  #reading: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  private constructor(parts: WorkflowFileParts) {
    this.#parts = parts;
  }

  /** Reads the file and watches it from then on; with faults there is no file to hold. */
  static async open(
    parts: WorkflowFileParts,
  ): Promise<{ ok: true; file: WorkflowFile } | { ok: false; faults: readonly Diagnostic[] }> {
    const file = new WorkflowFile(parts);
    const read = await file.#read();
    if (typeof read !== 'string') return { ok: false, faults: read.diagnostics };
    // Nobody is served yet, so nobody waits for this thread.
    const compiled = compile(read, revisionOf);
    if (compiled.workflows.length === 0) return { ok: false, faults: compiled.diagnostics };
    await file.#start({ text: read, compiled });
    // Polling sees what editors do (write, rename, replace) alike, on every file system.
    watchFile(parts.file, { interval: LIMITS.workflowPollMs, persistent: false }, () => {
      void file.reload();
    });
    return { ok: true, file };
  }

  /** The file as it is; but under `review` what was in force, where the file changed meanwhile. */
  async #start(sound: Sound): Promise<void> {
    const before = await this.#parts.memory?.newest();
    if (before?.workflowSet === setOf(sound.compiled)) {
      this.#take(sound.compiled, before.atMs);
      this.#judgement = before.judgement;
      return;
    }
    const old =
      this.#parts.changes === 'review' && before ? compile(before.text, revisionOf) : null;
    // What this version of the product no longer takes cannot stay in force.
    if (before === undefined || old === null || old.workflows.length === 0) {
      return this.#enter(sound);
    }
    this.#take(old, before.atMs);
    this.#judgement = before.judgement;
    void this.reload();
  }

  get file(): string {
    return this.#parts.file;
  }

  get set(): WorkflowSet {
    return { workflowSet: this.#set, workflows: this.#workflows };
  }

  /** The workflows in force, for rooms of the hub that know what one is. */
  get inForce(): readonly CompiledWorkflow[] {
    return this.#workflows;
  }

  report(): WorkflowReport {
    return {
      file: this.#parts.file,
      workflowSet: this.#set,
      inForceSinceMs: this.#sinceMs,
      // A variant for some stations is the same work to whoever looks at the list.
      workflows: this.#workflows
        .filter(({ only, onlyRoles }) => (only ?? onlyRoles) === undefined)
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
      ...(this.#judgement === undefined ? {} : { judgement: this.#judgement }),
      ...(this.#waiting === undefined ? {} : { waiting: this.#waitingReport(this.#waiting) }),
    };
  }

  #waitingReport({ workflowSet, sinceMs, judgement, declined }: WaitingFile): WaitingFile {
    return { workflowSet, sinceMs, judgement, declined };
  }

  /**
   * Reads the file anew and judges it. One that is whole comes into force, or waits for a person;
   * else the old one stays, and the diagnostics wait.
   */
  reload(): Promise<void> {
    // One after another: a file that is saved while it is judged is judged again, not at once.
    this.#reading = this.#reading.then(() => this.#judgeFile());
    return this.#reading;
  }

  async #judgeFile(): Promise<void> {
    const text = await this.#read();
    if (typeof text !== 'string') return this.#refuse(text);
    // Saved again as it was: it waits already, and the admin was told.
    if (this.#waiting?.sound.text === text) return;
    const { signal: closing } = this.#closing;
    const judged = await judge(text, this.#workflows, { ...this.#parts, closing });
    if (closing.aborted) return;
    if (!judged.ok) {
      return this.#refuse(refused('unproven', `The file could not be proven: ${judged.why}.`));
    }
    const { compiled, judgement } = judged;
    if (compiled.workflows.length === 0) return this.#refuse(compiled);
    this.#waiting = undefined;
    const workflowSet = setOf(compiled);
    const sound = { text, compiled, ...(judgement === undefined ? {} : { judgement }) };
    if (workflowSet === this.#set || judgement === undefined) return this.#enter(sound);
    const waits = this.#parts.changes === 'review' && differs(judgement);
    this.#parts.onJudged?.(workflowSet, judgement, waits);
    if (!waits) return this.#enter(sound);
    this.#clearFaults();
    const sinceMs = this.#parts.clock.nowMs();
    this.#waiting = { workflowSet, sinceMs, judgement, declined: false, sound };
  }

  /** Puts the file that waits in force; false: it is another one by now, or none. */
  async putInForce(workflowSet: string): Promise<boolean> {
    const waiting = this.#waiting;
    if (waiting?.workflowSet !== workflowSet) return false;
    this.#waiting = undefined;
    await this.#enter(waiting.sound);
    return true;
  }

  /** The old one stays in force; false: another file waits by now, or none. */
  keepOld(workflowSet: string): boolean {
    if (this.#waiting?.workflowSet !== workflowSet) return false;
    this.#waiting = { ...this.#waiting, declined: true };
    return true;
  }

  #refuse({ diagnostics }: Compiled): void {
    this.#waiting = undefined;
    this.#faults = diagnostics;
    this.#faultsSinceMs = this.#parts.clock.nowMs();
  }

  #clearFaults(): void {
    this.#faults = [];
    this.#faultsSinceMs = undefined;
  }

  async #enter({ text, compiled, judgement }: Sound): Promise<void> {
    const before = this.#set;
    const atMs = this.#parts.clock.nowMs();
    this.#take(compiled, atMs);
    if (this.#set === before) return;
    this.#judgement = judgement;
    const said = judgement === undefined ? {} : { judgement };
    const entry = { workflowSet: this.#set, atMs, text, ...said };
    try {
      await this.#parts.memory?.keep(entry);
    } catch (error) {
      // It is in force all the same: the next start will read the file.
      this.#parts.onFailure?.(error);
    }
    // At the start there is nobody yet to tell.
    if (before !== '') this.#parts.onChanged(this.set);
  }

  #take(compiled: Compiled, atMs: number): void {
    this.#clearFaults();
    this.#warnings = compiled.diagnostics;
    const set = setOf(compiled);
    if (set === this.#set) return;
    this.#workflows = compiled.workflows;
    this.#set = set;
    this.#sinceMs = atMs;
  }

  /** The text, or why there is none. */
  async #read(): Promise<string | Compiled> {
    try {
      const { size } = await stat(this.#parts.file);
      if (size > LIMITS.workflowFileBytes) return tooLarge(size);
      return await readFile(this.#parts.file, 'utf8');
    } catch (error) {
      return unreadable(this.#parts.file, error);
    }
  }

  async close(): Promise<void> {
    unwatchFile(this.#parts.file);
    this.#closing.abort();
    await this.#reading;
  }
}
