// Who lives here: the hub's log: JSON lines in a file beside the data, because the console belongs
// to the person who started the product. Nothing secret is ever handed to it. The log tells of the
// work and is no part of it: once it is open, a disk that fails costs lines and nothing else.
// Words: a lost line could not be written; the person at the console hears when the losing begins,
// and when it ends, of how many.

import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import type { Logger } from 'pino';
import { LIMITS } from '../../domain/index.ts';
import type { Environment } from '../env/index.ts';
import { StartupFailure } from './failure.ts';

export type { Logger };

/**
 * Opens the log. Lines are written at once, so that the last words of a crash are there; writing
 * never throws. `tell` hears sentences for the console, of lost lines only.
 * @throws StartupFailure when the file cannot be opened.
 */
export function openLog(
  file: string,
  level: Environment['logLevel'],
  tell: (sentence: string) => void = (sentence) => console.error(sentence),
): Logger {
  const redact = { paths: ['*.secret', '*.clientSecret', '*.access', '*.refresh'], remove: true };
  return pino({ level, redact, base: null }, openFile(file, tell));
}

/** What to say of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function openFile(file: string, tell: (sentence: string) => void): LogFile {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new LogFile(file, tell);
  } catch (error) {
    throw new StartupFailure([`The log ${file} can't be written: ${wordsOf(error)}`], error);
  }
}

class LogFile {
  readonly #file: string;
  readonly #tell: (sentence: string) => void;
  #handle: number | undefined;
  #bytes = 0;
  /** The file ends within a line that did not fit on the disk. */
  #torn = false;
  #lostLines = 0;

  constructor(file: string, tell: (sentence: string) => void) {
    this.#file = file;
    this.#tell = tell;
    this.#open();
    if (this.#bytes >= LIMITS.logBytes) this.#beginAnew();
  }

  write(line: string): void {
    try {
      this.#append(line);
    } catch (error) {
      this.#lostLines += 1;
      if (this.#lostLines > 1) return;
      this.#tell(`The log ${this.#file} can't be written, lines are lost: ${wordsOf(error)}`);
      return;
    }
    if (this.#lostLines === 0) return;
    this.#tell(`The log ${this.#file} is written again; lines lost: ${this.#lostLines}.`);
    this.#lostLines = 0;
  }

  #append(line: string): void {
    let handle = this.#handle ?? this.#open();
    if (this.#bytes > 0 && this.#bytes + Buffer.byteLength(line) > LIMITS.logBytes) {
      handle = this.#beginAnew();
    }
    const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
    for (let at = 0; at < bytes.length;) {
      const written = writeSync(handle, bytes, at);
      at += written;
      this.#bytes += written;
      this.#torn = at < bytes.length;
    }
  }

  /** The handle is given up first: should the renaming fail, the next line tries all of it again. */
  #beginAnew(): number {
    const old = this.#handle;
    this.#handle = undefined;
    if (old !== undefined) closeSync(old);
    renameSync(this.#file, `${this.#file}.1`);
    return this.#open();
  }

  #open(): number {
    const handle = openSync(this.#file, 'a');
    this.#handle = handle;
    this.#bytes = fstatSync(handle).size;
    if (this.#bytes === 0) this.#torn = false;
    return handle;
  }
}
