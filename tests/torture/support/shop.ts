// A hub in one object, for tests of the ledger alone: stations act in any order, messages come
// twice, Exact applies postings before or after we hear of it, the mirror lags, the hub restarts.

import fc from 'fast-check';
import { fault, LIMITS, plus } from '../../../src/lib/domain/index.ts';
import type { Command, PostingId, SessionId, StationId } from '../../../src/lib/domain/index.ts';
import {
  effectsOf,
  emptyWorld,
  fold,
  settlement,
  stateOf,
  sweep,
  withOrder,
} from '../../../src/lib/ledger/index.ts';
import type { decide, JournalEntry, MirrorOrder, World } from '../../../src/lib/ledger/index.ts';
import {
  batch,
  BATCH,
  command,
  contextOf,
  finish,
  id,
  order,
  ORDER,
  plain,
  PLAIN,
  serials,
  SERIAL,
  T0,
  undo,
} from './goods.ts';

export const TOLERANCE = 0.1;
export const LINES = [PLAIN, BATCH, SERIAL].map(({ line }) => line as string);

export type Act =
  | { kind: 'receive'; station: number; line: number; quantity: number; atOnce: boolean }
  | { kind: 'undo'; station: number; nth: number }
  | { kind: 'finish'; station: number }
  | { kind: 'again'; nth: number }
  | { kind: 'apply'; nth: number }
  | { kind: 'settle'; nth: number; posted: boolean }
  | { kind: 'mirror' }
  | { kind: 'sweep' }
  | { kind: 'restart' };

const station = fc.integer({ min: 1, max: 3 });
const nth = fc.nat({ max: 30 });
export const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      station,
      line: fc.nat({ max: 2 }),
      quantity: fc.integer({ min: 1, max: 60 }),
      atOnce: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), station, nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), station }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), nth }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('apply' as const), nth }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('settle' as const), nth, posted: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('mirror', 'sweep', 'restart') }) },
);

/** The hub in one object, with the parts that a test may break. */
export class Shop {
  world: World = withOrder(emptyWorld(), order());
  mirror: MirrorOrder = order();
  readonly entries: JournalEntry[] = [];
  readonly sent: Command[] = [];
  /** Postings in Exact's books. */
  readonly applied = new Set<PostingId>();
  nowMs = T0;
  #serial = 0;
  readonly #decide: typeof decide;

  constructor(decideWith: typeof decide) {
    this.#decide = decideWith;
  }

  run(one: Act): void {
    this.nowMs += 1000;
    if (one.kind === 'receive') this.send(one.station, this.#goods(one));
    if (one.kind === 'undo') this.send(one.station, undo(one.nth));
    if (one.kind === 'finish') this.send(one.station, finish());
    if (one.kind === 'again') this.deliver(this.sent[one.nth]);
    if (one.kind === 'apply') this.apply(one.nth);
    if (one.kind === 'settle') this.settle(one.nth, one.posted);
    if (one.kind === 'mirror') this.look();
    if (one.kind === 'sweep') this.sweep();
    if (one.kind === 'restart') this.world = this.replayed();
  }

  send(at: number, payload: Command['payload']): void {
    const who = { station: id<StationId>('a', at), session: id<SessionId>('a', 100 + at) };
    const made = command(this.sent.length, payload, who);
    this.sent.push(made);
    this.deliver(made);
  }

  /** A known command is answered from memory, as the writer does. */
  deliver(made: Command | undefined): void {
    if (made === undefined || stateOf(this.world, made.id) !== undefined) return;
    const context = contextOf(this.world, this.nowMs);
    this.keep(this.#decide(this.world, made, context).entries);
  }

  keep(entries: readonly JournalEntry[]): void {
    this.entries.push(...entries);
    this.world = entries.reduce(fold, this.world);
  }

  postings() {
    const known = this.world.documents.get(ORDER)?.postings.values() ?? [];
    return [...known].sort((a, b) => (a.posting.id < b.posting.id ? -1 : 1));
  }

  apply(at: number): void {
    const one = this.postings()[at];
    if (one !== undefined && one.settled?.kind !== 'rejected') this.applied.add(one.posting.id);
  }

  /** We only learn of a posting what is true: posted when Exact applied it. */
  settle(at: number, posted: boolean): void {
    const one = this.postings()[at];
    if (one === undefined) return;
    if (posted) this.applied.add(one.posting.id);
    else if (this.applied.has(one.posting.id)) return;
    const outcome = posted
      ? ({ kind: 'posted', exactId: 'x', documentNumber: '7' } as const)
      : ({ kind: 'rejected', fault: fault('exact.rejected') } as const);
    const told = { posting: one.posting.id, document: ORDER, outcome };
    this.keep(settlement(this.world, told, contextOf(this.world, this.nowMs)));
  }

  look(): void {
    const lines = order().lines.map((line) => {
      const doneInExact = this.doneInExact(line.id);
      return { ...line, doneInExact };
    });
    this.mirror = order({ lines });
    this.world = withOrder(this.world, this.mirror);
  }

  doneInExact(line: string): number {
    return this.postings()
      .filter(({ posting }) => this.applied.has(posting.id))
      .flatMap(({ posting }) => effectsOf(posting, new Map()))
      .filter((effect) => effect.line === line)
      .reduce((sum, { quantity }) => plus(sum, quantity), 0);
  }

  sweep(): void {
    this.nowMs += LIMITS.unpostedMaxMs;
    this.keep(sweep(this.world, contextOf(this.world, this.nowMs)));
  }

  replayed(): World {
    return withOrder(this.entries.reduce(fold, emptyWorld()), this.mirror);
  }

  #goods(one: Extract<Act, { kind: 'receive' }>) {
    const how = {
      tolerance: TOLERANCE,
      posting: one.atOnce ? 'line-complete' : 'document-complete',
    } as const;
    if (one.line === 0) return plain(one.quantity / 10, how);
    if (one.line === 1) return batch(one.quantity / 10, how);
    const numbers = Array.from({ length: 1 + (one.quantity % 3) }, () => `S${this.#serial++ % 9}`);
    return { ...serials(...numbers), ...how };
  }
}
