// kill -9, again and again, and after each one: is everything that was told still there, once?

import {
  copyFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../../src/lib/domain/index.ts';
import type { Verdict } from '../../../src/lib/domain/index.ts';
import { emptyWorld, fold } from '../../../src/lib/ledger/index.ts';
import type { JournalEntry } from '../../../src/lib/ledger/index.ts';
import { openJournal } from '../../../src/lib/server/journal/index.ts';
import { StorageFailure } from '../../../src/lib/server/store/index.ts';
import { startPart } from './child.ts';
import type { Part } from './child.ts';
import { folder, openAt } from './disk.ts';
import { scriptOf, STATIONS } from './script.ts';

export interface KillReport {
  readonly rounds: number;
  /** Verdicts that a process told before it died. */
  readonly told: number;
  readonly entries: number;
  /** Rounds in which more was durable than had been told. */
  readonly doneButNotTold: number;
  /** Copies with a damaged file: opened with a shorter journal, or refused. */
  readonly shorter: number;
  readonly refused: number;
}

interface Told {
  readonly station: number;
  readonly number: number;
  readonly verdict: Verdict;
}

/** A source of chance that can be run again: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Longest time that a process works before it is killed. */
const LIFE_MS = 150;

/**
 * @param how words for the process that is killed: `liar` answers before it writes
 * @throws BrokenLaw at the first round after which anything is missing, double or damaged.
 */
export async function killRounds(
  rounds: number,
  seed: number,
  say: (line: string) => void,
  ...how: readonly string[]
): Promise<KillReport> {
  const chance = seeded(seed);
  const place = folder();
  const yard = new Yard(join(place.path, 'hub.sqlite'), place.path, chance);
  let next = startPart('writer', ...how);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const part = next;
      await part.until('ready');
      next = startPart('writer', ...how);
      await yard.round(part);
      if (round % 20 === 0) say(`round ${round}: ${JSON.stringify(yard.report(round))}`);
    }
    return yard.report(rounds);
  } finally {
    await next.kill();
    place.clean();
  }
}

class Yard {
  readonly #file: string;
  readonly #place: string;
  readonly #chance: () => number;
  readonly #told = new Map<string, Told>();
  readonly #from: number[] = Array.from({ length: STATIONS }, () => 1);
  readonly #entries: JournalEntry[] = [];
  #doneButNotTold = 0;
  #shorter = 0;
  #refused = 0;

  constructor(file: string, place: string, chance: () => number) {
    this.#file = file;
    this.#place = place;
    this.#chance = chance;
  }

  report(rounds: number): KillReport {
    return {
      rounds,
      told: this.#told.size,
      entries: this.#entries.length,
      doneButNotTold: this.#doneButNotTold,
      shorter: this.#shorter,
      refused: this.#refused,
    };
  }

  async round(part: Part): Promise<void> {
    part.say(JSON.stringify({ file: this.#file, from: this.#from }));
    // Mostly in the middle of the work; now and then while it opens the file or reads the journal.
    if (this.#chance() < 0.8) await part.until('open');
    const told = this.#listen(part);
    await new Promise((resolve) => setTimeout(resolve, this.#chance() * LIFE_MS));
    await part.kill();
    const news = await told;
    await this.#damageACopy();
    await this.#look(news);
  }

  async #listen(part: Part): Promise<readonly Told[]> {
    const told: Told[] = [];
    for await (const line of part.lines) {
      if (line !== 'open') told.push(JSON.parse(line) as Told);
    }
    return told;
  }

  async #look(news: readonly Told[]): Promise<void> {
    for (const one of news) {
      const { id } = scriptOf(one.station, one.number);
      const before = this.#told.get(id);
      const same = JSON.stringify(before?.verdict ?? one.verdict) === JSON.stringify(one.verdict);
      assert(same, `I-02: ${id} was told two verdicts`);
      this.#told.set(id, one);
    }
    const store = await openAt(this.#file);
    const journal = openJournal(store);
    const verified = await journal.verify();
    assert(verified.ok, `I-16: ${verified.ok ? '' : verified.sentence}`);
    const read = await journal.read(this.#entries.length + 1, 1_000_000);
    assert(read.ok, 'the journal can be read');
    this.#entries.push(...read.value);
    const seen = new Map<string, number>();
    for (const { body, seq } of this.#entries) {
      if (!('by' in body)) continue;
      assert(!seen.has(body.by.command), `I-02: ${body.by.command} is in the journal twice`);
      seen.set(body.by.command, seq);
    }
    for (const [id, { verdict }] of this.#told) {
      assert(verdict.kind !== 'later', 'only final verdicts are told');
      assert(seen.get(id) === verdict.seq, `I-01: ${id} was told ${verdict.seq} and is not there`);
    }
    this.#entries.reduce(fold, emptyWorld());
    if (seen.size > this.#told.size) this.#doneButNotTold += 1;
    for (let station = 0; station < STATIONS; station += 1) {
      let number = this.#from[station] ?? 1;
      while (this.#told.has(scriptOf(station, number).id)) number += 1;
      this.#from[station] = number;
    }
    await store.close();
  }

  /** A disk that lies: the end of the log, or one bit anywhere, is wrong. */
  async #damageACopy(): Promise<void> {
    if (!existsSync(this.#file)) return;
    const copy = this.#copy('damaged.sqlite');
    const kind = Math.floor(this.#chance() * 3);
    this.#damage(kind === 2 ? copy : `${copy}-wal`, kind === 0);
    await this.#judge(copy);
  }

  #copy(name: string): string {
    const copy = join(this.#place, name);
    copyFileSync(this.#file, copy);
    if (existsSync(`${this.#file}-wal`)) copyFileSync(`${this.#file}-wal`, `${copy}-wal`);
    else writeFileSync(`${copy}-wal`, '');
    return copy;
  }

  #damage(path: string, cut: boolean): void {
    const size = statSync(path).size;
    const at = Math.floor(this.#chance() * size);
    if (cut || size === 0) return truncateSync(path, at);
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(this.#chance() * 8));
    writeFileSync(path, bytes);
  }

  /** The journal of a damaged copy is refused, or it is the true one up to some entry. */
  async #judge(copy: string): Promise<void> {
    const truth = await this.#truth();
    try {
      const store = await openAt(copy);
      try {
        const journal = openJournal(store);
        const verified = await journal.verify();
        if (!verified.ok) this.#refused += 1;
        const read = verified.ok ? await journal.read(1, 1_000_000) : undefined;
        if (read?.ok !== true) return;
        const known = JSON.stringify(truth.slice(0, read.value.length));
        assert(JSON.stringify(read.value) === known, 'I-16: damage went unseen');
        if (read.value.length < truth.length) this.#shorter += 1;
      } finally {
        await store.close();
      }
    } catch (error) {
      if (!(error instanceof StorageFailure) && !isRefusal(error)) throw error;
      this.#refused += 1;
    }
  }

  /** What the undamaged file holds right now, without touching it. */
  async #truth(): Promise<readonly JournalEntry[]> {
    const store = await openAt(this.#copy('twin.sqlite'));
    const read = await openJournal(store).read(1, 1_000_000);
    await store.close();
    assert(read.ok, 'the journal can be read');
    return read.value;
  }
}

/** A flipped byte in the table of migrations or the schema: the store says no in its own words. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'StoreRefused') return true;
  return error.name === 'SqliteError' || error instanceof SyntaxError;
}
