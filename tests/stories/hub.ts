// Who lives here: the hub of a story: the production writer (admission, ledger, fold) over a journal
// in memory, and the production rows for stations. No disk and no socket; everything else is real.

import { BrokenLaw } from '../../src/lib/domain/index.ts';
import type {
  Command,
  CommandId,
  LookAnswer,
  LookQuestion,
  Posting,
  Verdict,
} from '../../src/lib/domain/index.ts';
import {
  documentOf,
  emptyWorld,
  fold,
  heldBy,
  progress,
  returnable,
  toPack,
  totesIn,
  settlement,
  sweep,
  withDemands,
  withOrder,
  withPeople,
} from '../../src/lib/ledger/index.ts';
import type { JournalEntry, SettledOutcome, World } from '../../src/lib/ledger/index.ts';
import type { ReplicaRow } from '../../src/lib/protocol/index.ts';
import type { JournalPort, JudgedCommand } from '../../src/lib/server/hub/ports.ts';
import { startWriter } from '../../src/lib/server/hub/writer.ts';
import type { Writer } from '../../src/lib/server/hub/writing.ts';
import { demandOf } from '../../src/lib/server/house/demands.ts';
import { withLoads } from '../../src/lib/server/house/loads.ts';
import { Refills, withRefills } from '../../src/lib/server/house/refills.ts';
import { lookUp } from '../../src/lib/server/house/look-desk.ts';
import { hashOfCommand } from '../../src/lib/server/journal/rows.ts';
import { linkOf } from '../../src/lib/server/house/floor-words.ts';
import { rowContent } from '../../src/lib/server/projection/rows.ts';
import type { RowKind } from '../../src/lib/server/projection/sources.ts';
import type { CompiledWorkflow } from '../../src/lib/workflows/index.ts';
import type { StoryMirror } from './mirror.ts';
import type { StoryClock, StoryRandom } from './ports.ts';

const KINDS: readonly RowKind[] = ['person', 'location', 'warehouse', 'item', 'order'];

/** A journal that forgets everything when the story is over. */
class StoryJournal implements JournalPort {
  readonly entries: JournalEntry[] = [];
  readonly #judged: JudgedCommand[] = [];
  readonly hashOf = hashOfCommand;

  commit({ entries, commands }: Parameters<JournalPort['commit']>[0]) {
    this.entries.push(...entries);
    this.#judged.push(...commands);
    return Promise.resolve({ ok: true, value: undefined } as const);
  }

  read(from: number, limit: number) {
    const value = this.entries.slice(from - 1, from - 1 + limit);
    return Promise.resolve({ ok: true, value } as const);
  }

  entriesOf(documents: readonly string[]) {
    const value = this.entries.filter((entry) => documents.includes(documentOf(entry)));
    return Promise.resolve({ ok: true, value } as const);
  }

  verdicts(asked: readonly { readonly id: CommandId }[]) {
    const value = this.#judged
      .filter(({ command }) => asked.some(({ id }) => id === command.id))
      .map(({ command, hash, verdict }) => ({ id: command.id, hash, verdict }));
    return Promise.resolve({ ok: true, value } as const);
  }

  numbersOf(station: Command['station']) {
    const numbers = this.#judged
      .filter(({ command, counts }) => counts && command.station === station)
      .map(({ command }) => command.stationSeq);
    const [first, last] = [numbers.at(0), numbers.at(-1)];
    const value = first === undefined || last === undefined ? undefined : { first, last };
    return Promise.resolve({ ok: true, value } as const);
  }
}

export class StoryHub {
  readonly #journal = new StoryJournal();
  readonly #rows = new Map<string, ReplicaRow>();
  readonly #touched = new Set<string>();
  #writer: Writer | undefined;
  #refills: Refills | undefined;
  #version = 0;

  constructor(
    readonly mirror: StoryMirror,
    private readonly clock: StoryClock,
    private readonly random: StoryRandom,
  ) {}

  get entries(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  get world(): World {
    return this.#open.world();
  }

  get #open(): Writer {
    if (this.#writer === undefined) throw new BrokenLaw('the hub is opened before it is asked');
    return this.#writer;
  }

  /** Starts the writer and reads the mirror for the first time. */
  async open(): Promise<void> {
    this.#writer = await startWriter({
      journal: this.#journal,
      clock: this.clock,
      random: this.random,
      report: (alarm) => {
        throw new BrokenLaw(`the hub raised an alarm: ${JSON.stringify(alarm)}`);
      },
    });
    this.#writer.onCommitted((entries) => {
      for (const entry of entries) {
        const document = documentOf(entry);
        this.#touched.add(this.#refills?.listWith(document) ?? document);
      }
    });
    await this.#writer.withWorld((world) => withPeople(world, this.mirror.people.all));
    this.#refills = new Refills({
      ...{ source: this.mirror, clock: this.clock, world: () => this.world },
      withWorld: (change) => this.#open.withWorld(change),
      touch: (lists) => lists.forEach((id) => this.#touched.add(id)),
      later: () => () => undefined,
      asked: () => true,
      onFailure: (error) => {
        throw new BrokenLaw(String(error));
      },
    });
    await this.takeMirror();
    for (const kind of KINDS) {
      for (const id of await this.mirror.ids(kind)) await this.#make(kind, id);
    }
    for (const id of this.#refills.ids()) await this.#make('order', id);
    this.#touched.clear();
  }

  /** What these workflows demand of people, by the production rule. */
  async knows(workflows: readonly CompiledWorkflow[]): Promise<void> {
    const demands = new Map(workflows.map((each) => [each.revision, demandOf(each)]));
    await this.#open.withWorld((world) => withDemands(world, demands));
  }

  /** The mirror spoke: every order as it is in Exact now. */
  async takeMirror(): Promise<void> {
    for (const order of this.mirror.ledgerOrders(this.clock.nowMs())) {
      await this.#open.withWorld((world) => withOrder(world, order));
      this.#touched.add(order.id);
    }
    await this.#refills?.refresh();
  }

  /** One command as it comes in from a station. */
  rule(command: Command): Promise<Verdict> {
    return this.#open.submit(command);
  }

  /** What lies where, by the production rule. */
  look(ask: LookQuestion): Promise<LookAnswer> {
    return lookUp(ask, this.mirror, (about) => Promise.resolve(this.mirror.look(about)));
  }

  /** What the hub does by itself when time has passed. */
  async sweep(): Promise<void> {
    await this.#open.record(sweep);
    await this.#refills?.refresh();
  }

  /** The office approves that this barcode finds the item that somebody named. */
  async link(barcode: string): Promise<void> {
    for (const { seq, body } of this.entries) {
      const link = body.type === 'exception-reported' ? linkOf(body.report) : undefined;
      if (body.type !== 'exception-reported' || link?.barcode !== barcode) continue;
      const { document } = body.report;
      const entry = { document, entry: seq, reason: 'seen', ...link };
      await this.#open.record((_world, { nowMs, nextSeq }) => [
        { seq: nextSeq, atMs: nowMs, body: { type: 'barcode-linked', ...entry } },
      ]);
      this.mirror.link(link.item, barcode);
      await this.#make('item', link.item);
      return;
    }
    throw new BrokenLaw(`nobody asked to link ${barcode}`);
  }

  /** The admin takes a person from the list: ledger and stations hear of it. */
  async forget(name: string): Promise<void> {
    const id = this.mirror.people.forget(name);
    await this.#open.withWorld((world) => withPeople(world, this.mirror.people.all));
    await this.#make('person', id);
  }

  /** Exact has answered for every posting of this order (or of `work`) that was not settled. */
  async settle(order: string, outcome: SettledOutcome): Promise<void> {
    for (const posting of this.postings()) {
      if (this.mirror.orderNumber(posting.document) !== order) continue;
      const told = { posting: posting.id, document: posting.document, outcome };
      await this.#open.record((world, context) => settlement(world, told, context));
    }
  }

  postings(): Posting[] {
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
    const known = withPeople(world, this.mirror.people.all);
    return this.mirror.ledgerOrders(this.clock.nowMs()).reduce(withOrder, known);
  }

  async #make(kind: RowKind, id: string): Promise<void> {
    const ledger = {
      progress: (document: string) => ({
        seq: this.world.seq,
        lines: progress(this.world, document),
      }),
      held: (need: string) => heldBy(this.world, need, this.clock.nowMs()),
      returnable: (document: string) => returnable(this.world, document),
      totes: (document: string) => totesIn(this.world, document),
      toPack: (document: string) => toPack(this.world, document),
    };
    const goods = withLoads(this.mirror, () => this.world);
    const source = this.#refills === undefined ? goods : withRefills(goods, this.#refills);
    const content = await rowContent(kind, id, source, ledger);
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
}
