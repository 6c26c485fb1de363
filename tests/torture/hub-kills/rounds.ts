// Who lives here: the one who kills. Two stations work, the hub dies by -9 at a random moment (of
// starting, posting or reading), is started again, and so on; now and then Exact's answers are lost
// meanwhile. At the end everything comes to rest and the auditor looks.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Product } from '../../support/product.ts';
import { seeded } from '../support/kills.ts';
import { aimOf, forgetLists, killedIn, noHits, PHASES, ROUNDS_ENOUGH } from './aim.ts';
import type { Hits } from './aim.ts';
import { Auditor } from './audit.ts';
import type { Audited } from './audit.ts';
import { prepare } from './ground.ts';
import type { Work } from './ground.ts';
import { Line } from './line.ts';
import { Player } from './player.ts';

export interface HubKillReport extends Audited {
  readonly rounds: number;
  /** Commands that a station heard `accepted` for. */
  readonly told: number;
  /** What the kills hit; one may hit several things at once. */
  readonly hits: Hits;
}

export interface HubKillOptions {
  /** Wait until the mirror shows the books: minutes, as it follows our own postings at leisure. */
  readonly mirrorToo?: boolean;
  /** Spoils the books before the auditor looks: to see that it sees. */
  readonly plant?: (product: Product) => Promise<unknown>;
}

/** Commands that are accepted at least, or the books prove little. */
const TOLD_A_ROUND = 5;
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
  const line = await Line.open(chance);
  const product = await Product.start({ connects: false, env: { EXACT_BASE_URL: line.url } });
  try {
    line.lead(product.simulatorUrl);
    await product.mirrored();
    const players = [new Player('dock-1'), new Player('dock-2')];
    const work = await opened(product, players, rounds);
    const hits = noHits();
    for (let round = 1; round <= rounds; round += 1) {
      const aim = aimOf(round, seed);
      if (aim === 'reading') forgetLists(product, chance);
      const kind = FAULTS[Math.floor(chance() * FAULTS.length * 2)];
      const fault = { kind, match: { method: 'POST', path: '/api/v1/' } };
      if (kind !== undefined) await product.books.control('faults', fault);
      const play = () =>
        Promise.all(players.map((each) => each.play(product.url, work, () => false)));
      add(hits, await killedIn({ product, line, aim, chance, play }));
      if (round % 10 === 0) {
        say(`round ${round}: ${toldBy(players).length} accepted, ${JSON.stringify(hits)}`);
      }
    }
    const missed = PHASES.filter((phase) => hits[phase] === 0);
    if (rounds >= ROUNDS_ENOUGH && missed.length > 0) {
      throw new Error(`${rounds} kills, and none while ${missed.join(' or ')}`);
    }
    await fetch(`${product.simulatorUrl}/control/faults`, { method: 'DELETE' });
    await product.startHub();
    // What was sent and never answered gets its answer now; and where the machine was slow, the hubs
    // that died heard so little that the last one, which lives, hears the rest.
    const enough = () => toldBy(players).length >= rounds * TOLD_A_ROUND;
    await Promise.all(players.map((each) => each.play(product.url, work, enough)));
    const told = toldBy(players);
    return { rounds, told: told.length, hits, ...(await look(product, told, options)) };
  } finally {
    await product.stop();
    await line.close();
  }
}

/** The ground as the hub has read it, with the goods there that the work uses up; no hub runs. */
async function opened(product: Product, players: readonly Player[], rounds: number): Promise<Work> {
  const names = players.map(({ name }) => name);
  const { work, stocked } = await prepare(product, names, rounds);
  await product.killHub();
  // A hub without a past reads the ground as it is now; another one would wait for its next poll.
  for (const end of ['', '-wal', '-shm']) {
    rmSync(join(product.dataDir, `hub.db${end}`), { force: true });
  }
  await product.startHub();
  await product.mirrored();
  const keeper = new Player('keeper');
  const bring: Work = (number) => stocked[number - 1] ?? never();
  await keeper.play(product.url, bring, () => keeper.verdicts.size >= stocked.length);
  const kinds = [...keeper.verdicts.values()].map(({ kind }) => kind);
  if (kinds.includes('refused')) throw new Error('goods to work with were refused');
  const auditor = new Auditor(product.dataDir);
  try {
    await until(() => auditor.open() === 0, 'I-23: the goods to work with did not come');
  } finally {
    auditor.close();
  }
  await product.killHub();
  return work;
}

function never(): never {
  throw new Error('the keeper brings what there is and no more');
}

function add(sum: Hits, more: Hits): void {
  for (const name of [...PHASES, 'between'] as const) sum[name] += more[name];
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
