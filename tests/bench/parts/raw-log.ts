// Who lives here: the disk's own speed: bytes written over a file that is there already, then
// fdatasync. That is what a database's log does in its steady state, without a database: the least
// that any durable word can cost on this file system.

import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** As long as SQLite lets its write-ahead log grow before it starts again from the beginning. */
const PAGES = 1_000;
const PAGE_BYTES = 4_096;

export class RawLog {
  readonly #file: number;
  #page = 0;

  /** Makes the file and writes all of it once, so that no later write has to grow it. */
  constructor(path: string) {
    this.#file = openSync(path, 'w');
    writeSync(this.#file, Buffer.alloc(PAGES * PAGE_BYTES));
    fsyncSync(this.#file);
  }

  /** Returns once the bytes are on the disk. At most a page of them. */
  write(bytes: Uint8Array): void {
    if (bytes.length > PAGE_BYTES) throw new RangeError(`${bytes.length} bytes are over a page`);
    writeSync(this.#file, bytes, 0, bytes.length, this.#page * PAGE_BYTES);
    fdatasyncSync(this.#file);
    this.#page = (this.#page + 1) % PAGES;
  }

  close(): void {
    closeSync(this.#file);
  }
}
