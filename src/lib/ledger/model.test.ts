// The ledger against a model that knows nothing of worlds: it reads the entries, as an auditor
// would, and adds up. Stations act in any order, messages come twice, Exact applies postings before
// or after we hear of it, the mirror lags behind, the hub restarts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  command,
  contextOf,
  finish,
  id,
  order,
  ORDER,
  orderWith,
  plain,
  PLAIN,
  serials,
  SERIAL,
  batch,
  BATCH,
  T0,
  undo,
} from '../../../tests/torture/support/goods.ts';
import { fault, LIMITS, minus, plus } from '../domain/index.ts';
import type { Command, PostingId, SessionId, StationId } from '../domain/index.ts';
import {
  decide,
  emptyWorld,
  fold,
  progress,
  settlement,
  stateOf,
  sweep,
  withOrder,
} from './index.ts';
import type { JournalEntry, MirrorOrder, World } from './index.ts';

const TOLERANCE = 0.1;
const LINES = [PLAIN, BATCH, SERIAL].map(({ line }) => line as string);

type Act =
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
const act: fc.Arbitrary<Act> = fc.oneof(
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
class Shop {
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
      const receivedInExact = this.receivedInExact(line.id);
      return { ...line, receivedInExact };
    });
    this.mirror = order({ lines });
    this.world = withOrder(this.world, this.mirror);
  }

  receivedInExact(line: string): number {
    return this.postings()
      .filter(({ posting }) => this.applied.has(posting.id))
      .flatMap(({ posting }) => posting.lines)
      .filter(({ orderLine }) => orderLine === line)
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

/** Goods that stand in the entries: per line accepted minus undone. Reads nothing else. */
function taken(entries: readonly JournalEntry[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>(LINES.map((line) => [line, 0]));
  const byCommand = new Map<string, { line: string; quantity: number }>();
  for (const { body } of entries) {
    if (body.type === 'line-received') {
      byCommand.set(body.by.command, body.line);
      lines.set(body.line.line, plus(lines.get(body.line.line) ?? 0, body.line.quantity));
    }
    const undone = body.type === 'line-undone' ? byCommand.get(body.undo.target) : undefined;
    if (undone !== undefined) {
      lines.set(undone.line, minus(lines.get(undone.line) ?? 0, undone.quantity));
    }
  }
  return lines;
}

function check(shop: Shop): void {
  for (const [line, quantity] of taken(shop.entries)) {
    const ordered = order().lines.find((known) => known.id === line)?.ordered ?? 0;
    expect(quantity, 'I-06: never over').toBeLessThanOrEqual(ordered * (1 + TOLERANCE) + 1e-9);
  }
  const cut = shop.postings().flatMap(({ posting }) => posting.commands);
  expect(new Set(cut).size, 'nothing is cut twice').toBe(cut.length);
  const numbers = shop.world.serials.size;
  expect(numbers, 'serials in hand').toBe(taken(shop.entries).get(SERIAL.line));
}

/** What two worlds must agree on; books are compared by what they say. */
function told(world: World) {
  const state = world.documents.get(ORDER);
  return {
    seq: world.seq,
    takes: state?.takes,
    acts: state?.acts,
    postings: state?.postings,
    progress: progress(world, ORDER),
    commands: new Map(world.commands.entries()),
    serials: new Map(world.serials.entries()),
    unposted: new Map(world.unposted.entries()),
  };
}

/** The end of the day: everything is cut, sent, and seen by the mirror. */
function closeDay(shop: Shop): void {
  shop.sweep();
  for (const at of shop.postings().keys()) shop.settle(at, true);
  shop.look();
}

function day(decideWith: typeof decide) {
  return fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
    const shop = new Shop(decideWith);
    for (const one of acts) {
      shop.run(one);
      check(shop);
    }
    expect(told(shop.replayed()), 'replay').toEqual(told(shop.world));
    closeDay(shop);
    check(shop);
    const goods = taken(shop.entries);
    for (const [line, { received, pending }] of progress(shop.world, ORDER)) {
      expect(shop.receivedInExact(line), 'all goods are posted once').toBe(goods.get(line));
      expect({ received, pending }, 'open is true at the end of the day').toEqual({
        received: goods.get(line),
        pending: 0,
      });
    }
  });
}

describe('the ledger over a day of any acts', () => {
  it('I-02 I-06 I-13: never over, nothing cut twice, all posted once, replay is the same', () => {
    fc.assert(day(decide), { numRuns: 1000 });
  });

  it('the model sees a ledger without the tolerance check', () => {
    const plenty = order({ lines: order().lines.map((line) => ({ ...line, ordered: 1e5 })) });
    const careless: typeof decide = (world, made, context) =>
      decide(withOrder(world, plenty), made, context);
    expect(fc.check(day(careless), { numRuns: 1000 }).failed).toBe(true);
  });

  it('the model sees a ledger that decides two stations on the same old world', () => {
    let old: World | undefined;
    const racing: typeof decide = (world, made, context) => {
      const seen = old !== undefined && old.seq < world.seq ? old : world;
      old = world;
      return decide({ ...seen, seq: world.seq, commands: world.commands }, made, context);
    };
    expect(fc.check(day(racing), { numRuns: 1000 }).failed).toBe(true);
  });
});

describe('what Exact has received, while the mirror lags', () => {
  function posted(quantity: number): Shop {
    const shop = new Shop(decide);
    shop.send(1, plain(quantity, { posting: 'line-complete' }));
    shop.settle(0, true);
    return shop;
  }
  const received = (world: World) => progress(world, ORDER).get(PLAIN.line)?.received;
  const seen = (quantity: number, changes: Partial<MirrorOrder> = {}): MirrorOrder => ({
    ...orderWith(PLAIN.line, { receivedInExact: quantity }),
    ...changes,
  });

  it('counts a posting that the mirror has not seen', () => {
    expect(received(posted(4).world)).toBe(4);
    expect(received(withOrder(posted(4).world, seen(0)))).toBe(4);
  });

  it('counts it once when the mirror has', () => {
    expect(received(withOrder(posted(4).world, seen(4)))).toBe(4);
  });

  it('counts it once when the mirror shows it before we hear of it: the answer was lost', () => {
    const shop = new Shop(decide);
    shop.send(1, plain(4, { posting: 'line-complete' }));
    shop.apply(0);
    shop.look();
    shop.settle(0, true);
    expect(progress(shop.world, ORDER).get(PLAIN.line)).toMatchObject({ received: 4, pending: 0 });
  });

  it('adds what others received in Exact', () => {
    expect(received(withOrder(posted(4).world, seen(6)))).toBe(6);
  });

  it('follows a correction in Exact down once it has caught up', () => {
    const caughtUp = withOrder(posted(4).world, seen(4));
    expect(received(withOrder(caughtUp, seen(1)))).toBe(1);
  });

  it('believes the mirror again after LIMITS.mirrorLagMs, whatever it says', () => {
    const shop = posted(4);
    const early = { asOfMs: shop.nowMs + LIMITS.mirrorLagMs - 1 };
    const late = { asOfMs: shop.nowMs + LIMITS.mirrorLagMs };
    expect(received(withOrder(shop.world, seen(1, early)))).toBe(4);
    expect(received(withOrder(shop.world, seen(1, late)))).toBe(1);
  });

  it('a rejected posting stays pending, marked as an exception, until a person decides', () => {
    const shop = new Shop(decide);
    shop.send(1, plain(4, { posting: 'line-complete' }));
    shop.settle(0, false);
    const line = progress(shop.world, ORDER).get(PLAIN.line);
    expect(line).toEqual({ received: 0, pending: 4, exception: 4 });
    expect(stateOf(shop.world, id('c', 0))).toMatchObject({ kind: 'exception' });
    shop.settle(0, true);
    expect(progress(shop.world, ORDER).get(PLAIN.line)).toEqual({
      received: 4,
      pending: 0,
      exception: 0,
    });
    expect(stateOf(shop.world, id('c', 0))).toEqual({ kind: 'booked', documentNumber: '7' });
  });

  it('I-03: what is posted is settled once; later news makes no entry', () => {
    const shop = posted(4);
    const seq = shop.world.seq;
    shop.settle(0, true);
    expect(shop.world.seq).toBe(seq);
  });
});

describe('sweep', () => {
  const left = () => {
    const shop = new Shop(decide);
    shop.send(1, plain(1));
    shop.send(2, plain(2));
    return shop;
  };
  const swept = (shop: Shop, nowMs: number) =>
    sweep(shop.world, contextOf(shop.world, nowMs)).map(({ body }) =>
      body.type === 'posting-cut' ? body.posting.lines.map(({ quantity }) => quantity) : body,
    );

  it('leaves goods alone while their session works', () => {
    expect(swept(left(), T0 + LIMITS.unpostedMaxMs - 1)).toEqual([]);
  });

  it('cuts what was left behind, a posting for each session', () => {
    expect(swept(left(), T0 + LIMITS.unpostedMaxMs)).toEqual([[1], [2]]);
  });

  it('cuts also when the clock stepped far back', () => {
    expect(swept(left(), T0 - 24 * 3_600_000)).toEqual([[1], [2]]);
  });

  it('cuts nothing twice', () => {
    const shop = left();
    shop.sweep();
    expect(swept(shop, shop.nowMs + LIMITS.unpostedMaxMs)).toEqual([]);
  });
});
