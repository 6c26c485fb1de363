// Who lives here: the folder in which the tests that run in Node make their databases. They wait
// for the disk at every commit, as the product must; none of what they write has to outlive the
// machine, so it lies in memory where there is a place for it.

import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's file system in memory. */
const MEMORY = '/dev/shm';
/** Containers often have 64 MiB of it; the tests together need less than this. */
const ROOM_BYTES = 2 * 1024 ** 3;

export interface Scratch {
  readonly path: string;
  remove(): void;
}

/** A fresh folder for temporary files, in memory or where the system keeps them. */
export function makeScratch(memory = MEMORY, roomBytes = ROOM_BYTES): Scratch {
  const path = mkdtempSync(join(hasRoom(memory, roomBytes) ? memory : tmpdir(), 'scandock-tests-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function hasRoom(folder: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= bytes;
  } catch (problem) {
    // Only Linux has it, and not everywhere.
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return false;
    throw problem;
  }
}
