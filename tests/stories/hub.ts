// Who lives here: the hub of a story: the production draft (admission, ledger, fold) over a journal
// in memory, and the production rows for stations. No disk and no socket; everything else is real.

import { makeId } from '../../src/lib/domain/index.ts';
import type { Command, Marker, PostingId, Verdict } from '../../src/lib/domain/index.ts';
import {
  emptyWorld,
  fold,
  progress,
  settlement,
  sweep,
  withOrder,
} from '../../src/lib/ledger/index.ts';
import type {
  DecisionContext,
  GoodsReceiptPosting,
  JournalEntry,
  SettledOutcome,
  World,
} from '../../src/lib/ledger/index.ts';
import { documentOf } from '../../src/lib/ledger/index.ts';
import type { ReplicaRow } from '../../src/lib/protocol/index.ts';
import { Draft } from '../../src/lib/server/hub/draft.ts';
import type { StoredVerdict } from '../../src/lib/server/hub/ports.ts';
import { hashOfCommand } from '../../src/lib/server/journal/rows.ts';
import { rowContent } from '../../src/lib/server/projection/rows.ts';
import type { RowKind } from '../../src/lib/server/projection/sources.ts';
import type { StoryMirror } from './mirror.ts';
import type { StoryClock, StoryRandom } from './ports.ts';

const KINDS: readonly RowKind[] = ['location', 'warehouse', 'item', 'order'];

export class StoryHub {
  readonly entries: JournalEntry[] = [];
  #world: World = emptyWorld();
  readonly #verdicts = new Map<Command['id'], StoredVerdict[]>();
  readonly #lastSeqs = new Map<Command['station'], number>();
  readonly #rows = new Map<string, ReplicaRow>();
  readonly #touched = new Set<string>();
  #version = 0;

  constructor(
    readonly mirror: StoryMirror,
    private readonly clock: StoryClock,
    private readonly random: StoryRandom,
  ) {}

  get world(): World {
    return this.#world;
  }

  /** Reads the mirror for the first time. */
  async open(): Promise<void> {
    this.takeMirror();
    for (const kind of KINDS) {
      for (const id of await this.mirror.ids(kind)) await this.#make(kind, id);
    }
    this.#touched.clear();
  }

  /** The mirror spoke: every order as it is in Exact now. */
  takeMirror(): void {
    for (const order of this.mirror.ledgerOrders(this.clock.nowMs())) {
      this.#world = withOrder(this.#world, order);
      this.#touched.add(order.id);
    }
  }

  /** One command as it comes in from a station. */
  rule(command: Command): Verdict {
    const memory = { verdicts: this.#verdicts, lastSeqs: this.#lastSeqs };
    const draft = new Draft(this.#world, memory, (world) => this.#context(world));
    const { verdict } = draft.rule(command, hashOfCommand(command));
    for (const judged of draft.commands) {
      const known = this.#verdicts.get(judged.command.id) ?? [];
      const { hash, verdict: said } = judged;
      this.#verdicts.set(judged.command.id, [
        ...known,
        { id: judged.command.id, hash, verdict: said },
      ]);
    }
    for (const [station, last] of draft.lastSeqs) this.#lastSeqs.set(station, last);
    this.#adopt(draft.entries, draft.world);
    return verdict;
  }

  /** What the hub does by itself when time has passed. */
  sweep(): void {
    const entries = sweep(this.#world, this.#context(this.#world));
    this.#adopt(entries, entries.reduce(fold, this.#world));
  }

  /** Exact has answered for every posting of this order that was not settled. */
  settle(document: string, outcome: SettledOutcome): void {
    for (const posting of this.postings()) {
      if (posting.document !== document) continue;
      const told = { posting: posting.id, document, outcome };
      const entries = settlement(this.#world, told, this.#context(this.#world));
      this.#adopt(entries, entries.reduce(fold, this.#world));
    }
  }

  postings(): GoodsReceiptPosting[] {
    return this.entries.flatMap(({ body }) => (body.type === 'posting-cut' ? [body.posting] : []));
  }

  /** Rows that changed after `version`, and the version they bring a station to. */
  async page(after: number): Promise<{ rows: ReplicaRow[]; version: number }> {
    for (const id of this.#touched) await this.#make('order', id);
    this.#touched.clear();
    const rows = [...this.#rows.values()].filter(({ version }) => version > after);
    return { rows: rows.sort((a, b) => a.version - b.version), version: this.#version };
  }

  /** The world that the journal alone gives, with what the mirror says now. */
  replayed(): World {
    const told = this.entries.reduce(fold, this.#mirrored(emptyWorld()));
    return this.#mirrored(told);
  }

  #mirrored(world: World): World {
    return this.mirror.ledgerOrders(this.clock.nowMs()).reduce(withOrder, world);
  }

  #adopt(entries: readonly JournalEntry[], world: World): void {
    this.entries.push(...entries);
    for (const entry of entries) this.#touched.add(documentOf(entry));
    this.#world = world;
  }

  async #make(kind: RowKind, id: string): Promise<void> {
    const ledger = {
      progress: (document: string) => ({
        seq: this.#world.seq,
        lines: progress(this.#world, document),
      }),
    };
    const content = await rowContent(kind, id, this.mirror, ledger);
    this.#version += 1;
    const row = {
      kind,
      id,
      version: this.#version,
      keys: content?.keys ?? [],
      body: content?.body ?? null,
    };
    this.#rows.set(`${kind} ${id}`, JSON.parse(JSON.stringify(row)) as ReplicaRow);
  }

  #context(world: World): DecisionContext {
    const newPosting = () => {
      const id = makeId<PostingId>(this.clock, this.random);
      return { id, marker: `SD${id.replaceAll('-', '').slice(-18)}` as Marker };
    };
    return { nowMs: this.clock.nowMs(), nextSeq: world.seq + 1, newPosting };
  }
}
