// The log on disks that refuse it, and at its greatest length.

import { mkdirSync, readFileSync, rmdirSync, truncateSync, writeFileSync } from 'node:fs';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { LIMITS } from '../../domain/index.ts';
import { StartupFailure } from './failure.ts';
import { openLog } from './log.ts';

let place: ReturnType<typeof folder>;
let file: string;
let told: string[];

beforeEach(() => {
  place = folder();
  file = join(place.path, 'hub.log');
  told = [];
});
afterEach(() => place.clean());

const open = (path = file) => openLog(path, 'info', (sentence) => told.push(sentence));

/** A device that is always full, where there is one. */
const FULL_DISKS = process.platform === 'linux' ? ['/dev/full'] : [];

describe('a log that cannot be written', () => {
  const UNUSABLE: [what: string, spoil: () => void][] = [
    ['a directory in its place', () => mkdirSync(file)],
    [
      'a directory where the older one goes',
      () => {
        writeFileSync(file, '');
        truncateSync(file, LIMITS.logBytes);
        mkdirSync(`${file}.1`);
      },
    ],
    [
      'a folder that is a file',
      () => {
        writeFileSync(join(place.path, 'data'), '');
        file = join(place.path, 'data', 'hub.log');
      },
    ],
  ];
  it.each(UNUSABLE)('at start, %s: one sentence with its name', (_what, spoil) => {
    spoil();
    let thrown: unknown;
    try {
      open();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(StartupFailure);
    const sentence = expect.stringContaining(`The log ${file} can't be written: `);
    expect(thrown).toMatchObject({ lines: [sentence] });
  });

  it('I-16: a full disk costs lines, not the caller; it is told once', () => {
    for (const full of FULL_DISKS) {
      const log = open(full);
      for (let n = 0; n < 3; n += 1) log.warn({ n }, 'hub');
      expect(told).toEqual([expect.stringMatching(/\/dev\/full can't be written.*ENOSPC/)]);
    }
  });

  it('I-16: once it can be written again, that is told with the count, and lines come', () => {
    grow(LIMITS.logBytes - 10);
    mkdirSync(`${file}.1`);
    const log = open();
    for (let n = 0; n < 3; n += 1) log.warn({ n }, 'lost');
    expect(told).toEqual([expect.stringContaining(`${file} can't be written, lines are lost: `)]);
    rmdirSync(`${file}.1`);
    log.warn({ n: 3 }, 'kept');
    log.warn({ n: 4 }, 'kept');
    expect(told.slice(1)).toEqual([`The log ${file} is written again; lines lost: 3.`]);
    expect(numbers(file)).toEqual([3, 4]);
  });
});

describe('I-17: beyond LIMITS.logBytes the file is begun anew, and one older one stays', () => {
  it('while writing', () => {
    writeFileSync(`${file}.1`, 'the older one');
    grow(LIMITS.logBytes - 200);
    const log = open();
    for (let n = 0; n < 6; n += 1) log.info({ n }, 'x'.repeat(30));
    expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(LIMITS.logBytes);
    expect(statSync(`${file}.1`).size).toBeGreaterThan(LIMITS.logBytes - 200);
    expect(numbers(file).at(-1)).toBe(5);
    expect(numbers(file)[0]).toBeGreaterThan(0);
    expect(told).toEqual([]);
  });

  it('at open', () => {
    grow(LIMITS.logBytes);
    open().info({ n: 1 }, 'first');
    expect(statSync(`${file}.1`).size).toBe(LIMITS.logBytes);
    expect(numbers(file)).toEqual([1]);
  });

  it('a smaller one goes on where it ended', () => {
    open().info({ n: 1 }, 'first');
    open().info({ n: 2 }, 'second');
    expect(numbers(file)).toEqual([1, 2]);
  });
});

/** Makes the log that long without writing it. */
function grow(bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
}

function numbers(path: string): unknown[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { n: unknown }).n);
}
