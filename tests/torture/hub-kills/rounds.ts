// Who lives here: the one who kills. Two stations work, the hub dies by -9 at a random moment, is
// started again, and so on; now and then Exact's answers are lost meanwhile. At the end everything
// comes to rest and the auditor looks.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Product } from '../../support/product.ts';
import { seeded } from '../support/kills.ts';
import { Auditor } from './audit.ts';
import type { Audited } from './audit.ts';
import { prepare } from './ground.ts';
import { Player } from './player.ts';

export interface HubKillReport extends Audited {
  readonly rounds: number;
  /** Commands that a station heard `accepted` for. */
  readonly told: number;
}

export interface HubKillOptions {
  /** Wait until the mirror shows the books: minutes, as it follows our own postings at leisure. */
  readonly mirrorToo?: boolean;
  /** Spoils the books before the auditor looks: to see that it sees. */
  readonly plant?: (product: Product) => Promise<unknown>;
}

/** Longest time that a hub lives after it serves. */
const LIFE_MS = 2_500;
const REST_MS = 15 * 60_000;
const LOOK_MS = 500;
/** What may happen to Exact's answers meanwhile; it applies within what the hub waits. */
const FAULTS = ['lose-answer', 'status-500-after', 'lose-request', 'half-body'] as const;

/** @throws AssertionError for what is lost, double or unlike */
export async function hubKills(
  rounds: number,
  seed: number,
  say: (line: string) => void,
  options: HubKillOptions = {},
): Promise<HubKillReport> {
  const chance = seeded(seed);
  const product = await Product.start();
  try {
    const work = await prepare(product);
    await product.killHub();
    // A hub without a past reads the ground as it is now; another one would wait for its next poll.
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(product.dataDir, `hub.db${end}`), { force: true });
    }
    await product.startHub();
    await product.mirrored();
    await product.killHub();
    const players = [new Player('dock-1'), new Player('dock-2')];
    for (let round = 1; round <= rounds; round += 1) {
      await product.startHub();
      const kind = FAULTS[Math.floor(chance() * FAULTS.length * 2)];
      const fault = { kind, match: { method: 'POST', path: '/api/v1/' } };
      if (kind !== undefined) await product.books.control('faults', fault);
      const playing = Promise.all(players.map((each) => each.play(product.url, work, () => false)));
      await new Promise((resolve) => setTimeout(resolve, chance() * LIFE_MS));
      await product.killHub();
      await playing;
      if (round % 10 === 0) say(`round ${round}: ${toldBy(players).length} accepted`);
    }
    await fetch(`${product.simulatorUrl}/control/faults`, { method: 'DELETE' });
    await product.startHub();
    // What was sent and never answered gets its answer now.
    await Promise.all(players.map((each) => each.play(product.url, work, () => true)));
    return {
      rounds,
      told: toldBy(players).length,
      ...(await look(product, toldBy(players), options)),
    };
  } finally {
    await product.stop();
  }
}

function toldBy(players: readonly Player[]): readonly string[] {
  return players.flatMap(({ verdicts }) =>
    [...verdicts].flatMap(([id, { kind }]) => (kind === 'accepted' ? [id] : [])),
  );
}

async function look(
  product: Product,
  told: readonly string[],
  { mirrorToo = true, plant }: HubKillOptions,
): Promise<Audited> {
  const auditor = new Auditor(product.dataDir);
  try {
    await until(() => auditor.open() === 0, 'I-23: not every posting came to its end');
    await plant?.(product);
    const audited = auditor.audit(told);
    if (!mirrorToo) return audited;
    await until(() => auditor.unlikeMirror() === 0, 'the mirror does not show the books');
    return audited;
  } finally {
    auditor.close();
  }
}

async function until(isSo: () => boolean, words: string): Promise<void> {
  const endMs = Date.now() + REST_MS;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error(words);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
